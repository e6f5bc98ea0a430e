import { styleText } from "node:util";

/** What has become ready. */
export interface Greeting {
  url: string;
  agents: readonly string[];
  /** The address that it listens on. */
  host: string;
  colours: boolean;
}

/** One line that says what is ready, and three things to try. */
export function greeting({ url, agents, host, colours }: Greeting): string {
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    colours ? styleText(format, text, { validateStream: false }) : text;
  const isLocal = host === "localhost" || host === "::1" || host.startsWith("127.");
  const door = isLocal ? "Whoever works on this machine" : "ANYBODY who reaches it";
  const curl = `curl -s ${url}/v1/agents/calculator/calls -H 'content-type: application/json' -d '{"text":"6 * 7"}'`;
  const program = [
    'import { Smartcall } from "@smartcall/client";',
    `const smartcall = new Smartcall({ url: "${url}" });`,
    'const task = await smartcall.call("eliza", "I am tired of waiting for agents.");',
    "console.log(task.outputText);",
  ];
  const indent = (lines: readonly string[]) =>
    lines.map((line) => `    ${paint("cyan", line)}`).join("\n");
  return `
${paint(["bold", "green"], "Smartcall is ready")} at ${paint("bold", url)} with ${agents.join(", ")}. Ctrl-C stops it.
${door} can call them without a credential.

  From a shell
${indent([curl])}

  From a program
${indent(program)}

  All there is to call
${indent([`${url}/docs`])}
`;
}
