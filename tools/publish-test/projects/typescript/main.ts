import { callAgents } from "./call-agents.js";

declare const process: { env: Record<string, string | undefined> };

void callAgents(process.env.SMARTCALL_URL ?? "").then((answers) =>
  console.log(JSON.stringify(answers)),
);
