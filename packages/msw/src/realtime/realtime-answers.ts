import type { CallRequest } from "@smartcall/protocol/openapi";
import { answers, type MockedCall } from "../answers.js";
import type { RealtimeAnswers, RealtimeCall, RealtimeKind } from "./realtime-overrides.js";

/** What each kind of exchange answers on its own: what the same request answers over REST. */
export const realtimeAnswers: {
  readonly [Kind in RealtimeKind]: (call: RealtimeCall<Kind>) => RealtimeAnswers[Kind];
} = {
  stream: ({ request }) => answers.streamCallTarget(mockedCall("/v1/calls/stream", {}, request)),
  watch: ({ request: { task, after = "" } }) =>
    answers.watchTask(mockedCall(`/v1/tasks/-/events?${new URLSearchParams({ after })}`, { task })),
  watchAgents: () => answers.watchAgents(mockedCall("/v1/agents/events", {})),
  call: ({ request }) => answers.callTarget(mockedCall("/v1/calls", {}, request)),
  cancel: ({ request: { task } }) => answers.cancelTask(mockedCall("/v1/tasks/-/cancel", { task })),
};

function mockedCall(path: string, params: MockedCall["params"], body?: CallRequest): MockedCall {
  const request = new Request(`http://gateway.invalid${path}`);
  return { request, url: new URL(request.url), params, body: { ...body } };
}
