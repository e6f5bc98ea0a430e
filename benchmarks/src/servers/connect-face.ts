import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { CommunicationService } from "@smartcall/protocol/proto";
import { serveRestFace } from "./serve-rest-face.ts";

// One unary gRPC call per REST call, through connect-node, to the agent at the first argument.
const transport = createGrpcTransport({ baseUrl: `http://${process.argv[2]}` });
const client = createClient(CommunicationService, transport);
serveRestFace((request) => client.call(request));
