import type { Socket } from "node:net";
import { type Reason, SmartcallError } from "@smartcall/protocol";
import { answerProblem } from "./problem.js";

const reasonOfCode: Readonly<Record<string, Reason>> = {
  HPE_HEADER_OVERFLOW: "HEADERS_TOO_LARGE",
  ERR_HTTP_REQUEST_TIMEOUT: "REQUEST_TIMEOUT",
};

/** Answers bytes that are no HTTP, or that took too long, with a problem, and hangs up. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const reason = reasonOfCode[error.code ?? ""] ?? "INVALID_ARGUMENT";
  const message =
    reason === "INVALID_ARGUMENT" ? "the request is no HTTP/1.1 or HTTP/2" : undefined;
  const { status, headers, body } = answerProblem(new SmartcallError({ reason, message }), "", "");
  const head = Object.entries({ ...headers, connection: "close", "content-length": body.length });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`,
  );
}
