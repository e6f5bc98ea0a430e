import http, { type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import http2, { type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { SharedInterval } from "./shared-interval.js";
import { StallWatch } from "./stall-watch.js";

/** What a {@link FrontDoor} leads to. */
export interface FrontDoorOptions {
  /** Answers requests of HTTP/1.1 and of HTTP/2 alike. */
  listener: (request: IncomingMessage, response: ServerResponse) => void;
  /** Takes the HTTP/1.1 connections whose request it wants; the others' are answered as they are. */
  upgrades: {
    wants(request: IncomingMessage): boolean;
    upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void;
  };
  /** Takes HTTP/2 streams of these paths whole. */
  streams: ReadonlyMap<string, (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void>;
  /** Hears of connections that could not be taken. */
  onError: (error: Error) => void;
  /** Answers bytes that are no HTTP. */
  clientError: (error: NodeJS.ErrnoException, socket: Socket) => void;
  /** How long a connection may take nothing of what was sent; it is cut by twice that. */
  stallTimeoutMs: number;
  /** Answers an HTTP/2 request whose body took too long. */
  onSlowRequest: (request: IncomingMessage, response: ServerResponse) => void;
  /** Whether the body of an HTTP/2 request of this path may take as long as it likes. */
  mayTakeLong?: (path: string) => boolean;
  /** How long the body of any other may take to arrive. Default: 30 s, as over HTTP/1.1. */
  bodyTimeoutMs?: number;
  /** How long a connection has until it has said what it speaks. Default: 10 s. */
  greetingTimeoutMs?: number;
}

const http2Preface = Buffer.from("PRI");
const nothing = Buffer.alloc(0);
const mebibyte = 1024 * 1024;

/**
 * One cleartext port for HTTP/1.1 and HTTP/2 with prior knowledge (RFC 9113, section 3.3): the
 * first three bytes of a connection tell which it is.
 */
export class FrontDoor {
  readonly #http1: http.Server;
  readonly #http2: http2.Http2Server;
  readonly #sessions = new Set<http2.ServerHttp2Session>();
  readonly #sockets = new Set<Socket>();
  readonly #stallTimer: NodeJS.Timeout;
  /** Connections that have not yet said what they speak. */
  readonly #mute = new Set<Socket>();
  readonly #greetingTimeoutMs: number;
  readonly #greetings: SharedInterval;
  readonly #onError: (error: Error) => void;

  constructor(options: FrontDoorOptions) {
    const bodies = new SharedInterval(options.bodyTimeoutMs ?? 30_000);
    this.#onError = options.onError;
    const stalls = new StallWatch();
    const look = () => stalls.look(this.#sockets);
    this.#stallTimer = setInterval(look, options.stallTimeoutMs).unref();
    this.#greetingTimeoutMs = options.greetingTimeoutMs ?? 10_000;
    this.#greetings = new SharedInterval(this.#greetingTimeoutMs);
    this.#http1 = http.createServer(
      {
        maxHeaderSize: 16 * 1024,
        headersTimeout: 10_000,
        requestTimeout: 30_000,
        connectionsCheckingInterval: 1_000,
        keepAliveTimeout: 75_000,
        keepAliveTimeoutBuffer: 0,
        noDelay: true,
        shouldUpgradeCallback: (request) => options.upgrades.wants(request),
      },
      options.listener as RequestListener,
    );
    this.#http1.on("clientError", options.clientError);
    this.#http1.on("upgrade", (request, socket, head) =>
      options.upgrades.upgrade(request, socket as Socket, head),
    );
    this.#http2 = http2.createServer({
      settings: {
        initialWindowSize: 4 * mebibyte,
        maxConcurrentStreams: 1_000,
        maxHeaderListSize: 16 * 1024,
      },
      streamResetBurst: 100,
      streamResetRate: 10,
    });
    this.#http2.on("session", (session) => {
      this.#sessions.add(session);
      session.setLocalWindowSize(16 * mebibyte);
      const timer = setTimeout(() => session.destroy(), this.#greetingTimeoutMs);
      session.once("remoteSettings", () => clearTimeout(timer));
      session.once("close", () => {
        clearTimeout(timer);
        this.#sessions.delete(session);
      });
      session.on("error", () => session.destroy());
    });
    this.#http2.on("stream", (stream, headers, flags, rawHeaders) => {
      stream.on("error", () => stream.destroy());
      // Reset in the packet that opened it: nothing can be said on it any more.
      if (stream.destroyed || stream.closed) return;
      const take = options.streams.get(String(headers[":path"]));
      if (take) {
        take(stream, headers);
        return;
      }
      const request = new http2.Http2ServerRequest(stream, headers, {}, rawHeaders);
      const response = new http2.Http2ServerResponse(stream);
      // What is left of a body that nobody reads would hold the stream open.
      stream.once("finish", () => request.resume());
      const hasBody = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) === 0;
      if (hasBody && !options.mayTakeLong?.(String(headers[":path"]))) {
        limitBody(stream, bodies, () => {
          if (!stream.headersSent) {
            options.onSlowRequest(
              request as unknown as IncomingMessage,
              response as unknown as ServerResponse,
            );
          } else if (stream.writableFinished) stream.close(http2.constants.NGHTTP2_NO_ERROR);
          else stream.close(http2.constants.NGHTTP2_CANCEL);
        });
      }
      if (headers.expect === "100-continue") response.writeContinue();
      options.listener(
        request as unknown as IncomingMessage,
        response as unknown as ServerResponse,
      );
    });
    this.#sniffConnections();
  }

  /** Connections now. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Begins to listen; answers the address. */
  listen(port: number, host: string): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      this.#http1.once("error", reject);
      this.#http1.listen({ port, host, backlog: 4_096 }, () => {
        this.#http1.off("error", reject);
        // A connection that cannot be taken, for want of descriptors say, is no reason to end.
        this.#http1.on("error", this.#onError);
        resolve(this.#http1.address() as AddressInfo);
      });
    });
  }

  /**
   * Takes no more connections, lets what runs finish, and cuts what is left `graceMs` after the
   * last word was said.
   */
  async close(graceMs: number, lastWord: Promise<void> = Promise.resolve()): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#http1.close(() => resolve()));
    this.#http1.closeIdleConnections();
    // Those that become idle from now on.
    this.#http1.keepAliveTimeout = 1;
    for (const socket of this.#mute) socket.destroy();
    for (const session of this.#sessions) session.close();
    const over = new AbortController();
    const { signal } = over;
    const cut = () => {
      this.#http1.closeAllConnections();
      for (const session of this.#sessions) session.destroy();
      for (const socket of this.#sockets) socket.destroy();
    };
    // Fails when all was closed before.
    void lastWord.then(() => delay(graceMs, undefined, { signal })).then(cut, () => undefined);
    await closed;
    over.abort();
    clearInterval(this.#stallTimer);
  }

  /** Puts a look at the first bytes before the HTTP/1.1 server's own listener. */
  #sniffConnections(): void {
    const [speakHttp1] = this.#http1.listeners("connection") as ((socket: Socket) => void)[];
    this.#http1.removeAllListeners("connection");
    const sockets = this.#sockets;
    const mute = this.#mute;
    // One function for all connections: each would keep its own, and all around it, until it closes.
    function forget(this: Socket): void {
      sockets.delete(this);
      mute.delete(this);
    }
    this.#http1.on("connection", (socket: Socket) => {
      sockets.add(socket);
      mute.add(socket);
      socket.on("close", forget);
      socket.on("error", hangUp);
      socket.on("end", hangUp);
      const stopWait = this.#greetings.add(() => socket.destroy());
      socket.on("close", stopWait);
      let seen: Buffer = nothing;
      const onData = (chunk: Buffer) => {
        seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
        const length = Math.min(seen.length, http2Preface.length);
        const mayBeHttp2 = seen.subarray(0, length).equals(http2Preface.subarray(0, length));
        if (mayBeHttp2 && length < http2Preface.length) return;
        mute.delete(socket);
        stopWait();
        socket.off("close", stopWait);
        socket.off("data", onData);
        socket.off("error", hangUp);
        socket.off("end", hangUp);
        socket.pause();
        socket.unshift(seen);
        // What listens until the connection closes would keep it.
        seen = nothing;
        // An HTTP/2 session reads what was put back by itself; resuming would throw it away.
        // The HTTP/1.1 server accepts sockets half open, which would hide that the other side died.
        if (mayBeHttp2) {
          socket.allowHalfOpen = false;
          this.#http2.emit("connection", socket);
          return;
        }
        speakHttp1?.call(this.#http1, socket);
        socket.resume();
      };
      socket.on("data", onData);
    });
  }
}

function hangUp(this: Socket): void {
  this.destroy();
}

/** Calls `onSlow` every interval until the body of a stream has arrived, or the stream has ended. */
function limitBody(stream: ServerHttp2Stream, bodies: SharedInterval, onSlow: () => void): void {
  const stop = bodies.add(onSlow);
  stream.once("end", stop);
  stream.once("close", stop);
}
