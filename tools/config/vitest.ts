import { defineConfig } from "vitest/config";

/** How every package is tested: files beside the code, a JSON report that `verify` adds up. */
export function unit(
  options: { testTimeout?: number; maxWorkers?: number; execArgv?: string[] } = {},
) {
  return defineConfig({
    test: {
      include: ["src/**/*.test.ts", "test/**/*.test.ts"],
      reporters: process.env["CI"] ? ["dot", "json"] : ["default", "json"],
      outputFile: { json: "reports/vitest.json" },
      testTimeout: 20_000,
      passWithNoTests: true,
      ...options,
    },
  });
}
