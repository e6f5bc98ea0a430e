import { execFileSync } from "node:child_process";
import { frozenImage, repositoryRoot } from "./image.ts";

/**
 * Takes the contract as it is now for the one that must not be broken: `pnpm run freeze`.
 *
 * Run it, and commit proto/image.binpb, when a version is released, so that `pnpm run check`
 * compares with what users have. Before the first release also after a change that breaks the
 * contract on purpose, and say so in the changeset.
 */
execFileSync("buf", ["build", "--exclude-source-info", "--output", frozenImage], {
  cwd: repositoryRoot,
  stdio: "inherit",
});
