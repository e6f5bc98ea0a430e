import { createHandlers, fixtures } from "@smartcall/msw";
import { SmartcallError } from "@smartcall/protocol";

export const handlers = createHandlers({
  overrides: {
    // A body, typed by the contract.
    getTask: { ...fixtures.getTask.response, state: "WORKING" },
    // A function of the request.
    call: ({ body }) => ({ ...fixtures.call.response, metadata: { said: body["text"] } }),
    // An error: answered as a problem, with its status and reason.
    listAgents: () => {
      throw new SmartcallError({ reason: "DRAINING", retryAfterMs: 1000 });
    },
  },
});
