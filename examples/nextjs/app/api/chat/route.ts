import { SmartcallError, SmartcallStreaming } from "@smartcall/streaming";

// On the server, where the key of SMARTCALL_API_KEY stays.
const smartcall = new SmartcallStreaming();
const agent = process.env["SMARTCALL_AGENT"] ?? "eliza";

/** Streams an agent's answer to what the body says, as plain text. */
export async function POST(request: Request): Promise<Response> {
  // A page that is left takes its call back.
  const stream = smartcall.stream(agent, await request.text(), {
    signal: request.signal,
    onDisconnect: "CANCEL",
  });
  const events = stream[Symbol.asyncIterator]();
  try {
    // What goes wrong before the first event still has its status.
    const first = await events.next();
    if (first.done) return new Response(null, { status: 204 });
  } catch (error) {
    if (!(error instanceof SmartcallError)) throw error;
    return Response.json(
      { reason: error.reason, message: error.message },
      { status: error.status ?? 502 },
    );
  }
  const body = new ReadableStream<string>({
    async pull(controller) {
      for (;;) {
        const { value: event, done } = await events.next();
        if (done) return controller.close();
        if (event.type === "outputDelta") return controller.enqueue(event.text);
      }
    },
    cancel: () => void events.return?.(),
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}
