import { unit } from "../config/vitest.ts";

export default unit({ testTimeout: 120_000 });
