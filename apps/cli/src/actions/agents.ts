import type { Agent } from "@smartcall/client";
import type { RegistryStreamEvent } from "@smartcall/streaming";
import type { Action } from "../act.js";
import { assertNoWord } from "../assert-no-word.js";
import { connect, connectStreaming } from "../connect.js";
import { exitCodes } from "../exit-code.js";
import { interruption } from "../interruption.js";
import { formatTable } from "../terminal/format-table.js";
import type { Terminal } from "../terminal/terminal.js";
import { toPrintable } from "../terminal/to-printable.js";

/** What `agents` takes. */
export interface AgentsCommandOptions {
  watch?: boolean;
}

/** Lists the agents, or follows what changes of them. */
export const listAgents: Action<AgentsCommandOptions> = async (invocation) => {
  const { args, options, terminal } = invocation;
  assertNoWord(args, ["show"]);
  if (options.watch) return watchAgents(invocation);
  const client = await connect(options);
  const agents: Agent[] = [];
  for await (const agent of client.agents.list()) agents.push(agent);
  if (terminal.isJson) terminal.printJson(agents);
  else printAgents(terminal, agents);
  return exitCodes.ok;
};

/** Shows one agent. */
export const showAgent: Action<object> = async ({ args, options, terminal }) => {
  const client = await connect(options);
  const agent = await client.agents.get(args[0] ?? "");
  if (terminal.isJson) {
    terminal.printJson(agent);
    return exitCodes.ok;
  }
  const { card, readyInstances, runningCalls } = agent;
  terminal.print(
    [terminal.paint("bold", card.name), toPrintable(card.version ?? "")].join(" ").trim(),
  );
  if (card.description) terminal.print(toPrintable(card.description));
  terminal.print(`\n${readyInstances ?? 0} ready, ${runningCalls ?? 0} running`);
  for (const { id, description } of card.skills ?? []) {
    terminal.print(toPrintable(`skill ${id}  ${description ?? ""}`.trimEnd()));
  }
  printSchema(terminal, "takes", card.inputSchema);
  printSchema(terminal, "answers", card.outputSchema);
  return exitCodes.ok;
};

const watchAgents: Action<AgentsCommandOptions> = async ({ options, terminal }) => {
  using interrupted = interruption();
  const { signal } = interrupted;
  const streaming = await connectStreaming(options);
  try {
    for await (const event of streaming.watchAgents({ signal })) {
      if (terminal.isJson) terminal.printLine(event);
      else for (const line of linesOf(event)) terminal.print(line);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return exitCodes.ok;
};

function printAgents(terminal: Terminal, agents: readonly Agent[]): void {
  if (agents.length === 0) {
    terminal.note("No agent is there yet. Write one with: smartcall new agent");
    return;
  }
  const rows = agents.map(({ name, card, readyInstances, runningCalls }) => [
    name,
    String(readyInstances ?? 0),
    String(runningCalls ?? 0),
    card.description ?? "",
  ]);
  const header = ["AGENT", "READY", "RUNNING", "DESCRIPTION"];
  const [first = "", ...lines] = formatTable([header, ...rows], terminal.columns);
  terminal.print(terminal.paint("dim", first));
  for (const line of lines) terminal.print(line);
}

function printSchema(terminal: Terminal, what: string, schema: object | undefined): void {
  if (schema === undefined) return;
  terminal.print(`\n${what}`);
  terminal.print(toPrintable(JSON.stringify(schema, null, 2)));
}

function linesOf(event: RegistryStreamEvent): string[] {
  switch (event.type) {
    case "snapshot":
      return event.agents.map(agentLine);
    case "agent":
      return [agentLine(event)];
    case "instance":
      return [toPrintable(`${event.agent}  instance ${event.id} is ${event.state}`)];
    case "removed":
      return [
        toPrintable(
          event.instance
            ? `${event.agent}  instance ${event.instance} is gone`
            : `${event.agent}  is gone`,
        ),
      ];
    case "connection":
      return event.state === "reconnecting" ? ["· the connection is lost, trying again"] : [];
    default:
      return [];
  }
}

function agentLine({ name, card, readyInstances }: Agent): string {
  return toPrintable(`${name}  ${readyInstances ?? 0} ready  ${card.description ?? ""}`.trimEnd());
}
