import { type Chromium, findChromium } from "@smartcall/browser-test/find-chromium";
import type { TestProject } from "vitest/node";
import { installTool, type PinnedTool } from "./install-tool.ts";

/** Why a tool is not here; undefined when it is. */
export type Missing = Readonly<Record<PinnedTool, string | undefined>>;

declare module "vitest" {
  interface ProvidedContext {
    missing: Missing;
    chromium: Chromium;
  }
}

/** Gets all tools once, before tests are timed, and says which of them could not be had. */
export default async function setup(project: TestProject): Promise<void> {
  const [verdaccio, vite, workerd, bun, deno, nextjs, chromium] = await Promise.all([
    whyMissing("verdaccio"),
    whyMissing("vite"),
    whyMissing("workerd"),
    whyMissing("bun"),
    whyMissing("deno"),
    process.env["SMARTCALL_PUBLISH"] === "all" ? whyMissing("nextjs") : "only with --all",
    findChromium(),
  ]);
  project.provide("missing", { verdaccio, vite, workerd, bun, deno, nextjs });
  project.provide("chromium", chromium);
}

async function whyMissing(tool: PinnedTool): Promise<string | undefined> {
  try {
    await installTool(tool);
    return undefined;
  } catch (error) {
    console.warn(`${tool} could not be installed: ${(error as Error).message}`);
    return `${tool} could not be installed`;
  }
}
