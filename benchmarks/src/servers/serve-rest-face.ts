import { createServer, type ServerResponse } from "node:http";
import { fromJson, type JsonObject, toJsonString } from "@bufbuild/protobuf";
import {
  type CallRequest,
  CallRequestSchema,
  type Task,
  TaskSchema,
} from "@smartcall/protocol/proto";
import { listenAndAnnounce } from "./listen.ts";
import { readBody } from "./read-body.ts";

const callPath = /^\/v1\/agents\/([^/]+)\/calls$/;

/** Serves the call's REST face, JSON in and out, on node:http; the RPC behind it is the caller's. */
export function serveRestFace(call: (request: CallRequest) => Promise<Task>): void {
  const server = createServer((request, response) => {
    const agent = callPath.exec(request.url ?? "")?.[1];
    if (request.method !== "POST" || agent === undefined) {
      answer(response, 404, "{}");
      return;
    }
    readBody(request, (body) => {
      answerTask(response, body, agent).catch((error: unknown) => {
        answer(response, 500, JSON.stringify({ detail: String(error) }));
      });
    });
  });

  async function answerTask(response: ServerResponse, body: string, agent: string): Promise<void> {
    const json = JSON.parse(body) as JsonObject;
    const task = await call(fromJson(CallRequestSchema, { ...json, agent }));
    answer(response, 200, toJsonString(TaskSchema, task, { alwaysEmitImplicit: true }));
  }

  listenAndAnnounce(server);
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}
