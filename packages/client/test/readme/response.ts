import { Smartcall } from "@smartcall/client";

const smartcall = new Smartcall();

const { data, response, requestId, attempts } = await smartcall
  .call("summarizer", "A page of prose.")
  .withResponse();
console.log(data.state, response.status, response.headers.get("content-type"));
console.log(requestId, attempts);
