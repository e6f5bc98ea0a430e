import { connect } from "node:http2";
import type { CheckTarget, Finding } from "./finding.js";

/** Whether HTTP/2 gets through, which agents attach by and gRPC clients call by. */
export async function checkGrpc({ url, patienceMs }: CheckTarget): Promise<Finding> {
  const check = "gRPC";
  const status = await healthStatus(url, patienceMs);
  if (status === "0") return { check, verdict: "ok", detail: "agents can attach over HTTP/2" };
  return {
    check,
    verdict: "warning",
    detail: `no gRPC: ${status}`,
    advice: "agents cannot attach from here; proxies must pass HTTP/2 on, h2c without TLS",
  };
}

/** What `grpc.health.v1.Health/Check` answers, or why it does not. */
function healthStatus(url: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve) => {
    const session = connect(url);
    const timer = setTimeout(() => end(`nothing within ${timeoutMs} ms`), timeoutMs);
    const end = (status: string) => {
      clearTimeout(timer);
      session.destroy();
      resolve(status);
    };
    session.on("error", (error) => end(error.message));
    const stream = session.request({
      ":method": "POST",
      ":path": "/grpc.health.v1.Health/Check",
      "content-type": "application/grpc",
      te: "trailers",
    });
    stream.on("error", (error) => end(error.message));
    stream.on("response", (headers) => {
      const { ":status": status, "grpc-status": early } = headers;
      if (early !== undefined) end(String(early));
      else if (status !== 200) end(`HTTP status ${status}`);
    });
    stream.on("trailers", (trailers) => end(String(trailers["grpc-status"])));
    stream.on("close", () => end("the stream ended without a status"));
    stream.resume();
    // An empty message: not compressed, no bytes long.
    stream.end(Buffer.alloc(5));
  });
}
