import { fromBinary, toBinary } from "@bufbuild/protobuf";
import type { MethodDefinition } from "@grpc/grpc-js";
import {
  type CallRequest,
  CallRequestSchema,
  type Task,
  TaskSchema,
} from "@smartcall/protocol/proto";

/** `CommunicationService.Call` as grpc-js wants it told. */
export const grpcCallMethod: MethodDefinition<CallRequest, Task> = {
  path: "/smartcall.v1.CommunicationService/Call",
  requestStream: false,
  responseStream: false,
  requestSerialize: (request) => Buffer.from(toBinary(CallRequestSchema, request)),
  requestDeserialize: (bytes) => fromBinary(CallRequestSchema, bytes),
  responseSerialize: (task) => Buffer.from(toBinary(TaskSchema, task)),
  responseDeserialize: (bytes) => fromBinary(TaskSchema, bytes),
};
