import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import type { CallRequest, Task } from "@smartcall/protocol/proto";
import { echoTask } from "./echo-task.ts";
import { grpcCallMethod } from "./grpc-call-method.ts";
import { announcePort } from "./listen.ts";

// The echo agent as a plain unary RPC, served by grpc-js.
const call: handleUnaryCall<CallRequest, Task> = ({ request }, respond) => {
  respond(null, echoTask(request));
};
const server = new Server();
server.addService({ call: grpcCallMethod }, { call });
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  announcePort(port);
});
