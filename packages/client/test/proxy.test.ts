import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Smartcall } from "@smartcall/client";
import { createGateway } from "@smartcall/gateway";
import { expect, test } from "vitest";
import { fetchThrough } from "./readme/proxy.js";

test("requests go through a proxy that is given", async () => {
  const gateway = createGateway({ port: 0 });
  const { url } = await gateway.listen();
  const tunnels: string[] = [];
  const proxy = createServer().on("connect", ({ url: target = "" }, client) => {
    tunnels.push(target);
    const [host, port] = target.split(":");
    const server = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      client.pipe(server).pipe(client);
    });
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address() as AddressInfo;
  const { fetch, dispatcher } = fetchThrough(`http://127.0.0.1:${port}`);
  const smartcall = new Smartcall({ url, fetch, maxRetries: 0 });
  const { items } = await smartcall.agents.list().page();
  expect(items).toEqual([]);
  expect(tunnels).toEqual([new URL(url).host]);
  await dispatcher.close();
  proxy.close();
  await gateway.close();
});
