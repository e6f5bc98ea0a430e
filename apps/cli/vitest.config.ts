import { unit } from "../../tools/config/vitest.ts";

// What is tested are processes: more at once than cores only wait for each other.
export default unit({ testTimeout: 180_000, maxWorkers: 2 });
