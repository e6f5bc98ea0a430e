import { accessSync, constants, existsSync } from "node:fs";
import { unpackChromium } from "./unpack-chromium.ts";

/** A Chromium to launch, or why there is none. */
export type Chromium =
  | { readonly executablePath: string; readonly env: Readonly<Record<string, string>> }
  | { readonly missing: string };

/** Where systems keep theirs. */
const usualPlaces: readonly string[] = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The Chromium that `SMARTCALL_CHROMIUM` names, else one that the system has, else, where `CI` is set,
 * one from npm that is kept in node_modules.
 *
 * @throws when `SMARTCALL_CHROMIUM` names what cannot be run.
 */
export async function findChromium(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Chromium> {
  const named = environment["SMARTCALL_CHROMIUM"];
  if (named !== undefined && named !== "npm") {
    accessSync(named, constants.X_OK);
    return { executablePath: named, env: {} };
  }
  const found = named === "npm" ? undefined : usualPlaces.find((path) => existsSync(path));
  if (found !== undefined) return { executablePath: found, env: {} };
  if (named !== "npm" && !environment["CI"]) {
    return { missing: "No Chromium here; SMARTCALL_CHROMIUM=npm takes one from npm (67 MB)." };
  }
  try {
    return await unpackChromium();
  } catch (error) {
    return { missing: `No Chromium here, and none from npm: ${(error as Error).message}` };
  }
}
