import { fileURLToPath } from "node:url";
import { ServerProcess } from "../child-process.ts";

/** One of the programs in `src/servers` that runs. */
export interface NodeServer {
  readonly process: ServerProcess;
  /** Where it listens on 127.0.0.1. */
  readonly port: number;
}

/** Starts a program of `src/servers` on a free port and waits until it listens. */
export async function startNodeServer(
  program: string,
  options: {
    readonly args?: readonly string[];
    /** Flags of Node. */
    readonly flags?: readonly string[] | undefined;
  } = {},
): Promise<NodeServer> {
  const path = fileURLToPath(new URL(`../servers/${program}.ts`, import.meta.url));
  const args = [...(options.flags ?? []), path, ...(options.args ?? [])];
  const process = await ServerProcess.start(program, globalThis.process.execPath, args, {
    announces: true,
  });
  try {
    return { process, port: await process.port() };
  } catch (error) {
    await process[Symbol.asyncDispose]();
    throw error;
  }
}
