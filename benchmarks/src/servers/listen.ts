import type { Server } from "node:net";

/**
 * Listens on a free port of 127.0.0.1, says which as the first line of stdout, and ends the process
 * on SIGTERM by itself, so that a profile of it is written.
 */
export function listenAndAnnounce(server: Server): void {
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    announcePort(typeof address === "object" ? (address?.port ?? 0) : 0);
  });
}

/** Says on which port the process listens, and makes it end on SIGTERM by itself. */
export function announcePort(port: number): void {
  process.stdout.write(`${JSON.stringify({ port })}\n`);
  process.on("SIGTERM", () => process.exit(0));
}
