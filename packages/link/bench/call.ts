import { create } from "@bufbuild/protobuf";
import type { IncomingExchange, IncomingHandlers, Link } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import {
  ExecuteRequestSchema,
  type Frame_Event,
  Frame_EventSchema,
  type Frame_Open,
  Frame_OpenSchema,
  Message_Role,
} from "@smartcall/protocol/proto";

const text = "All happy families are alike. ".repeat(10);

/** The open of a call of 300 bytes of text. */
export function createOpen(index: number): Frame_Open {
  return create(Frame_OpenSchema, {
    request: {
      case: "execute",
      value: create(ExecuteRequestSchema, {
        taskId: `t-${index}`,
        agent: "echo",
        contextId: `c-${index}`,
        message: {
          messageId: `m-${index}`,
          role: Message_Role.USER,
          parts: [{ content: { case: "text", value: text } }],
        },
        attempt: 1,
        timeoutMs: 30_000,
      }),
    },
    timeoutMs: 30_000,
  });
}

/** The whole answer of an agent that echoes. */
export function createEvent(open: Frame_Open): Frame_Event {
  const message = open.request.case === "execute" ? open.request.value.message : undefined;
  return create(Frame_EventSchema, {
    kind: {
      case: "agent",
      value: {
        kind: {
          case: "outputCompleted",
          value: { message: { role: Message_Role.AGENT, parts: message?.parts ?? [] } },
        },
      },
    },
  });
}

/** Answers an exchange with one event and a close. */
export function echo(
  exchange: IncomingExchange<ProtocolTypes>,
  open: Frame_Open,
): IncomingHandlers<ProtocolTypes> {
  exchange.send(createEvent(open));
  exchange.close();
  return {};
}

/** Calls as often as `total` says, `concurrency` at a time; answers calls per second. */
export async function callsPerSecond(
  link: Link<ProtocolTypes>,
  concurrency: number,
  total: number,
): Promise<number> {
  const start = performance.now();
  let begun = 0;
  const worker = () =>
    new Promise<void>((resolve, reject) => {
      const next = () => {
        if (begun >= total) return resolve();
        begun += 1;
        let events = 0;
        link.open(
          createOpen(begun),
          {
            event: () => {
              events += 1;
            },
            close: (outcome) => {
              if (outcome.reason || events !== 1) reject(new Error(`${outcome.reason} ${events}`));
              else next();
            },
          },
          { halfClose: true },
        );
      };
      next();
    });
  await Promise.all(Array.from({ length: concurrency }, worker));
  return (total * 1_000) / (performance.now() - start);
}
