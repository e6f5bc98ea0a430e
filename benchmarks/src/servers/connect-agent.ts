import { createServer } from "node:http2";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { CommunicationService } from "@smartcall/protocol/proto";
import { echoTask } from "./echo-task.ts";
import { listenAndAnnounce } from "./listen.ts";

// The echo agent as a plain unary RPC, served by connect-node.
const adapter = connectNodeAdapter({
  routes: (router) => router.service(CommunicationService, { call: echoTask }),
});
listenAndAnnounce(createServer(adapter));
