import { library } from "../../tools/config/tsup.ts";

export default library({
  dual: true,
  entry: ["src/index.ts", "src/json.ts", "src/node.ts", "src/protobuf.ts", "src/websocket.ts"],
});
