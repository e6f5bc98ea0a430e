import { create, toJsonString } from "@bufbuild/protobuf";
import { Task_State, TaskSchema } from "@smartcall/protocol/proto";

const task = create(TaskSchema, { id: "t-1", agent: "echo", state: Task_State.WORKING });
console.log(toJsonString(TaskSchema, task));
