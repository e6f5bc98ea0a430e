import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * Stops listening on a port by `leave` and keeps it from being given to anybody else: a connection
 * of this process has it as its near end. Who dials the port is refused, and it can be listened on
 * again before it is let go. Where a system does not have that, nothing is kept.
 *
 * @returns what lets it go.
 */
export async function keepPort(
  { host, port }: { readonly host: string; readonly port: number },
  leave: () => void,
): Promise<() => void> {
  const sockets: Socket[] = [];
  const keep = (socket: Socket) => {
    // Neither is a reason for the process to stay.
    sockets.push(socket.on("error", () => socket.destroy()).unref());
  };
  const far = createServer(keep).listen(0, host);
  await once(far, "listening");
  leave();
  // In the same turn: the port has been left, and nobody else was asked in between.
  const { port: farPort } = far.address() as AddressInfo;
  const near = connect({ host, port: farPort, localAddress: host, localPort: port });
  await new Promise<void>((resolve) => {
    near.once("connect", resolve).once("close", () => resolve());
    keep(near);
  });
  far.close();
  return () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
}
