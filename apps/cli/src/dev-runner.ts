// The process in which `smartcall dev` runs the agents of a file; a new one for each change.
import { type Attachment, attach, type Logger } from "@smartcall/agent";
import { loadAgents } from "./dev/load-agents.js";
import type { DevMessage } from "./dev/message.js";
import { type CallNote, showCalls } from "./dev/show-calls.js";
import { toPrintable } from "./terminal/to-printable.js";

const [file = ""] = process.argv.slice(2);
const isJson = process.env["SMARTCALL_DEV_JSON"] === "1";
let attachment: Attachment | undefined;

// Ctrl-C reaches this process too; the one that watches over it says when to end.
process.on("SIGINT", () => {});
process.on("message", (message) => message === "stop" && void stop());
process.on("disconnect", () => void stop());

try {
  tell({ type: "file", path: file });
  const agents = await loadAgents(file, (path) => tell({ type: "file", path }));
  attachment = attach(
    agents.map((agent) => showCalls(agent, show)),
    { signals: false, log: createLog({}) },
  );
  await attachment.ready;
  tell({ type: "ready", agents: agents.map(({ card }) => card.name) });
} catch (thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  // Of a syntax error the stack begins with the place; of others it says where in the file.
  tell({
    type: "failed",
    message: (error.stack ?? error.message).split("\n    at node:")[0] ?? "",
  });
  await stop();
}

async function stop(): Promise<void> {
  await attachment?.close();
  process.exit();
}

function tell(message: DevMessage): void {
  if (process.connected) process.send?.(message);
}

function show(note: CallNote): void {
  if (isJson) {
    console.log(JSON.stringify({ time: new Date().toISOString(), ...note }));
    return;
  }
  const time = new Date().toTimeString().slice(0, 8);
  const line =
    note.type === "call"
      ? `${time} → ${note.agent} ${note.input}  [${note.task}]`
      : `${time} ← ${note.agent} ${note.state} in ${note.ms} ms ${note.output ?? ""}`.trimEnd();
  console.log(toPrintable(line));
}

/** What agents log, and what is wrong with the connection; that it stands is said elsewhere. */
function createLog(fields: Record<string, unknown>): Logger {
  const write = (level: string) => (more: object, message: string) => {
    const { task, agent } = { ...fields, ...more } as { task?: string; agent?: string };
    if (level === "info" && task === undefined) return;
    if (isJson) console.log(JSON.stringify({ type: "log", level, ...fields, ...more, message }));
    else console.error(toPrintable(`· ${agent ? `${agent}: ` : ""}${message}`));
  };
  return {
    debug: () => {},
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: (more) => createLog({ ...fields, ...more }),
  };
}
