import { expect, test } from "vitest";
import { checkCall } from "../call.ts";
import { bare } from "./bare.ts";
import { connectNode, grpcJs } from "./unary-rpc.ts";

for (const candidate of [bare, connectNode, grpcJs]) {
  test(`${candidate.name} answers the call rightly and leaves no process behind`, async () => {
    const running = await candidate.start();
    expect(await checkCall(running.url)).toBeGreaterThan(300);
    await running[Symbol.asyncDispose]();
    for (const { pid } of [running.gateway, running.agent ?? running.gateway]) {
      expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    }
  });
}
