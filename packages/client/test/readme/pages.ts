import { Smartcall } from "@smartcall/client";

const smartcall = new Smartcall();

// Items, each page asked for when it is needed.
for await (const { id, state } of smartcall.tasks.list({ agent: "summarizer" })) {
  console.log(id, state);
}

// Pages, for a list with a button.
const page = await smartcall.agents.list({ pageSize: 20 }).page();
console.log(page.items.map(({ name }) => name));
const next = await page.nextPage();
console.log(next?.items.length ?? "that was all");
