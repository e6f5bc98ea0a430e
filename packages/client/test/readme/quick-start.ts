import { Smartcall } from "@smartcall/client";

const smartcall = new Smartcall({ url: "http://127.0.0.1:8080" });
const task = await smartcall.call("summarizer", "A page of prose.");
console.log(task.state, task.outputText);
