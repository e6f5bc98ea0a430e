import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Reason, SmartcallError } from "@smartcall/protocol";
import { answerProblem } from "./problem.js";

const reasonOfCode: Readonly<Record<string, Reason>> = {
  HPE_HEADER_OVERFLOW: "HEADERS_TOO_LARGE",
  ERR_HTTP_REQUEST_TIMEOUT: "REQUEST_TIMEOUT",
};

/** Answers bytes that are no HTTP, or that took too long, with a problem, and hangs up. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET" || owesAnswer(socket)) {
    socket.destroy();
    return;
  }
  const reason = reasonOfCode[error.code ?? ""] ?? "INVALID_ARGUMENT";
  const message =
    reason === "INVALID_ARGUMENT" ? "the request is no HTTP/1.1 or HTTP/2" : undefined;
  endWithProblem(socket, new SmartcallError({ reason, message }), "");
}

/** Answers a connection that no server serves any more with a problem, and hangs up. */
export function endWithProblem(
  socket: Socket,
  error: SmartcallError,
  target: string,
  extraHeaders: Readonly<Record<string, string>> = {},
): void {
  const problem = answerProblem(error, target);
  const body = JSON.stringify(problem.body);
  const head = Object.entries({
    ...problem.headers,
    ...extraHeaders,
    connection: "close",
    "content-length": Buffer.byteLength(body),
  });
  socket.end(
    `HTTP/1.1 ${problem.status} ${error.reason}\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`,
  );
}

/**
 * Whether the answer to a request that was whole has yet to leave, or to leave whole: what is said
 * now would be taken for it. Node's own answer to such errors looks at the same place.
 */
function owesAnswer(socket: Socket & { _httpMessage?: ServerResponse | null }): boolean {
  const response = socket._httpMessage;
  return response ? response.headersSent || response.req.complete : false;
}

/** Answers a request that nobody reads, such as one that HTTP lets two servers read differently, and hangs up. */
export function refuseRequest(
  request: IncomingMessage,
  response: ServerResponse,
  error: SmartcallError,
): void {
  const { status, headers, body } = answerProblem(error, request.url ?? "");
  response.writeHead(status, { ...headers, connection: "close" }).end(JSON.stringify(body));
}
