import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Agent } from "@smartcall/agent";

/**
 * The agents that a file exports, alone or in arrays, each once.
 *
 * A file in a folder where nothing is installed gets this program's own `@smartcall/agent`.
 *
 * @param onFile is told each file that is loaded, those in node_modules aside.
 * @throws {Error} when there is none.
 */
export async function loadAgents(file: string, onFile: (path: string) => void): Promise<Agent[]> {
  registerHooks({
    resolve(specifier, context, next) {
      try {
        const result = next(specifier, context);
        if (isOwn(result.url)) onFile(fileURLToPath(result.url));
        return result;
      } catch (error) {
        if (!/^@smartcall\/(agent|protocol)($|\/)/.test(specifier)) throw error;
        return next(specifier, { ...context, parentURL: import.meta.url });
      }
    },
  });
  const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const agents = [...new Set(Object.values(exported).flat().filter(isAgent))];
  if (agents.length > 0) return agents;
  throw new Error("it exports no agent; export what defineAgent() answers, alone or in an array");
}

function isOwn(url: string): boolean {
  return url.startsWith("file:") && !url.includes("/node_modules/");
}

function isAgent(value: unknown): value is Agent {
  if (typeof value !== "object" || value === null) return false;
  const { card, run } = value as Partial<Agent>;
  return typeof run === "function" && typeof card?.name === "string";
}
