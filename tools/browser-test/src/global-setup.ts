import type { TestProject } from "vitest/node";
import { type Chromium, findChromium } from "./find-chromium.ts";

declare module "vitest" {
  interface ProvidedContext {
    chromium: Chromium;
  }
}

/** Finds a Chromium once for all files of tests, and says so when there is none. */
export default async function setup(project: TestProject): Promise<void> {
  const chromium = await findChromium();
  if ("missing" in chromium) console.warn(`Tests in a browser are skipped. ${chromium.missing}`);
  project.provide("chromium", chromium);
}
