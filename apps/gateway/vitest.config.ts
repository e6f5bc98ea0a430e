import { unit } from "../../tools/config/vitest.ts";

// The memory tests ask for a collection before they look.
export default unit({ execArgv: ["--expose-gc"] });
