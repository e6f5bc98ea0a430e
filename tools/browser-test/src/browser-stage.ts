import type { Agent } from "@smartcall/agent";
import { createGateway } from "@smartcall/gateway";
import { createFaultProxy, type FaultProxy } from "@smartcall/testing";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { Chromium } from "./find-chromium.ts";

/** A page of a real gateway in a real browser, behind a network that can be switched off. */
export interface BrowserStage extends AsyncDisposable {
  /** Shows `/docs` of the gateway, so that what runs in it is of the gateway's own origin. */
  readonly page: Page;
  /** The gateway, past the proxy. */
  readonly url: string;
  readonly proxy: FaultProxy;
  /** The browser knows that it is offline, and nothing reaches the gateway. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
}

/** How long a browser has for each thing it is told, on a machine that does much else. */
const patienceMs = 120_000;

/** Starts a gateway with agents inside, a proxy before it and a browser on it. */
export async function startBrowserStage(
  found: Chromium,
  agents: readonly Agent[],
): Promise<BrowserStage> {
  if ("missing" in found) throw new Error(found.missing);
  await using stack = new AsyncDisposableStack();
  const gateway = createGateway({ port: 0, inProcess: [...agents] });
  const { url, port } = await gateway.listen();
  stack.defer(() => gateway.close());
  const proxy = stack.use(await createFaultProxy({ target: { port } }));
  const browser: Browser = await chromium.launch({
    executablePath: found.executablePath,
    args: ["--no-sandbox"],
    timeout: patienceMs,
    env: { ...(process.env as Record<string, string>), ...found.env },
  });
  stack.defer(() => browser.close());
  const context: BrowserContext = await browser.newContext();
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  await page.goto(`${proxy.url}/docs`);
  const started = stack.move();
  return {
    page,
    url,
    proxy,
    async goOffline() {
      // Chromium's switch does not cut WebSockets that are open.
      await context.setOffline(true);
      await proxy.goOffline();
    },
    async goOnline() {
      await proxy.goOnline();
      await context.setOffline(false);
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
