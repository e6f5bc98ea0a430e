import { defineConfig } from "vitest/config";

/**
 * How every package is tested: files beside the code, a JSON report that `verify` adds up.
 *
 * The limits are for a test that hangs, not for one that is slow: they leave room for a machine ten
 * times slower than the one where it was written, and for one that stands still for seconds.
 */
export function unit(
  options: { testTimeout?: number; maxWorkers?: number; execArgv?: string[] } = {},
) {
  return defineConfig({
    test: {
      include: ["src/**/*.test.ts", "test/**/*.test.ts"],
      reporters: process.env["CI"] ? ["dot", "json"] : ["default", "json"],
      outputFile: { json: "reports/vitest.json" },
      testTimeout: 60_000,
      hookTimeout: 60_000,
      teardownTimeout: 60_000,
      // What is waited for is there within milliseconds, or never; Vitest would wait a second.
      expect: { poll: { timeout: 30_000 } },
      passWithNoTests: true,
      ...options,
    },
  });
}
