import type { IncomingMessage } from "node:http";
import type { Json } from "../json.ts";
import type { RequestExpectation } from "../vector.ts";
import type { Run } from "./run.ts";

/** A request as it was heard. */
export interface HeardRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, Json>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Its JSON, or its text where it is none; undefined when empty. */
  readonly body: unknown;
}

/** Hears a request to its end. */
export async function hearRequest(message: IncomingMessage): Promise<HeardRequest> {
  const [path = "", search = ""] = (message.url ?? "").split(/\?(.*)/s);
  const query: Record<string, Json> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = query[name];
    query[name] = before === undefined ? value : [before, value].flat();
  }
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return {
    method: message.method ?? "",
    path,
    query,
    headers: message.headers as Record<string, string>,
    body: parseBody(Buffer.concat(chunks).toString()),
  };
}

/** Compares a request with what was expected. */
export function checkRequest(request: HeardRequest, expected: RequestExpectation, run: Run): void {
  const what = `${expected.method} ${expected.path}`;
  run.check(`the method of ${what}`, expected.method, request.method);
  run.check(`the path of ${what}`, normalize(expected.path), normalize(request.path));
  run.check(`the query of ${what}`, { $exactly: {} }, withoutExpected(request, expected));
  for (const [name, wanted] of Object.entries(expected.query ?? {})) {
    run.check(`the query ${name} of ${what}`, wanted, request.query[name]);
  }
  for (const [name, wanted] of Object.entries(expected.headers ?? {})) {
    const header = request.headers[name.toLowerCase()];
    run.check(`the header ${name} of ${what}`, wanted ?? { $absent: true }, header);
  }
  if (expected.body !== undefined) {
    run.check(`the body of ${what}`, expected.body, request.body);
  }
  if (request.body !== undefined) {
    const type = request.headers["content-type"];
    run.check(`the content-type of ${what}`, { $matches: "^application/json(;|$)" }, type);
  }
}

/** A path in which whatever may be escaped is escaped: SDKs differ in what they leave as it is. */
export function normalize(path: string): string {
  try {
    return path
      .split("/")
      .map((each) => encodeURIComponent(decodeURIComponent(each)))
      .join("/");
  } catch {
    return path;
  }
}

/** The parameters that nobody expected. */
function withoutExpected({ query }: HeardRequest, expected: RequestExpectation) {
  const { query: wanted = {} } = expected;
  return Object.fromEntries(Object.entries(query).filter(([name]) => !(name in wanted)));
}

function parseBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
