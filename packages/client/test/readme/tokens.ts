import { Smartcall } from "@smartcall/client";

// In a page: a token of few minutes from your own server, and another one when it is refused.
let token: string | undefined;
const smartcall = new Smartcall({
  token: async (refused) => {
    if (token === undefined || token === refused) {
      token = await (await fetch("http://127.0.0.1:3000/token")).text();
    }
    return token;
  },
});
console.log((await smartcall.agents.get("summarizer")).name);
