import { findChromium } from "@smartcall/browser-test/find-chromium";
import { type Stage, startStage } from "@smartcall/scripts/stage";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startExample } from "../src/example.ts";

const found = await findChromium();
let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
}, 300_000);

afterAll(() => stage?.stop());

// Skipped where there is no Chromium; SMARTCALL_CHROMIUM=npm takes one from npm.
test.skipIf("missing" in found)("browser: the page shows eliza's answer as it comes", async () => {
  if ("missing" in found) return;
  await using stack = new AsyncDisposableStack();
  const example = stack.use(startExample("browser", stage.url, "--port", "0"));
  await expect.poll(example.output).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    args: ["--no-sandbox"],
    timeout: 90_000,
    env: { ...(process.env as Record<string, string>), ...found.env },
  });
  stack.defer(() => browser.close());
  const page = await browser.newPage();
  await page.goto(/http:\/\/127\.0\.0\.1:\d+\//.exec(example.output())?.[0] ?? "");
  await page.fill("input", "Hello!");
  await page.click("button");
  const output = page.locator("output[data-end]");
  await output.waitFor({ timeout: 60_000 });
  expect(await output.textContent()).toBe("Hello. What is on your mind today?");
  expect(await output.getAttribute("data-end")).toBe("TERMINAL");
});
