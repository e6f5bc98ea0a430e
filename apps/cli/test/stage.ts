import { defineAgent, progress, textOf } from "@smartcall/agent";
import { createGateway } from "@smartcall/gateway";
import * as z from "zod";

/** One run of the hanging agent. */
export interface Run {
  readonly begun: Promise<void>;
  /** Its signal has aborted. */
  readonly aborted: Promise<void>;
}

/** A gateway on a free port with agents inside. */
export interface Stage extends AsyncDisposable {
  readonly url: string;
  readonly env: Record<string, string>;
  /** The next run of the hanging agent that begins from now on. */
  nextRun(): Run;
}

/** Starts a gateway with agents to call. */
export async function startStage(): Promise<Stage> {
  const outcome = () => Promise.withResolvers<void>();
  let next = { begun: outcome(), aborted: outcome() };
  const agents = [
    defineAgent({ name: "echo", description: "Repeats.", run: (message) => message.parts }),
    defineAgent({
      name: "adder",
      description: "Adds numbers.",
      input: z.object({ a: z.number(), b: z.number() }),
      output: z.object({ sum: z.number() }),
      run: ({ a, b }) => ({ sum: a + b }),
    }),
    defineAgent({
      name: "words",
      description: "Says words.",
      async *run() {
        yield progress(0.5, "half");
        for (const word of ["one ", "two ", "three"]) yield word;
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
      name: "greeter",
      description: "Asks for a name.",
      async run(_message, { ask }) {
        return `Hello, ${textOf(await ask("What is your name?"))}!`;
      },
    }),
    defineAgent({
      name: "hang",
      description: "Runs until it is canceled.",
      run: (_message, { signal }) =>
        new Promise<string>((_resolve, reject) => {
          const run = next;
          run.begun.resolve();
          signal.addEventListener("abort", () => {
            run.aborted.resolve();
            reject(signal.reason);
          });
        }),
    }),
    defineAgent({
      name: "nasty",
      description: "Says what a terminal would obey.\u001b[2J",
      run: () => "\u001b]0;owned\u0007text",
    }),
  ];
  const gateway = createGateway({ port: 0, inProcess: agents, limits: { drainMs: 0 } });
  const { url } = await gateway.listen();
  return {
    url,
    env: { SMARTCALL_URL: url },
    nextRun() {
      next = { begun: outcome(), aborted: outcome() };
      return { begun: next.begun.promise, aborted: next.aborted.promise };
    },
    async [Symbol.asyncDispose]() {
      await gateway.close();
    },
  };
}
