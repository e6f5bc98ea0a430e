import { library } from "../../tools/config/tsup.ts";

export default library({ entry: ["src/index.ts", "src/connect.ts", "src/proto.ts"] });
