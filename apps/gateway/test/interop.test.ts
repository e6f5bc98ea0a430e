import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { aborts, begun, type Json, startGateway } from "./fixtures.js";

const run = promisify(execFile);

/** A command-line client that knows the gateway by its reflection alone. */
interface Tool {
  name: string;
  /** Calls a method with JSON and headers, answers JSON. */
  call(port: number, method: string, body: object, headers?: string[]): Promise<Json>;
}

const bufCurl: Tool = {
  name: "buf curl",
  async call(port, method, body, headers = []) {
    const { stdout } = await run("buf", [
      "curl",
      "--protocol",
      "grpc",
      "--http2-prior-knowledge",
      ...headers.flatMap((header) => ["--header", header]),
      "--data",
      JSON.stringify(body),
      `http://127.0.0.1:${port}/${method}`,
    ]);
    return JSON.parse(stdout) as Json;
  },
};

const grpcurl: Tool = {
  name: "grpcurl",
  async call(port, method, body, headers = []) {
    const { stdout } = await run("grpcurl", [
      "-plaintext",
      ...headers.flatMap((header) => ["-H", header]),
      "-d",
      JSON.stringify(body),
      `127.0.0.1:${port}`,
      method,
    ]);
    return JSON.parse(stdout) as Json;
  },
};

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.each([
  { tool: bufCurl, command: "buf" },
  { tool: grpcurl, command: "grpcurl" },
])("$tool.name", ({ tool, command }) => {
  // Skipped where the tool is not installed: grpcurl is no npm package.
  test.skipIf(!isInstalled(command))("lists, calls and cancels by reflection", async () => {
    await using door = await startGateway();
    const agents = await tool.call(door.port, "smartcall.v1.AgentService/ListAgents", {});
    expect(JSON.stringify(agents)).toContain('"echo"');

    const callMethod = "smartcall.v1.CommunicationService/Call";
    const task = await tool.call(door.port, callMethod, { agent: "echo", text: "hi" });
    expect(task).toMatchObject({ state: "COMPLETED", output: { parts: [{ text: "hi" }] } });

    const prefer = ["prefer: respond-async"];
    const running = await tool.call(door.port, callMethod, { agent: "hang", text: "" }, prefer);
    expect(running).toMatchObject({ state: "WORKING" });
    await expect.poll(() => begun).toContain(running["id"]);
    const canceled = await tool.call(door.port, "smartcall.v1.CommunicationService/CancelTask", {
      task: running["id"],
    });
    expect(canceled).toMatchObject({ id: running["id"], state: "CANCELED" });
    await expect.poll(() => aborts).toContain(running["id"]);
  });
});
