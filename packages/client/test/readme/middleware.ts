import { type Middleware, Smartcall } from "@smartcall/client";

const timed: Middleware = async (request, next) => {
  const startMs = performance.now();
  const response = await next(request);
  console.log(request.method, response.status, performance.now() - startMs);
  return response;
};

const smartcall = new Smartcall({ middleware: [timed] });
await smartcall.agents.get("summarizer");
