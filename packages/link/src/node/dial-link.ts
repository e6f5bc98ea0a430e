import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
} from "node:http2";
import { SmartcallError } from "@smartcall/protocol";
import { fromGrpcTrailers, fromHttpStatus } from "./grpc-status.js";
import { type CarrierConnect, StreamCarrier } from "./stream-carrier.js";
import { sessionWindowBytes, streamWindowBytes } from "./window-sizes.js";

/** Where and how a link is dialled. */
export interface DialLinkOptions {
  /** `http://host:port` of the other side. */
  url: string;
  /** The method, as `/smartcall.v1.LinkService/Attach`. */
  path: string;
  /** Headers to send with the call. */
  headers?: Readonly<Record<string, string>>;
  /** Ends the attempt, and the link, at once. */
  signal?: AbortSignal;
  /** How long the other side has until it answers. Default: 2,000. */
  connectTimeoutMs?: number;
  /** Bytes of one packet that are taken. Default: 4 MiB. */
  maxMessageBytes?: number;
  /** Makes the link. */
  connect: CarrierConnect;
}

/**
 * Dials a gRPC method and carries a link on the call.
 *
 * Resolves when the connection stands and `connect` has made the link; what happens to the call
 * later, a refusal by the other side included, the link hears as `carrierLost`. The connection is
 * the call's own and ends with it.
 *
 * @throws {SmartcallError} `AGENT_UNAVAILABLE` when nobody is there, `CANCELED` after an abort.
 */
export async function dialLink(options: DialLinkOptions): Promise<void> {
  const { signal, connectTimeoutMs = 2_000 } = options;
  if (signal?.aborted) throw new SmartcallError({ reason: "CANCELED", cause: signal.reason });
  const session = connect(options.url, { settings: { initialWindowSize: streamWindowBytes } });
  const end: SessionEnd = { cause: undefined };
  const fail = (error: SmartcallError) => {
    end.cause ??= error;
    session.destroy();
  };
  const abort = () => fail(new SmartcallError({ reason: "CANCELED", cause: signal?.reason }));
  const timer = setTimeout(() => fail(unavailable(options.url, "no answer")), connectTimeoutMs);
  signal?.addEventListener("abort", abort, { once: true });
  session.once("close", () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  });
  await connected(session, options.url, end);
  session.setLocalWindowSize(sessionWindowBytes);
  const stream = request(session, options);
  stream.once("response", () => clearTimeout(timer));
  stream.once("close", () => closeSession(session));
  try {
    carry(stream, options, end);
  } catch (error) {
    session.destroy();
    throw error;
  }
}

/** Why a connection ended, as far as it is known. */
interface SessionEnd {
  cause: unknown;
}

function connected(session: ClientHttp2Session, url: string, end: SessionEnd): Promise<void> {
  return new Promise((resolve, reject) => {
    session.on("error", (error) => {
      end.cause ??= error;
    });
    session.once("close", () => {
      const { cause } = end;
      const text = cause instanceof Error ? cause.message : "closed at once";
      reject(cause instanceof SmartcallError ? cause : unavailable(url, text, cause));
    });
    session.once("connect", () => resolve());
  });
}

function request(session: ClientHttp2Session, options: DialLinkOptions): ClientHttp2Stream {
  return session.request(
    {
      ...options.headers,
      ":method": "POST",
      ":path": options.path,
      "content-type": "application/grpc+proto",
      te: "trailers",
    },
    { endStream: false },
  );
}

/** Puts a carrier on the stream, and sees to it that the link hears how the stream ended. */
function carry(stream: ClientHttp2Stream, options: DialLinkOptions, end: SessionEnd): void {
  const { maxMessageBytes = 4 * 1_024 * 1_024 } = options;
  const carrier = new StreamCarrier(stream, maxMessageBytes, (_, isBroken) =>
    isBroken ? stream.close(constants.NGHTTP2_CANCEL) : stream.end(),
  );
  let answer: IncomingHttpHeaders = {};
  stream.once("response", (headers) => {
    answer = headers;
    if (headers[":status"] !== 200) return readRefusal(stream, headers[":status"] ?? 0, end);
    if (headers["grpc-status"] !== undefined) end.cause ??= fromGrpcTrailers(headers);
    carrier.read();
  });
  stream.once("trailers", (trailers) => {
    end.cause ??= fromGrpcTrailers(trailers);
  });
  stream.on("error", (error) => {
    end.cause ??= error;
  });
  stream.once("end", () => carrier.close());
  stream.once("close", () => carrier.lose(end.cause));
  const { host } = new URL(options.url);
  const header = (name: string) => [answer[name.toLowerCase()]].flat()[0];
  carrier.listen(options.connect(carrier, { address: host, header }));
}

/** Takes the first text of an answer that is no gRPC into the error. */
function readRefusal(stream: ClientHttp2Stream, status: number, end: SessionEnd): void {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    if (text.length < 1_024) text += chunk;
  });
  end.cause = fromHttpStatus(status, "");
  stream.once("end", () => {
    end.cause = fromHttpStatus(status, text.slice(0, 1_024).trim());
  });
}

/** Ends a connection politely, and for good when the other side does not answer. */
function closeSession(session: ClientHttp2Session): void {
  if (session.destroyed) return;
  const timer = setTimeout(() => session.destroy(), 1_000);
  session.once("close", () => clearTimeout(timer));
  session.close();
}

function unavailable(url: string, text: string, cause?: unknown): SmartcallError {
  return new SmartcallError({
    reason: "AGENT_UNAVAILABLE",
    message: `Nobody could be reached at ${url}: ${text}`,
    cause,
  });
}
