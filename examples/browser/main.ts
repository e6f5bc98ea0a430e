import { SmartcallStreaming } from "@smartcall/streaming";

// Vite's server hands /v1 on to the gateway; in production whatever serves the page does.
const smartcall = new SmartcallStreaming({ url: location.origin });

const form = document.querySelector("form");
const output = document.querySelector("output");
let leaving = new AbortController();

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const said = new FormData(form).get("said");
  if (output && typeof said === "string") void answer(said, output);
});

/** Shows the answer as it comes; a new question takes the one before back. */
async function answer(said: string, place: HTMLOutputElement): Promise<void> {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  place.value = "";
  try {
    const stream = smartcall.stream("eliza", said, { signal, onDisconnect: "CANCEL" });
    for await (const event of stream) {
      if (event.type === "outputDelta") place.value += event.text;
      if (event.type === "end") place.dataset["end"] = event.reason;
    }
  } catch (error) {
    if (!signal.aborted) place.value += ` (${error})`;
  }
}
