import { unit } from "../config/vitest.ts";

export default unit({ testTimeout: 30_000 });
