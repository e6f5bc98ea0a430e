import { mergeConfig } from "vitest/config";
import { unit } from "../config/vitest.ts";

export default mergeConfig(unit({ testTimeout: 400_000, maxWorkers: 1 }), {
  test: { globalSetup: "./src/global-setup.ts", hookTimeout: 400_000 },
});
