import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPackages } from "@smartcall/scripts/workspace";
import { runCommand } from "./run-command.ts";
import type { LocalRegistry } from "./start-registry.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Whatever is set elsewhere, nothing is published beyond this machine: no other address is reached. */
const loopbackAlone = {
  http_proxy: "http://127.0.0.1:9",
  https_proxy: "http://127.0.0.1:9",
  HTTP_PROXY: "http://127.0.0.1:9",
  HTTPS_PROXY: "http://127.0.0.1:9",
  no_proxy: "127.0.0.1",
  NO_PROXY: "127.0.0.1",
};

/** The names of the packages that people can install. */
export function publicPackages(): string[] {
  return findPackages(root).flatMap(({ name, directory }) => {
    const manifest = readFileSync(join(directory, "package.json"), "utf8");
    return (JSON.parse(manifest) as { private?: boolean }).private ? [] : [name];
  });
}

/** Publishes every public package as it was built, one after the other as they need each other. */
export async function publishPackages(
  registry: LocalRegistry,
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<void> {
  await runCommand({
    command: "pnpm",
    args: ["--recursive", "publish", "--no-git-checks", "--registry", registry.url],
    cwd: root,
    env: { ...registry.env, ...loopbackAlone, ...environment },
  });
}

/** Does what the release workflow does: changesets publishes what the registry does not have. */
export async function publishAsReleased(registry: LocalRegistry): Promise<void> {
  await runCommand({
    command: `${root}node_modules/.bin/changeset`,
    args: ["publish", "--no-git-tag"],
    cwd: root,
    env: { ...registry.env, ...loopbackAlone },
  });
}
