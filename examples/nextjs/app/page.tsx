"use client";

import { useState } from "react";

export default function Page() {
  const [answer, setAnswer] = useState("");

  async function say(form: FormData) {
    setAnswer("");
    const response = await fetch("/api/chat", { method: "POST", body: form.get("said") });
    const pieces = response.body?.pipeThrough(new TextDecoderStream());
    if (!response.ok || pieces === undefined) return setAnswer(await response.text());
    for await (const piece of pieces) setAnswer((before) => before + piece);
  }

  return (
    <form action={say}>
      <label>
        You: <input name="said" defaultValue="I am worried about my exam." size={40} />
      </label>
      <button type="submit">Say</button>
      <p>
        <output>{answer}</output>
      </p>
    </form>
  );
}
