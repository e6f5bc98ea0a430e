import type { Socket } from "node:net";
import { sentBytes } from "./sent-bytes.js";

/**
 * Cuts connections that take nothing although there is something: whole answers that nobody fetches would
 * lie here for ever.
 */
export class StallWatch {
  /** How much those had taken when last looked at that had not taken all. */
  readonly #taken = new WeakMap<Socket, number>();

  /** Cuts those that have taken nothing since the last look. */
  look(sockets: Iterable<Socket>): void {
    for (const socket of sockets) {
      const taken = sentBytes(socket);
      if (socket.writableLength === 0) this.#taken.delete(socket);
      else if (this.#taken.get(socket) === taken) socket.destroy();
      else this.#taken.set(socket, taken);
    }
  }
}
