import { library } from "../../tools/config/tsup.ts";

export default library({
  dual: true,
  entry: ["src/index.ts", "src/core.ts", "src/webhooks.ts"],
});
