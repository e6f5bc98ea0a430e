import * as openTelemetry from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "./fake-client.js";

const { context, propagation, trace, TraceFlags } = openTelemetry;

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
});
afterAll(() => {
  context.disable();
  propagation.disable();
});

const span = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  traceFlags: TraceFlags.SAMPLED,
};
const active = trace.setSpanContext(context.active(), span);
const traceparent = `00-${span.traceId}-${span.spanId}-01`;

test("a request carries the trace context that is active", async () => {
  const { smartcall, requests } = clientOf({ openTelemetry });
  await context.with(active, () => smartcall.call("summarizer", "hi"));
  await smartcall.call("summarizer", "hi");
  expect(requests.map(({ headers }) => headers.get("traceparent"))).toEqual([traceparent, null]);
});

test("a trace context of the caller's own goes before it", async () => {
  const { smartcall, requests } = clientOf({ openTelemetry });
  const headers = { Traceparent: traceparent.replace("b7", "00") };
  await context.with(active, () => smartcall.tasks.get("a", { headers }));
  expect(requests[0]?.headers.get("traceparent")).toBe(headers.Traceparent);
});

test("without the option there is no trace context", async () => {
  const { smartcall, requests } = clientOf();
  await context.with(active, () => smartcall.tasks.get("a"));
  expect(requests[0]?.headers.get("traceparent")).toBeNull();
});
