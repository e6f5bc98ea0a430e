import type { Task } from "@smartcall/protocol/openapi";
import { openApiDocument } from "@smartcall/protocol/openapi-document";

const hasEnded = (task: Task) =>
  ["COMPLETED", "FAILED", "CANCELED", "REJECTED"].includes(task.state);
console.log(typeof hasEnded, openApiDocument.openapi);
