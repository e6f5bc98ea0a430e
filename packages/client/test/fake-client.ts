import { fixtures } from "@smartcall/msw";
import { Smartcall, type SmartcallOptions } from "../src/index.js";

/** What a gateway answers to one request. */
export type Answer = (request: Request) => Response | Promise<Response>;

/** A client whose requests are kept and answered by `answers` one after the other, the last for good. */
export function clientOf(options: SmartcallOptions = {}, ...answers: Answer[]) {
  const requests: Request[] = [];
  const smartcall = new Smartcall({
    retryDelayMs: 0,
    ...options,
    fetch: async (request) => {
      requests.push(request.clone());
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      return (answer ?? completed)(request);
    },
  });
  return { smartcall, requests };
}

/** The task of a call that went well. */
export const completed: Answer = () => Response.json(fixtures.call.response);

/** Nobody is there, or the connection broke. */
export const unreachable: Answer = () => Promise.reject(new TypeError("fetch failed"));

/** Never answers, and fails as `fetch` does when its signal aborts. */
export const hang: Answer = (request) =>
  new Promise((_, reject) => {
    const { signal } = request;
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });

/** A refusal, as a gateway says it. */
export function problem(
  reason: string,
  status: number,
  retryable: boolean,
  headers: Record<string, string> = {},
): Answer {
  return () => Response.json({ reason, retryable, detail: reason }, { status, headers });
}
