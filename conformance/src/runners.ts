import { fileURLToPath } from "node:url";
import type { Role } from "./vector.ts";

/** A program that makes the calls of vectors with one SDK, or attaches agents with it. */
export interface Runner {
  readonly name: string;
  readonly role: Role;
  readonly command: readonly [program: string, ...args: string[]];
  /** Vectors that it may work on at once; 8 when absent. */
  readonly concurrency?: number;
}

const at = (path: string) => fileURLToPath(new URL(`../runners/${path}`, import.meta.url));
const typescript = [process.execPath, at("typescript/main.ts")] as const;

/** All runners; one that cannot run here ends with 77 and says why. */
export const allRunners: readonly Runner[] = [
  { name: "typescript", role: "client", command: [...typescript, "client"] },
  { name: "python-sync", role: "client", command: [at("python/run"), "sync"] },
  { name: "python-async", role: "client", command: [at("python/run"), "async"] },
  { name: "go", role: "client", command: [at("go/run"), "client"] },
  { name: "typescript-agent", role: "agent", command: [...typescript, "agent"] },
  { name: "python-agent", role: "agent", command: [at("python/run"), "agent"] },
  { name: "go-agent", role: "agent", command: [at("go/run"), "agent"] },
];
