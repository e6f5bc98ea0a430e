import { mergeConfig } from "vitest/config";
import { unit } from "../config/vitest.ts";

export default mergeConfig(unit({ testTimeout: 180_000, maxWorkers: 1 }), {
  test: { globalSetup: "./src/global-setup.ts" },
});
