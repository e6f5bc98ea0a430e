import { library } from "../../tools/config/tsup.ts";

export default library({
  entry: ["src/index.ts", "src/contract.ts", "src/main.ts"],
  platform: "node",
});
