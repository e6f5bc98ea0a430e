import { createServer } from "node:http";
import type { ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { createTranscoder } from "@smartcall/transcode";
import { fromConnectRoutes } from "@smartcall/transcode/connect";
import { createNodeHandler } from "@smartcall/transcode/node";
import { Library } from "../gen/library_pb.js";

const routes = (router: ConnectRouter) =>
  router.service(Library, {
    getBook: ({ name }) => ({ name, title: "Emma", pages: 474 }),
  });

const transcoder = createTranscoder(fromConnectRoutes(routes));
const rest = createNodeHandler(transcoder, {
  onUnmatched: connectNodeAdapter({ routes }),
});

export const server = createServer(rest).listen(8080, "127.0.0.1");
