/** The agent that every candidate calls. */
export const agentName = "echo";

/** Where the call is posted, at every candidate. */
export const callPath = `/v1/agents/${agentName}/calls`;

/** The text that has to come back: as long as makes the body 300 bytes. */
export const callText = paddedText(300);

/** The body of the one call that is measured: 300 bytes of JSON. */
export const callBody = bodyWith(callText);

/**
 * Makes the call once and makes sure that the answer is a completed task that holds the text.
 *
 * @returns the bytes of the answer.
 * @throws {Error} when the answer is anything else; its message holds the answer.
 */
export async function checkCall(baseUrl: string, signal?: AbortSignal): Promise<number> {
  const response = await fetch(baseUrl + callPath, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: callBody,
    signal: signal ?? null,
  });
  const answer = await response.text();
  if (response.status !== 200 || !isEchoedTask(answer)) {
    throw new Error(`wrong answer from ${baseUrl}: ${response.status} ${answer.slice(0, 500)}`);
  }
  return Buffer.byteLength(answer);
}

/** Whether a body is a task that completed with the text of the call as its output. */
export function isEchoedTask(body: string): boolean {
  const task = parseJson(body) as {
    state?: unknown;
    output?: { parts?: { text?: unknown }[] };
  } | null;
  return task?.state === "COMPLETED" && task.output?.parts?.[0]?.text === callText;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function bodyWith(text: string): string {
  const metadata = { customer: "acme", trace: "4bf92f3577b34da6", user: "u-77" };
  return JSON.stringify({ text, metadata });
}

function paddedText(bodyBytes: number): string {
  const prose = "Every stream is a numbered log, and every stream ends with an explicit end. ";
  return prose.repeat(8).slice(0, bodyBytes - bodyWith("").length);
}
