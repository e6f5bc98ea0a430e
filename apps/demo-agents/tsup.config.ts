import { library } from "../../tools/config/tsup.ts";

export default library({
  entry: ["src/index.ts", "src/main.ts"],
  platform: "node",
  // mathjs is a thousand files: as one, it loads in a third of the time.
  noExternal: ["mathjs"],
});
