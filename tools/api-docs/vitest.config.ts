import { unit } from "../config/vitest.ts";

export default unit({ testTimeout: 180_000 });
