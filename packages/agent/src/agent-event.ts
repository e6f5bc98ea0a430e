import type { AgentEvent, Frame_Event, Message } from "@smartcall/protocol/proto";
import { agentMessageFrom } from "./agent-message.js";

// Written as literals: `create` costs more than everything else that a short call does here.

/** The frame of a further piece of the answer. */
export function outputDelta(text: string): Frame_Event {
  return frame({
    case: "outputDelta",
    value: { $typeName: "smartcall.v1.TaskEvent.OutputDelta", text },
  });
}

/** The frame of the whole answer; throws a TypeError when JSON cannot say it. */
export function outputCompleted(answer: unknown): Frame_Event {
  const message = agentMessageFrom(answer);
  return frame({
    case: "outputCompleted",
    value: { $typeName: "smartcall.v1.TaskEvent.OutputCompleted", message },
  });
}

/** The frame that says that the pieces sent so far are the whole answer. */
export function outputWhole(): Frame_Event {
  return frame({
    case: "outputCompleted",
    value: { $typeName: "smartcall.v1.TaskEvent.OutputCompleted" },
  });
}

/** The frame of a question. */
export function inputRequired(prompt: Message): Frame_Event {
  return frame({
    case: "inputRequired",
    value: { $typeName: "smartcall.v1.TaskEvent.InputRequired", prompt },
  });
}

/** The frame of an event that a run yields; throws a TypeError when it is none. */
export function agentEventFrom(yielded: unknown): Frame_Event {
  if (typeof yielded !== "object" || yielded === null || !isAgentEvent(yielded)) {
    throw new TypeError(
      "A run yields text or what artifact(), progress(), toolCall() or usage() made; return data instead.",
    );
  }
  return frame(yielded.kind);
}

function isAgentEvent(value: object): value is AgentEvent {
  return "$typeName" in value && value.$typeName === "smartcall.v1.AgentEvent";
}

function frame(kind: AgentEvent["kind"]): Frame_Event {
  return {
    $typeName: "smartcall.v1.Frame.Event",
    kind: { case: "agent", value: { $typeName: "smartcall.v1.AgentEvent", kind } },
  };
}
