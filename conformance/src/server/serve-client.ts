import { randomBytes } from "node:crypto";
import { type EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocketServer } from "ws";
import type { ClientVector, Exchange } from "../vector.ts";
import { cannedProblem, cannedTask, statusOfProblem } from "./canned.ts";
import { playWebSocket } from "./play-web-socket.ts";
import { checkRequest, hearRequest, normalize } from "./request.ts";
import type { Run } from "./run.ts";
import { sendBody, sendEvents } from "./send-body.ts";

/** A vector that is being served. */
export interface Served {
  readonly url: string;
  /** Waits for what is still to come, complains about what did not, and stops. */
  stop(): Promise<void>;
}

/** How long something that has to come has time once the runner has answered. */
const patienceMs = 20_000;

/** Serves a gateway that hears and answers what a vector says, once. */
export async function serveClient(vector: ClientVector, run: Run): Promise<Served> {
  const serving = new Serving(vector, run);
  await serving.start();
  return serving;
}

class Serving implements Served {
  url = "";
  readonly #vector: ClientVector;
  readonly #run: Run;
  /** What the client's URL ends with: who asks for another path meant a vector whose port this was. */
  readonly #prefix = `/${randomBytes(4).toString("hex")}`;
  readonly #servers: Server[] = [];
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    handleProtocols: ([name]) => name ?? false,
  });
  readonly #closings: Promise<unknown>[] = [];
  /** Exchanges up to here were heard or left out. */
  #at = 0;
  /** URLs that answers may name. */
  readonly #urls: Record<string, string> = {};

  constructor(vector: ClientVector, run: Run) {
    this.#vector = vector;
    this.#run = run;
  }

  async start(): Promise<void> {
    this.url = (await this.#listen(true)) + this.#prefix;
    this.#urls["{url}"] = this.url;
    this.#urls["{other}"] = await this.#listen(false);
    // Nobody listens there, nor ever will: a port that was free a moment ago may be another vector's.
    if (this.#vector.listen === false) this.url = "http://127.0.0.1:2";
  }

  async stop(): Promise<void> {
    // Nobody waits for what cannot come right any more.
    const isGood = this.#run.complaints.length === 0;
    const untilMs = performance.now() + (isGood ? patienceMs : 0);
    while (this.#isMissing() && performance.now() < untilMs) await delay(10);
    for (const { expect, optional } of this.#vector.exchanges.slice(this.#at)) {
      if (!optional) this.#run.complain(`${expect.method} ${expect.path} never came`);
    }
    const late = delay(patienceMs, "late", { signal: this.#run.over.signal }).catch(() => "over");
    if ((await Promise.race([Promise.all(this.#closings), late])) === "late") {
      this.#run.complain("a connection was not closed");
    }
    this.#run.over.abort();
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
    for (const socket of this.#webSockets.clients) socket.terminate();
  }

  #isMissing(): boolean {
    return this.#vector.exchanges.slice(this.#at).some(({ optional }) => !optional);
  }

  async #listen(isExpected: boolean): Promise<string> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    server.on("connection", (socket: Socket) => socket.setNoDelay(true));
    server.on("request", (message, response) => {
      if (!isExpected) this.#refuseElsewhere(message, response);
      else if (this.#isOurs(message)) void this.#answer(message, response);
      else response.writeHead(404).end();
    });
    server.on("upgrade", (message, socket, head) => {
      if (!isExpected) this.#run.complain(`${message.url} came to another origin`);
      if (isExpected && this.#isOurs(message)) void this.#upgrade(message, socket, head);
      else socket.destroy();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    this.#servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Whether a request is for this vector; its path is then that of the gateway. */
  #isOurs(message: IncomingMessage): boolean {
    const { url = "" } = message;
    if (!url.startsWith(`${this.#prefix}/`)) return false;
    message.url = url.slice(this.#prefix.length);
    return true;
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await hearRequest(message);
      const exchange = this.#next(request.method, request.path);
      if (exchange === undefined) {
        response.writeHead(500, { "x-should-retry": "false" }).end();
        return;
      }
      this.#heard(exchange, response);
      checkRequest(request, exchange.expect, this.#run);
      await this.#respond(response, exchange);
    } catch (error) {
      if (!message.destroyed && !response.destroyed) this.#run.complain(String(error));
    }
  }

  /** The exchange that comes next, those before it that may be left out left out. */
  #next(method: string, path: string): Exchange | undefined {
    const { exchanges } = this.#vector;
    let at = this.#at;
    let exchange = exchanges[at];
    while (exchange?.optional && !isMeant(exchange, method, path)) {
      at += 1;
      exchange = exchanges[at];
    }
    if (exchange === undefined) {
      this.#run.complain(`${method} ${path} came, and nothing was expected any more`);
      return undefined;
    }
    this.#at = at + 1;
    return exchange;
  }

  #heard(exchange: Exchange, connection: EventEmitter): void {
    this.#run.hear();
    this.#run.checkWait(`${exchange.expect.method} ${exchange.expect.path}`, exchange.after);
    if (!exchange.closed) return;
    this.#closings.push(new Promise((resolve) => connection.once("close", resolve)));
  }

  async #respond(response: ServerResponse, { respond: answer }: Exchange): Promise<void> {
    const run = this.#run;
    if (answer.abort) run.abort();
    if (answer.delayMs !== undefined) {
      await delay(answer.delayMs, undefined, { signal: run.over.signal }).catch(() => {});
    }
    if (answer.fault !== undefined) {
      run.ended();
      if (answer.fault === "reset") response.socket?.resetAndDestroy();
      if (answer.fault === "close") response.socket?.destroySoon();
      return;
    }
    const { sse, problem, task } = answer;
    const whole = problem && cannedProblem(problem);
    const json = answer.json ?? whole ?? (task && cannedTask(task));
    const body = answer.body ?? (json === undefined ? "" : JSON.stringify(json));
    response.statusCode = answer.status ?? (whole ? statusOfProblem(whole) : 200);
    if (sse !== undefined) response.setHeader("content-type", "text/event-stream");
    else if (body !== "") {
      response.setHeader("content-type", `application/${whole ? "problem+" : ""}json`);
    }
    for (const [name, value] of Object.entries(answer.headers ?? {})) {
      response.setHeader(name, this.#fill(value));
    }
    if (sse !== undefined) return sendEvents(response, sse, answer, run);
    if (body !== "") response.setHeader("content-length", Buffer.byteLength(body));
    await sendBody(response, body, answer, run);
  }

  /** What stands for a URL or a time in a header. */
  #fill(value: string): string {
    const seconds = /^\{date([+-]\d+)\}$/.exec(value)?.[1];
    if (seconds !== undefined) return new Date(Date.now() + Number(seconds) * 1000).toUTCString();
    return value.replace(/\{\w+\}/, (url) => this.#urls[url] ?? url);
  }

  async #upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on("error", () => {});
    const request = await hearRequest(message);
    const exchange = this.#next(request.method, request.path);
    if (exchange === undefined) return void socket.destroy();
    this.#heard(exchange, socket);
    const { expect, respond } = exchange;
    checkRequest(request, expect, this.#run);
    if (expect.subprotocol !== undefined) {
      const [name = ""] = (request.headers["sec-websocket-protocol"] ?? "").split(",");
      this.#run.check("the subprotocol", expect.subprotocol, name.trim());
    }
    if (respond.websocket === undefined) {
      const whole = respond.problem && cannedProblem(respond.problem);
      const status = respond.status ?? (whole ? statusOfProblem(whole) : 500);
      const body = JSON.stringify(whole ?? {});
      const head_ = `HTTP/1.1 ${status} Refused\r\ncontent-type: application/problem+json`;
      socket.end(`${head_}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
      this.#run.ended();
      return;
    }
    const steps = respond.websocket;
    this.#webSockets.handleUpgrade(message, socket, head, (webSocket) => {
      // What the client does last, such as to close, may still be on its way when it has answered.
      this.#closings.push(playWebSocket(webSocket, steps, this.#run));
    });
  }

  #refuseElsewhere(message: IncomingMessage, response: ServerResponse): void {
    this.#run.complain(`${message.method} ${message.url} came to another origin`);
    response.writeHead(500, { "x-should-retry": "false" }).end();
  }
}

function isMeant({ expect }: Exchange, method: string, path: string): boolean {
  return expect.method === method && normalize(expect.path) === normalize(path);
}
