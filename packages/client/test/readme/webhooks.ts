import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { SmartcallError } from "@smartcall/client";
import { verifyWebhook } from "@smartcall/client/webhooks";

export const server = createServer(async (request, response) => {
  try {
    const payload = await text(request);
    const secret = process.env["WEBHOOK_SECRET"] ?? ""; // whsec_…
    console.log(await verifyWebhook({ payload, headers: request.headers, secret }));
    response.writeHead(204).end();
  } catch (error) {
    response.writeHead(SmartcallError.from(error).status).end();
  }
});
