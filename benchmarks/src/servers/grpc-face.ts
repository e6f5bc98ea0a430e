import { Client, credentials } from "@grpc/grpc-js";
import type { Task } from "@smartcall/protocol/proto";
import { grpcCallMethod } from "./grpc-call-method.ts";
import { serveRestFace } from "./serve-rest-face.ts";

// One unary gRPC call per REST call, through grpc-js, to the agent at the first argument.
const { path, requestSerialize, responseDeserialize } = grpcCallMethod;
const client = new Client(String(process.argv[2]), credentials.createInsecure());
serveRestFace(
  (request) =>
    new Promise<Task>((resolve, reject) => {
      client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        (error, task) => {
          if (task) resolve(task);
          else reject(error);
        },
      );
    }),
);
