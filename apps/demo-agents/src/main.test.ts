import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** The program against a gateway that answers every attempt with this gRPC status. */
async function startAgainst(status: string) {
  const gateway = createServer();
  gateway.on("stream", (stream) => {
    stream.respond(
      { ":status": 200, "content-type": "application/grpc+proto", "grpc-status": status },
      { endStream: true },
    );
  });
  gateway.listen(0, "127.0.0.1");
  await once(gateway, "listening");
  onTestFinished(() => void gateway.close());
  const { port } = gateway.address() as AddressInfo;
  const program = spawn(process.execPath, [main], {
    env: { ...process.env, SMARTCALL_URL: `http://127.0.0.1:${port}` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void program.kill("SIGKILL"));
  return { program, exited: once(program, "close"), lines: createInterface(program.stdout) };
}

test("a refused credential is logged in one line and ends the program with 1", async () => {
  const { exited, lines } = await startAgainst("16");
  const said: string[] = [];
  lines.on("line", (line) => said.push(line));
  const read = once(lines, "close");
  expect(await exited).toEqual([1, null]);
  await read;
  expect(said).toEqual([expect.stringContaining("SMARTCALL_TOKEN")]);
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s ends it with 0, also while there is no gateway",
  async (signal) => {
    const { program, exited, lines } = await startAgainst("14");
    const [line] = await once(lines, "line");
    expect(line).toContain("no gateway yet");
    program.kill(signal);
    expect(await exited).toEqual([0, null]);
  },
);
