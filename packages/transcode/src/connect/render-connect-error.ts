import { Code, ConnectError } from "@connectrpc/connect";
import { type RenderedError, renderProblem } from "../index.js";

interface CodeInfo {
  readonly code: string;
  readonly status: number;
  readonly title: string;
}

/** The statuses that Connect's own protocol gives. */
const codes: Record<Code, CodeInfo> = {
  [Code.Canceled]: { code: "canceled", status: 499, title: "Client Closed Request" },
  [Code.Unknown]: { code: "unknown", status: 500, title: "Internal Server Error" },
  [Code.InvalidArgument]: { code: "invalid_argument", status: 400, title: "Bad Request" },
  [Code.DeadlineExceeded]: { code: "deadline_exceeded", status: 504, title: "Gateway Timeout" },
  [Code.NotFound]: { code: "not_found", status: 404, title: "Not Found" },
  [Code.AlreadyExists]: { code: "already_exists", status: 409, title: "Conflict" },
  [Code.PermissionDenied]: { code: "permission_denied", status: 403, title: "Forbidden" },
  [Code.ResourceExhausted]: { code: "resource_exhausted", status: 429, title: "Too Many Requests" },
  [Code.FailedPrecondition]: { code: "failed_precondition", status: 400, title: "Bad Request" },
  [Code.Aborted]: { code: "aborted", status: 409, title: "Conflict" },
  [Code.OutOfRange]: { code: "out_of_range", status: 400, title: "Bad Request" },
  [Code.Unimplemented]: { code: "unimplemented", status: 501, title: "Not Implemented" },
  [Code.Internal]: { code: "internal", status: 500, title: "Internal Server Error" },
  [Code.Unavailable]: { code: "unavailable", status: 503, title: "Service Unavailable" },
  [Code.DataLoss]: { code: "data_loss", status: 500, title: "Internal Server Error" },
  [Code.Unauthenticated]: { code: "unauthenticated", status: 401, title: "Unauthorized" },
};

/**
 * Renders a ConnectError as a problem with the HTTP status and the `code` of Connect's protocol, its
 * metadata becoming headers; anything else as `renderProblem` does.
 */
export function renderConnectError(error: unknown): RenderedError {
  if (!(error instanceof ConnectError)) {
    return renderProblem(error);
  }
  const { code, status, title } = codes[error.code];
  return {
    status,
    headers: {
      ...Object.fromEntries(error.metadata),
      "content-type": "application/problem+json",
    },
    body: { type: "about:blank", title, status, detail: error.rawMessage, code },
  };
}
