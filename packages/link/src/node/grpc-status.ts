import { type Reason, reasonInfo, SmartcallError } from "@smartcall/protocol";

/** The trailers by which gRPC says how a stream ended. */
export type GrpcTrailers = Record<"grpc-status", string> & Partial<Record<"grpc-message", string>>;

/** The trailers of a stream that ended well, or with an error. */
export function toGrpcTrailers(error?: SmartcallError): GrpcTrailers {
  if (error === undefined) return { "grpc-status": "0" };
  return {
    "grpc-status": String(reasonInfo(error.reason).code),
    "grpc-message": encode(error.message),
  };
}

/** By gRPC status; what is not here says nothing but that the link is gone. */
const reasonsByStatus: Partial<Record<string, Reason>> = {
  "1": "CANCELED",
  "3": "INVALID_ARGUMENT",
  "7": "PERMISSION_DENIED",
  "8": "RATE_LIMITED",
  "12": "NOT_IMPLEMENTED",
  "16": "UNAUTHENTICATED",
};

const reasonsByHttpStatus: Partial<Record<number, Reason>> = {
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_IMPLEMENTED",
  415: "UNSUPPORTED_MEDIA_TYPE",
  429: "RATE_LIMITED",
  503: "AGENT_UNAVAILABLE",
};

/** The error that trailers tell of; undefined when the stream ended well. */
export function fromGrpcTrailers(
  trailers: Readonly<Record<string, unknown>>,
): SmartcallError | undefined {
  const status = String(trailers["grpc-status"]);
  if (status === "0") return undefined;
  const text = decode(String(trailers["grpc-message"] ?? ""));
  return new SmartcallError({
    reason: reasonsByStatus[status] ?? "INSTANCE_LOST",
    message: `The other side ended the link with gRPC status ${status}${text && `: ${text}`}`,
  });
}

/** The error of an answer that is no gRPC at all. */
export function fromHttpStatus(status: number, text: string): SmartcallError {
  return new SmartcallError({
    reason: reasonsByHttpStatus[status] ?? "INSTANCE_LOST",
    message: `The other side answered HTTP ${status}${text && `: ${text}`}`,
  });
}

/** gRPC's percent-encoding: printable ASCII except % stays as it is. */
function encode(text: string): string {
  let encoded = "";
  for (const byte of Buffer.from(text)) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    encoded += plain
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
