import {
  type Reason,
  Smartcall,
  SmartcallError,
  type Task,
  type TaskState,
} from "@smartcall/client";
import { formatCursor, parseCursor } from "@smartcall/protocol";
import { SmartcallStreaming, type TaskStreamEvent } from "@smartcall/streaming";
import { protobuf } from "@smartcall/streaming/proto";

interface Answers {
  waited: string;
  streamed: string;
  overWebSocket: string;
  refused: Reason | undefined;
}

export async function callAgents(url: string): Promise<Answers> {
  const smartcall = new Smartcall({ url });
  const task = await smartcall.call("speller", "abc");
  // @ts-expect-error There are types.
  task.outputTexts;
  if (!hasEnded(task)) throw new Error(`The task is ${task.state}.`);

  const letters: string[] = [];
  let last: TaskStreamEvent | undefined;
  for await (const event of new SmartcallStreaming({ url }).stream("speller", "abc")) {
    last = event;
    if (event.type === "outputDelta") letters.push(event.text);
  }
  if (last?.type !== "end") throw new Error("There was no end.");
  const cursor = parseCursor(last.cursor);
  if (cursor === undefined || formatCursor(cursor) !== last.cursor) throw new Error(last.cursor);

  const streaming = new SmartcallStreaming({ url, protocol: protobuf });
  const session = await streaming.connect();
  const overWebSocket = await session.stream("speller", "abc").text();
  await session.close();

  let refused: Reason | undefined;
  try {
    await smartcall.call("nobody", "abc");
  } catch (error) {
    if (error instanceof SmartcallError) refused = error.reason;
  }
  return { waited: task.outputText, streamed: letters.join(""), overWebSocket, refused };
}

const ends: readonly TaskState[] = ["COMPLETED", "FAILED", "CANCELED", "REJECTED"];

function hasEnded({ state }: Task): boolean {
  switch (state) {
    case "UNSPECIFIED":
    case "SUBMITTED":
    case "WORKING":
    case "INPUT_REQUIRED":
    case "AUTH_REQUIRED":
      return false;
    case "COMPLETED":
    case "FAILED":
    case "CANCELED":
    case "REJECTED":
      return ends.includes(state);
    default:
      // What a newer gateway says is a text.
      return state.startsWith("ENDED_");
  }
}
