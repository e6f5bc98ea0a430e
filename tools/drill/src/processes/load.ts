import type { GroupOptions, GroupReport } from "../raw/reader-group.ts";
import { Program } from "./program.ts";

const script = new URL("../programs/load.ts", import.meta.url);

/** Readers in a process of their own, in groups. */
export interface Load extends AsyncDisposable {
  readonly program: Program;
  /** Opens a group; answers when each of its readers has had its first event. */
  open(name: string, options: GroupOptions): Promise<void>;
  /** What a group has seen since its report before. */
  report(name: string): Promise<GroupReport>;
  /** Has each reader of a group make a call. */
  call(name: string): Promise<{ answered: number; p99Ms: number }>;
  /** Has a group go away. */
  close(name: string): Promise<void>;
}

/** Starts a process for readers. */
export async function startLoad(name = "load"): Promise<Load> {
  const program = await Program.start(name, { script });
  return {
    program,
    open: (group, options) => program.ask("open", { name: group, options }),
    report: (group) => program.ask("report", group),
    call: (group) => program.ask("call", group),
    close: (group) => program.ask("close", group),
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
