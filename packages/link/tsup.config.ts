import { library } from "../../tools/config/tsup.ts";

export default library({
  entry: ["src/index.ts", "src/json.ts", "src/node.ts", "src/protobuf.ts", "src/websocket.ts"],
});
