// Runs the gateway with the demo agents, each in a process of its own, until Ctrl-C.
//
// `npm start` reaches it by `exec` and not through pnpm: a shell or a pnpm in between would die of
// the Ctrl-C itself, and npm would then answer with its death instead of exit code 0.
import { fileURLToPath } from "node:url";
import { nodeCommand } from "../config/node-command.ts";
import { interruption } from "./src/interruption.ts";
import { up } from "./src/up.ts";

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const gatewayCommand = nodeCommand(file("apps/gateway/dist/main.js"));
const isTerminal = process.stdout.isTTY;
const { stop, kill } = interruption();
// Whoever reads along may stop reading; that is no reason to leave programs behind.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

process.exitCode = await up({
  host: process.env["SMARTCALL_HOST"] || "127.0.0.1",
  port: Number(process.env["SMARTCALL_PORT"] || 8080),
  gateway: (host, port) => ({
    name: "gateway",
    command: process.execPath,
    args: gatewayCommand.args,
    env: {
      ...gatewayCommand.env,
      SMARTCALL_HOST: host,
      SMARTCALL_PORT: String(port),
      // Its output passes through here, so it cannot see for itself where it ends up.
      ...(isTerminal && { SMARTCALL_LOG_FORMAT: process.env["SMARTCALL_LOG_FORMAT"] || "pretty" }),
    },
  }),
  agents: (url) => ({
    name: "demo agents",
    command: process.execPath,
    args: [file("apps/demo-agents/dist/main.js")],
    env: { SMARTCALL_URL: url },
  }),
  expectedAgents: ["echo", "calculator", "summarizer", "eliza", "team", "booking"],
  say: (text) => console.log(text),
  colours: isTerminal && process.env["NO_COLOR"] === undefined,
  stop,
  kill,
});
process.exit();
