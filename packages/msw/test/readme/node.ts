import { createHandlers, fixtures } from "@smartcall/msw";
import { setupServer } from "msw/node";

const server = setupServer(...createHandlers({ baseUrl: "http://127.0.0.1:8080" }));
server.listen();

const response = await fetch("http://127.0.0.1:8080/v1/agents/summarizer/calls", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(fixtures.call.request),
});
const task = await response.json();
console.log(task.state); // COMPLETED

server.close();
