import { unit } from "../../tools/config/vitest.ts";

export default unit();
