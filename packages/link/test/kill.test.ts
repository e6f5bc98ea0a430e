import { fork } from "node:child_process";
import { once } from "node:events";
import { create } from "@bufbuild/protobuf";
import { Frame_OpenSchema } from "@smartcall/protocol/proto";
import { expect, test } from "vitest";
import { createLink, type Outcome } from "../src/index.js";
import { dialLink } from "../src/node.js";
import { createProtobufCodec, type ProtocolTypes } from "../src/protobuf.js";

test("kill -9 of the other process ends 1,000 running exchanges with INSTANCE_LOST at once", async () => {
  const agent = fork(new URL("silent-agent.ts", import.meta.url), { execArgv: [] });
  try {
    const [{ port }] = (await once(agent, "message")) as [{ port: number }];
    const busy = once(agent, "message");
    const outcomes: Promise<Outcome>[] = [];
    await dialLink({
      url: `http://127.0.0.1:${port}`,
      path: "/smartcall.v1.AgentRuntimeService/Link",
      connectTimeoutMs: 50_000,
      connect: (carrier) => {
        const codec = createProtobufCodec();
        const side = "dialer";
        const link = createLink<ProtocolTypes>({ side, carrier, codec, implementation: "test/1" });
        for (let index = 0; index < 1_000; index += 1) {
          const outcome = new Promise<Outcome>((close) => {
            link.open(create(Frame_OpenSchema), { event() {}, close });
          });
          outcomes.push(outcome);
        }
        return link;
      },
    });
    await busy;
    const killed = performance.now();
    agent.kill("SIGKILL");
    for (const outcome of await Promise.all(outcomes)) {
      expect(outcome).toMatchObject({ reason: "INSTANCE_LOST", lost: true });
    }
    // A link is held lost after 30 s of silence: so soon only the broken socket can tell.
    expect(performance.now() - killed).toBeLessThan(20_000);
  } finally {
    agent.kill("SIGKILL");
  }
});
