import { once } from "node:events";
import { defineAgent } from "@smartcall/agent";
import { createGateway } from "@smartcall/gateway";

/** Signals of the endless agent that were aborted, by task. */
export const aborted = new Set<string>();

/** Agents that the tests call. */
const agents = [
  defineAgent({
    name: "counter",
    description: "Counts to the number that it is given, a line each.",
    async *run(message) {
      const [part] = message.parts;
      const count = Number(part?.content.value);
      for (let number = 1; number <= count; number += 1) {
        yield `${number}\n`;
        if (number % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    },
  }),
  defineAgent({
    name: "greeter",
    description: "Asks for a name and greets.",
    async run(_message, { ask }) {
      const answer = await ask("What is your name?");
      return `Hello, ${answer.parts[0]?.content.value}!`;
    },
  }),
  defineAgent({
    name: "broken",
    description: "Throws.",
    run: () => {
      throw new Error("out of luck");
    },
  }),
  defineAgent({
    name: "parrot",
    description: "Says what it is told, until it is told goodbye.",
    async *run(message, { messages }) {
      yield `${message.parts[0]?.content.value}\n`;
      for await (const { parts } of messages) {
        const said = String(parts[0]?.content.value);
        yield `${said}\n`;
        if (said === "goodbye") return;
      }
    },
  }),
  defineAgent({
    name: "endless",
    description: "Says something and then nothing.",
    async *run(_message, { signal, task }) {
      yield "one";
      if (!signal.aborted) await once(signal, "abort");
      aborted.add(task.id);
      throw signal.reason;
    },
  }),
];

/** A real gateway on a free port, gone when the test is. */
export async function startGateway(port = 0) {
  const gateway = createGateway({ port, inProcess: agents, limits: { drainMs: 200 } });
  const { url, port: taken } = await gateway.listen();
  return {
    gateway,
    url,
    port: taken,
    async [Symbol.asyncDispose]() {
      await gateway.close();
    },
  };
}
