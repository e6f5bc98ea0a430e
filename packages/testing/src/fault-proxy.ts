import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { ConnectionFaults, CutKind } from "./fault.js";
import { keepPort } from "./keep-port.js";
import { type ByteCounts, PassThrough, type ProxiedConnection } from "./proxied-connection.js";
import { createRandom, type Random } from "./random.js";

/** What goes wrong on each connection; none when nothing is answered. */
export type FaultsFor = (connection: {
  /** How many connections there were before it. */
  readonly index: number;
  /** Random numbers of this connection alone, the same for the same seed. */
  readonly random: Random;
}) => ConnectionFaults | undefined;

/** Between whom a proxy stands, and what it does there. */
export interface FaultProxyOptions {
  /** Where connections lead. */
  readonly target: { readonly port: number; readonly host?: string };
  /** What goes wrong, on every connection alike or on each its own; nothing when absent. */
  readonly faults?: ConnectionFaults | FaultsFor;
  /** What chance begins with; 1 when absent. The same seed and order of connections does the same. */
  readonly seed?: number;
  /** The address to listen on; 127.0.0.1 when absent. */
  readonly host?: string;
  /** The port to listen on; a free one when absent. */
  readonly port?: number;
}

/** A TCP proxy whose connections go wrong as it is told. */
export interface FaultProxy extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** `http://host:port`. */
  readonly url: string;
  /** Connections that are open now. */
  readonly connections: ReadonlySet<ProxiedConnection>;
  /** Connections that were accepted so far. */
  readonly accepted: number;
  /** Bytes that all connections passed on so far. */
  readonly bytes: Readonly<ByteCounts>;
  /** Says what goes wrong on the connections from now on. */
  setFaults(faults: ConnectionFaults | FaultsFor): void;
  /** Cuts all connections; `close` when absent. */
  cutAll(kind?: CutKind): void;
  /**
   * Resets all connections and refuses new ones: nobody listens on the port, and (on Linux) nobody
   * else is given it.
   */
  goOffline(): Promise<void>;
  /** Listens on the same port again. */
  goOnline(): Promise<void>;
  /** Ends everything. */
  close(): Promise<void>;
}

/** Starts a proxy that stands between a client and a server and does as little or much harm as it is told. */
export async function createFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const proxy = new TcpFaultProxy(options);
  await proxy.listen(options.port ?? 0);
  return proxy;
}

class TcpFaultProxy implements FaultProxy {
  readonly host: string;
  readonly connections = new Set<ProxiedConnection>();
  readonly bytes: ByteCounts = { upstream: 0, downstream: 0 };
  accepted = 0;
  readonly #target: FaultProxyOptions["target"];
  readonly #seed: number;
  readonly #sockets = new Set<Socket>();
  /** Those that lead nowhere. */
  readonly #silent = new Set<Socket>();
  readonly #server: Server;
  #faults: ConnectionFaults | FaultsFor;
  #port = 0;
  /** Lets go of the port that is kept while nobody listens on it. */
  #letGo: () => void = () => undefined;

  constructor({ target, faults = {}, seed = 1, host = "127.0.0.1" }: FaultProxyOptions) {
    this.host = host;
    this.#target = target;
    this.#faults = faults;
    this.#seed = seed;
    this.#server = createServer(
      { allowHalfOpen: true, noDelay: true, pauseOnConnect: true },
      (client) => this.#accept(client),
    );
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    const host = this.host.includes(":") ? `[${this.host}]` : this.host;
    return `http://${host}:${this.#port}`;
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, this.host);
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  setFaults(faults: ConnectionFaults | FaultsFor): void {
    this.#faults = faults;
  }

  cutAll(kind?: CutKind): void {
    for (const connection of this.connections) connection.cut(kind);
    for (const socket of this.#silent) {
      if (kind === "reset") socket.resetAndDestroy();
      // Closing one with something unread would send RST instead of FIN.
      else socket.resume().end();
    }
  }

  async goOffline(): Promise<void> {
    if (!this.#server.listening) return;
    let closed: Promise<void> | undefined;
    this.#letGo = await keepPort({ host: this.host, port: this.#port }, () => {
      closed = this.#leave();
    });
    await closed;
  }

  async goOnline(): Promise<void> {
    // Where the port could not be kept, somebody may have been given it for a moment.
    for (let attempt = 1; !this.#server.listening; attempt++) {
      try {
        await this.listen(this.#port);
      } catch (error) {
        this.#letGo();
        if (attempt === 40) throw error;
        await delay(50);
      }
    }
    this.#letGo();
  }

  async close(): Promise<void> {
    this.#letGo();
    if (this.#server.listening) await this.#leave();
  }

  /** Stops listening at once, and resets all connections. */
  async #leave(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #accept(client: Socket): void {
    const index = this.accepted++;
    this.#track(client);
    const faults =
      typeof this.#faults === "function"
        ? (this.#faults({ index, random: createRandom(this.#seed, index) }) ?? {})
        : this.#faults;
    if (faults.accept === "reset") {
      client.resetAndDestroy();
      return;
    }
    if (faults.accept === "blackHole") {
      client.on("error", () => client.destroy());
      this.#silent.add(client);
      client.once("close", () => this.#silent.delete(client));
      return;
    }
    const target = connect({
      host: "127.0.0.1",
      ...this.#target,
      allowHalfOpen: true,
      noDelay: true,
    });
    this.#track(target);
    const connection = new PassThrough({
      index,
      seed: this.#seed,
      client,
      target,
      faults,
      total: this.bytes,
    });
    this.connections.add(connection);
    client.once("close", () => this.connections.delete(connection));
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
  }
}
