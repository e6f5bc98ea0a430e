import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installTool } from "./install-tool.ts";

/** A site that was built and is served. */
export interface Site extends AsyncDisposable {
  readonly url: string;
}

/** The parts of Vite that are used. */
interface Vite {
  build(options: object): Promise<unknown>;
  preview(options: object): Promise<{ httpServer: Server; close(): Promise<void> }>;
}

/** Builds the site of a folder and serves it, with a gateway behind `/v1` as Vite's users do. */
export async function serveWithVite(directory: string, gateway: string): Promise<Site> {
  const entry = join(await installTool("vite"), "node_modules/vite/dist/node/index.js");
  const { build, preview } = (await import(pathToFileURL(entry).href)) as Vite;
  const common = { root: directory, configFile: false, logLevel: "error" };
  await build(common);
  const server = await preview({
    ...common,
    preview: { host: "127.0.0.1", port: 0, proxy: { "/v1": { target: gateway, ws: true } } },
  });
  const { port } = server.httpServer.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
