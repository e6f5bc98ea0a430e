import { library } from "../../tools/config/tsup.ts";

export default library({
  dual: true,
  generated: ["proto", "openapi-document", "asyncapi-document"],
  entry: [
    "src/index.ts",
    "src/sdk.ts",
    "src/proto.ts",
    "src/openapi.ts",
    "src/openapi-document.ts",
    "src/asyncapi-document.ts",
  ],
});
