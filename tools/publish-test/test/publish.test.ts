import { readFileSync } from "node:fs";
import { chromium as browsers } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { bundleForEdge } from "../src/bundle-for-edge.ts";
import { compileProject, type Resolution } from "../src/compile-project.ts";
import { findBinary } from "../src/find-binary.ts";
import { createFreshProject, type FreshProjectOptions } from "../src/fresh-project.ts";
import { installedPackages } from "../src/installed-packages.ts";
import { publicPackages, publishAsReleased, publishPackages } from "../src/publish-packages.ts";
import { releaseEnvironment } from "../src/release-environment.ts";
import { serveWithVite } from "../src/serve-with-vite.ts";
import { startNext } from "../src/start-next.ts";
import { type PublishedGateway, startPublishedGateway } from "../src/start-published-gateway.ts";
import { type LocalRegistry, startRegistry } from "../src/start-registry.ts";
import { startWorkerd } from "../src/start-workerd.ts";
import { takePath } from "../src/take-path.ts";

const missing = inject("missing");
const chromium = inject("chromium");
const noChromium = "missing" in chromium ? chromium.missing : undefined;
/** What takes long, and goes wrong least, is left to `pnpm publish-test --all`. */
const isAll = process.env["SMARTCALL_PUBLISH"] === "all";
const sdk = ["@smartcall/client", "@smartcall/streaming"];
const answers = {
  waited: "a b c ",
  streamed: "a b c ",
  overWebSocket: "a b c ",
  refused: "AGENT_NOT_FOUND",
};

/** The identity that provenance speaks of is looked for in these. */
const noContinuousIntegration = { GITHUB_ACTIONS: undefined, GITLAB_CI: undefined };

/** What all of this runs on; what was started last is stopped first. */
const stack = new AsyncDisposableStack();
let registry: LocalRegistry;
let gateway: PublishedGateway;
/** Why what must not be published here was not. */
let refusal: unknown;

beforeAll(async () => {
  if (missing.verdaccio !== undefined) return;
  registry = stack.use(await startRegistry());
  refusal = await publishPackages(registry, { ...releaseEnvironment(), ...noContinuousIntegration })
    .then(() => "all were published")
    .catch((error: unknown) => error);
  await publishPackages(registry);
  gateway = stack.use(await startPublishedGateway(registry));
});
afterAll(() => stack.disposeAsync());

/** A test of what was published, which also needs what may be missing, and then says so. */
function published(name: string, lack: string | undefined, run: () => Promise<void>): void {
  const why = missing.verdaccio ?? lack;
  test.skipIf(why !== undefined)(why === undefined ? name : `${name} (${why})`, run);
}

const freshProject = (options: FreshProjectOptions) =>
  createFreshProject(registry, {
    packages: sdk,
    ...options,
    env: { SMARTCALL_URL: gateway.url, ...options.env },
  });

test("all that is published is built first", () => {
  const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    devDependencies: Record<string, string>;
  };
  expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(publicPackages()));
});

test("all packages get one version", () => {
  const path = new URL("../../../.changeset/config.json", import.meta.url);
  const { fixed } = JSON.parse(readFileSync(path, "utf8")) as { fixed: string[][] };
  expect(fixed.map((names) => names.toSorted())).toEqual([publicPackages().sort()]);
});

published("a release carries its provenance, which only a CI can give", undefined, async () => {
  expect(String(refusal)).toContain("ERR_PNPM_PROVENANCE_UNSUPPORTED_PROVIDER");
});

for (const name of publicPackages()) {
  published(`${name} is published with all that people look for`, undefined, async () => {
    const response = await fetch(new URL(encodeURIComponent(name), registry.url));
    const { versions, readme } = (await response.json()) as {
      readme: string;
      versions: Record<string, Record<string, unknown>>;
    };
    expect(readme).toMatch(/^# /);
    const [manifest = {}] = Object.values(versions);
    expect(manifest).toMatchObject({
      license: "Apache-2.0",
      description: expect.stringMatching(/\.$/),
      keywords: expect.arrayContaining([expect.any(String)]),
      repository: { type: "git", url: expect.any(String), directory: expect.any(String) },
      publishConfig: { access: "public" },
      engines: { node: expect.any(String) },
    });
    expect(JSON.stringify(manifest)).not.toMatch(/"(workspace|catalog|link|file):/);
  });
}

/** What an install may come to, a fifth above what it does. Validators and their like belong to gateways. */
const installs = [
  {
    // Our declarations and both documents, in ESM and CommonJS: 1.6 MB; openapi-fetch: 0.3 MB.
    name: "@smartcall/client",
    maxBytes: 2_500_000,
    brings: ["@smartcall/protocol", "openapi-fetch", "openapi-typescript-helpers"],
  },
  {
    // And protobuf's runtime, for who wants it on the wire: 2 MB; the link, in all its forms: 0.9 MB.
    name: "@smartcall/streaming",
    maxBytes: 7_000_000,
    brings: [
      "@bufbuild/protobuf",
      "@smartcall/client",
      "@smartcall/link",
      "@smartcall/protocol",
      "eventsource-parser",
      "isomorphic-ws",
      "openapi-fetch",
      "openapi-typescript-helpers",
      "ws",
    ],
  },
];
for (const { name, maxBytes, brings } of installs) {
  const size = `${maxBytes / 1e6} MB`;
  published(`${name} installs at most ${size}, and nothing unexpected`, undefined, async () => {
    const installed = installedPackages(await freshProject({ packages: [name] }));
    expect([...installed.keys()].sort()).toEqual([name, ...brings].sort());
    const bytes = [...installed.values()].reduce((sum, each) => sum + each, 0);
    console.log(`${name} with all that it needs: ${(bytes / 1e6).toFixed(1)} MB`);
    expect(bytes).toBeLessThanOrEqual(maxBytes);
  });
}

published("Node imports the clients, and they call", undefined, async () => {
  const project = await freshProject({ files: ["node-esm"] });
  expect(JSON.parse(await project.run(process.execPath, "main.js"))).toEqual(answers);
});

published("the command line calls", undefined, async () => {
  const project = await freshProject({ packages: ["smartcall"] });
  expect(await project.run("npx", "smartcall", "call", "speller", "abc")).toBe("a b c \n");
});

published("Node requires the clients, and they call", undefined, async () => {
  const project = await freshProject({ files: ["node-cjs"], type: "commonjs" });
  // What is ESM alone would throw, as it does in test runners and older programs.
  const run = ["--no-experimental-require-module", "main.js"] as const;
  expect(JSON.parse(await project.run(process.execPath, ...run))).toEqual(answers);
});

const compilers: (Resolution & { type: "module" | "commonjs"; rare?: true })[] = [
  { compiler: "typescript", moduleResolution: "node16", type: "module" },
  { compiler: "typescript", moduleResolution: "node16", type: "commonjs" },
  { compiler: "typescript", moduleResolution: "bundler", type: "module" },
  { compiler: "typescript-5", moduleResolution: "node16", type: "module", rare: true },
  { compiler: "typescript-5", moduleResolution: "node16", type: "commonjs" },
  { compiler: "typescript-5", moduleResolution: "bundler", type: "module", rare: true },
  { compiler: "typescript-5", moduleResolution: "node10", type: "commonjs", rare: true },
];
for (const resolution of compilers.filter(({ rare = false }) => isAll || !rare)) {
  const { compiler, moduleResolution, type } = resolution;
  const how = `${compiler} with ${moduleResolution} compiles a strict program of type ${type}`;
  published(`${how}, which calls`, undefined, async () => {
    const packages = [...sdk, "@smartcall/protocol"];
    const project = await freshProject({ packages, files: ["typescript"], type });
    await compileProject(project, resolution);
    expect(JSON.parse(await project.run(process.execPath, "out/main.js"))).toEqual(answers);
  });
}

published("a page that Vite builds calls from Chromium", missing.vite ?? noChromium, async () => {
  if ("missing" in chromium) throw new Error(chromium.missing);
  const packages = [...sdk, "@smartcall/protocol"];
  const { directory } = await freshProject({ packages, files: ["typescript", "vite"] });
  await using site = await serveWithVite(directory, gateway.url);
  const browser = await browsers.launch({
    executablePath: chromium.executablePath,
    args: ["--no-sandbox"],
    env: { ...(process.env as Record<string, string>), ...chromium.env },
  });
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    const output = page.locator("output").filter({ hasText: /./ });
    expect(JSON.parse((await output.textContent()) ?? "")).toEqual(answers);
  } finally {
    await browser.close();
  }
});

published("a worker at the edge, where Node is not, calls", missing.workerd, async () => {
  const packages = [...sdk, "@smartcall/protocol"];
  const { directory } = await freshProject({ packages, files: ["typescript", "edge"] });
  expect(await bundleForEdge(directory)).toEqual([]);
  await using worker = await startWorkerd(directory);
  const response = await fetch(`${worker.url}/?gateway=${encodeURIComponent(gateway.url)}`);
  expect(await response.json()).toEqual(answers);
});

published(
  "a route handler of Next.js hands an answer on, piece by piece",
  missing.nextjs,
  async () => {
    const env = { SMARTCALL_URL: gateway.url, SMARTCALL_AGENT: "speller" };
    await using site = await startNext(registry, env);
    const response = await fetch(`${site.url}/api/chat`, { method: "POST", body: "abc" });
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    const pieces: string[] = [];
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      pieces.push(piece);
    }
    expect(pieces.join("")).toBe("a b c ");
    expect((await fetch(site.url)).status).toBe(200);
  },
);

published("Bun installs the clients, and they call", missing.bun, async () => {
  const bun = await findBinary("bun", "@oven/bun-*/bin/bun");
  const env = { BUN_INSTALL_CACHE_DIR: `${registry.folder}/bun` };
  const project = await freshProject({ packages: [], files: ["typescript"], env });
  await project.run(bun, "add", ...sdk, "@smartcall/protocol");
  expect(JSON.parse(await project.run(bun, "main.ts"))).toEqual(answers);
});

published("Deno installs the clients, and they call", missing.deno, async () => {
  const deno = await findBinary("deno", "@deno/*/deno");
  const env = { DENO_DIR: `${registry.folder}/deno`, DENO_NO_UPDATE_CHECK: "1" };
  const project = await freshProject({ packages: [], files: ["node-esm"], env });
  await project.run(deno, "add", "--minimum-dependency-age=0", ...sdk.map((name) => `npm:${name}`));
  const run = ["run", "--allow-net", "--allow-env", "--check", "main.js"] as const;
  expect(JSON.parse(await project.run(deno, ...run))).toEqual(answers);
});

published("somebody new comes from an empty folder to a streamed answer", undefined, async () => {
  const said: string[] = [];
  const { waited, streamed, readingSeconds } = await takePath(registry, (line) => said.push(line));
  console.log(said.join("\n"));
  expect(waited).toBe("COMPLETED A page of prose. \n");
  expect(streamed).toBe("A page of prose. ");
  expect(readingSeconds).toBeLessThan(300);
});

if (isAll) {
  published("the release workflow publishes all of them", undefined, async () => {
    await using empty = await startRegistry();
    await publishAsReleased(empty);
    for (const name of publicPackages()) {
      const response = await fetch(new URL(encodeURIComponent(name), empty.url));
      expect({ name, status: response.status }).toEqual({ name, status: 200 });
    }
  });
}
