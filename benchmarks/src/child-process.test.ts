import { expect, test } from "vitest";
import { isOnPath, runToEnd, ServerProcess } from "./child-process.ts";

test("a server says its port and is gone after it is disposed of", async () => {
  const script = "console.log('{\"port\":4711}'); setInterval(() => {}, 1000)";
  const server = await startNode(script);
  expect(await server.port()).toBe(4711);
  await server[Symbol.asyncDispose]();
  expect(() => process.kill(server.pid, 0)).toThrow(/ESRCH/);
});

test("a server that ends too early is an error that says why", async () => {
  await using server = await startNode("console.error('no such flag'); process.exit(3)");
  await expect(server.port()).rejects.toThrow(/broken has ended \(exit 3\)\nno such flag/);
});

test("a program that is not there is an error", async () => {
  await expect(ServerProcess.start("ghost", "/no/such/program", [])).rejects.toThrow(/ENOENT/);
  expect(await isOnPath("no-such-program")).toBe(false);
});

test("a command that fails shows what it wrote to stderr", async () => {
  const script = "console.error('broken glass'); process.exit(1)";
  await expect(runToEnd(process.execPath, ["-e", script])).rejects.toThrow(/broken glass/);
});

function startNode(script: string) {
  return ServerProcess.start("broken", process.execPath, ["-e", script], { announces: true });
}
