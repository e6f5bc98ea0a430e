import { library } from "../../tools/config/tsup.ts";

export default library({
  entry: ["src/main.ts", "src/dev-runner.ts", "src/card-runner.ts"],
  platform: "node",
  sourcemap: false,
  declarations: false,
});
