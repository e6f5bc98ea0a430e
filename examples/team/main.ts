// pnpm --filter @smartcall/example-team start
import { attach, defineAgent, progress, textOf } from "@smartcall/agent";
import * as z from "zod";

const researcher = defineAgent({
  name: "researcher",
  description: "Notes what there is to say about a subject.",
  version: "1.0.0",
  input: z.object({ subject: z.string() }),
  run: ({ subject }) => `${subject} is older than one thinks. ${subject} is still in use.`,
});

const critic = defineAgent({
  name: "critic",
  description: "Says what a text lacks.",
  version: "1.0.0",
  input: z.object({ text: z.string() }),
  run: ({ text }) => (text.includes("because") ? "Nothing." : "It does not say why."),
});

const editor = defineAgent({
  name: "editor",
  description: "Writes a paragraph about a subject with the help of a researcher and a critic.",
  version: "1.0.0",
  input: z.object({ subject: z.string() }),
  async *run({ subject }, { call }) {
    yield progress(0, "asking the researcher");
    // Through the gateway, with what is left of the caller's deadline; a cancel reaches both.
    const notes = await call("researcher", { subject });
    yield progress(0.5, "asking the critic");
    const draft = notes.output ? textOf(notes.output) : "";
    const critique = await call("critic", { text: draft });
    yield `${draft} (The critic says: ${critique.output ? textOf(critique.output) : "nothing"})`;
  },
});

attach([researcher, critic, editor]);
