import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/**
 * The port itself when it can be listened on, and a free one for 0.
 *
 * @throws {Error} with node's `code`, such as `EADDRINUSE`, when it cannot.
 */
export async function freePort(host: string, port = 0): Promise<number> {
  const server = createServer();
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return address.port;
}
