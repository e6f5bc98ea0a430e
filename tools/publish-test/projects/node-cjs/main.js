const { Smartcall, SmartcallError } = require("@smartcall/client");
const { SmartcallStreaming } = require("@smartcall/streaming");

async function main() {
  const smartcall = new Smartcall();
  const task = await smartcall.call("speller", "abc");

  const streaming = new SmartcallStreaming();
  const letters = [];
  for await (const event of streaming.stream("speller", "abc")) {
    if (event.type === "outputDelta") letters.push(event.text);
  }
  const session = await streaming.connect();
  const overWebSocket = await session.stream("speller", "abc").text();
  await session.close();

  // A dependency of this program may have imported what the program requires.
  const imported = await import("@smartcall/client");
  const refused = await new imported.Smartcall().call("nobody", "abc").catch((error) => error);
  if (imported.SmartcallError === SmartcallError) throw new Error("There is one copy only.");

  console.log(
    JSON.stringify({
      waited: task.outputText,
      streamed: letters.join(""),
      overWebSocket,
      refused: refused instanceof SmartcallError && refused.reason,
    }),
  );
}

main();
