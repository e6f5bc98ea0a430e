import { library } from "../../tools/config/tsup.ts";

export default library({
  dual: true,
  entry: [
    "src/index.ts",
    "src/sdk.ts",
    "src/proto.ts",
    "src/openapi.ts",
    "src/openapi-document.ts",
    "src/asyncapi-document.ts",
  ],
});
