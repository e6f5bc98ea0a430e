import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const here = fileURLToPath(new URL("../", import.meta.url));

/** Unpacks into TMPDIR, and prints what. The libraries are those that a bare system lacks. */
const unpack = `
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
const main = createRequire(join(process.cwd(), "package.json")).resolve("@sparticuz/chromium");
const { inflate } = await import(pathToFileURL(main));
const bin = join(dirname(main), "..", "bin");
for (const file of ["chromium.br", "fonts.tar.br", "al2023.tar.br"]) await inflate(join(bin, file));
`;

/**
 * The Chromium of the package that chromium/ names, which is pinned there by its hash. Installed once,
 * into node_modules; works on glibc without any library of X11 or NSS.
 *
 * @throws when npm cannot be reached, or the package has no binary for this system.
 */
export async function unpackChromium(): Promise<{
  executablePath: string;
  env: Record<string, string>;
}> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`there is none for ${process.platform} on ${process.arch}`);
  }
  const home = join(here, "node_modules/.cache/chromium-153.0.0");
  if (!existsSync(home)) {
    const fresh = `${home}.${process.pid}`;
    try {
      mkdirSync(fresh, { recursive: true });
      for (const file of ["package.json", "package-lock.json"]) {
        copyFileSync(join(here, "chromium", file), join(fresh, file));
      }
      await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: fresh });
      await run(process.execPath, ["--input-type=module", "--eval", unpack], {
        cwd: fresh,
        env: { ...process.env, TMPDIR: fresh },
      });
      // Whole or not at all, and the 67 MB that it came in are not needed again.
      rmSync(join(fresh, "node_modules"), { recursive: true });
      renameSync(fresh, home);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  return {
    executablePath: join(home, "chromium"),
    env: { LD_LIBRARY_PATH: join(home, "al2023/lib"), FONTCONFIG_PATH: join(home, "fonts") },
  };
}
