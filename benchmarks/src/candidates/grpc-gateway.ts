import { join } from "node:path";
import { isOnPath, runToEnd, ServerProcess } from "../child-process.ts";
import { buildDirectory, repositoryDirectory } from "../directories.ts";
import type { Candidate } from "./candidate.ts";
import { startNodeServer } from "./start-node-server.ts";

const binary = join(buildDirectory, "grpc-gateway");
const sources = join(repositoryDirectory, "benchmarks/grpc-gateway");

/**
 * grpc-gateway, generated from the contract itself, in front of the unary `Call` of the agent that
 * the grpc-js candidate uses too, the faster of both Node servers.
 *
 * Not in front of `Execute`: grpc-gateway answers a server stream as a body of JSON lines and
 * cannot make the Task that the call is to be answered with.
 */
export const grpcGateway: Candidate = {
  name: "grpc-gateway",
  description: "grpc-gateway in Go, one unary gRPC call to an agent on @grpc/grpc-js",
  async unavailable(signal) {
    if (!(await isOnPath("go"))) return "Go is not on this machine";
    try {
      await build(signal);
      return undefined;
    } catch (error) {
      signal?.throwIfAborted();
      return `its build failed: ${String(error)}`;
    }
  },
  async start({ agentFlags } = {}) {
    await using starting = new AsyncDisposableStack();
    const agent = await startNodeServer("grpc-agent", { flags: agentFlags });
    starting.use(agent.process);
    const args = ["-agent", `127.0.0.1:${agent.port}`];
    const gateway = await ServerProcess.start("grpc-gateway", binary, args, { announces: true });
    starting.use(gateway);
    const port = await gateway.port();
    const running = starting.move();
    return {
      url: `http://127.0.0.1:${port}`,
      gateway,
      agent: agent.process,
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  },
};

/** Builds the plugins that go.mod pins, generates the contract's Go code with them, and builds. */
async function build(signal: AbortSignal | undefined): Promise<void> {
  const env = {
    ...process.env,
    GOBIN: join(buildDirectory, "bin"),
    GOFLAGS: "-buildvcs=false -mod=readonly",
  };
  const buf = join(repositoryDirectory, "node_modules/.bin/buf");
  const template = "benchmarks/grpc-gateway/buf.gen.yaml";
  const protos = [
    "proto/smartcall/v1/common.proto",
    "proto/smartcall/v1/communication.proto",
    "third_party/buf",
  ];
  const abortable = signal ? { signal } : {};
  await runToEnd("go", ["install", "tool"], { cwd: sources, env, ...abortable });
  await runToEnd(
    buf,
    ["generate", ".", "--template", template, ...protos.flatMap((path) => ["--path", path])],
    { cwd: repositoryDirectory, ...abortable },
  );
  await runToEnd("go", ["build", "-o", binary, "."], { cwd: sources, env, ...abortable });
}
