import {
  type Carrier,
  type CarrierListener,
  type Closing,
  createLink,
  type Hello,
  type Link,
  type LinkCodec,
} from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import { TaskEvent_End_Reason } from "@smartcall/protocol/proto";
import { answerExchange, type ExchangeAnswer, type ExchangeHost } from "../link/answer-exchange.js";
import { outcomeFrom } from "../link/exchange-outcome.js";
import { TokenBucket } from "../token-bucket.js";
import { CarrierGate } from "./carrier-gate.js";
import { Credential } from "./credential.js";
import { limitFrames } from "./limit-frames.js";
import { refusalOf } from "./refused-open.js";
import type { SessionSettings } from "./session-settings.js";

/** What one session is made of. */
export interface SessionInit {
  carrier: Carrier;
  codec: LinkCodec<ProtocolTypes>;
  /** `host:port` of the other side. */
  address: string;
  /** The credential that it came with; the hello's goes before it. */
  token: string;
  settings: SessionSettings;
  /** Once, when it has ended. */
  onClose: (session: Session, error: SmartcallError | undefined) => void;
}

/** Bytes that a client may let an exchange's events pile up to. */
const minWindowBytes = 1_024;
const maxWindowBytes = 16 * 1_024 * 1_024;

/**
 * Calls that may wait until the credential is checked, as long as all that has come is no more than
 * two messages may be: what strangers send takes up memory.
 */
const maxCallsBeforeAdmission = 32;

/** Pings and the like: so many at once, and so many a second. */
const freeFrames = { burst: 100, perSecond: 20 };

/** One client on one connection, with any number of calls. */
export class Session implements ExchangeHost {
  readonly ingress = "realtime";
  /** `host:port` of the other side. */
  readonly address: string;
  readonly handler: ExchangeHost["handler"];
  readonly #link: Link<ProtocolTypes>;
  readonly #gate: CarrierGate;
  readonly #credential: Credential;
  readonly #onClose: SessionInit["onClose"];
  readonly #fallbackToken: string;
  readonly #settings: SessionSettings;
  readonly #answers = new Set<ExchangeAnswer>();
  #stopHelloWatch: (() => void) | undefined;

  constructor({ carrier, codec, address, token, settings, onClose }: SessionInit) {
    this.handler = settings.handler;
    this.address = address;
    this.#fallbackToken = token;
    this.#settings = settings;
    this.#onClose = onClose;
    this.#gate = new CarrierGate({
      carrier,
      stalls: settings.stalls,
      onStall: () => this.close({ reason: "SLOW_CONSUMER" }),
    });
    this.#credential = new Credential({
      authenticate: settings.authenticate,
      address,
      checks: settings.expiries,
      onAdmitted: () => this.#endHelloWatch(),
      onRefused: (thrown) => this.#expel(thrown),
    });
    this.#stopHelloWatch = settings.hellos.add(() =>
      this.close({
        reason: "REQUEST_TIMEOUT",
        message: "No hello came, or none that could be checked.",
      }),
    );
    this.#link = createLink<ProtocolTypes>({
      side: "acceptor",
      codec: limitFrames(codec, new TokenBucket(freeFrames)),
      carrier: this.#gate,
      implementation: "smartcall-gateway/1",
      maxIncoming: settings.maxExchanges,
      windowBytes: settings.windowBytes,
      // What is cut within a packet has to be sent again whole.
      maxPacketBytes: 16 * 1_024,
      firstPacketBytes: 1_024,
      maxFrameBytes: settings.maxFrameBytes,
      schedule: settings.schedule,
      // A pong to what lies behind a large packet takes its time: who is to take that is watched at the gate.
      setTimer: (tick) =>
        settings.pings.add(() => {
          if (this.#gate.writable === undefined) tick();
        }),
      accept: (exchange, open) => {
        const refusal = refusalOf(open);
        if (refusal) exchange.close(outcomeFrom(refusal, ""));
        else if (this.#isCrowded) exchange.close(outcomeFrom(tooEarly(), ""));
        else return answerExchange(exchange, open, this);
        return {};
      },
      onHello: (hello) => this.#meet(hello),
      onControl: (control) => {
        if (control.case !== "authenticate") throw wrong(`a client sends no ${control.case}`);
        this.#credential.present(control.value.token);
      },
      onClose: (error) => this.#end(error && SmartcallError.from(error)),
      onHandlerError: (error) => settings.logger.error({ err: error }, "a session failed"),
    });
    this.#gate.listen(this.#link);
  }

  /** Who hears of the session's carrier. */
  get listener(): CarrierListener {
    return this.#gate;
  }

  /** Calls that run. */
  get exchanges(): number {
    return this.#link.size;
  }

  header(name: string): string | undefined {
    return name === "authorization" ? this.#credential.authorization : undefined;
  }

  admitted(): Promise<void> | undefined {
    return this.#credential.admitted;
  }

  writable(): Promise<void> | undefined {
    return this.#gate.writable;
  }

  began(answer: ExchangeAnswer): void {
    this.#answers.add(answer);
  }

  ended(answer: ExchangeAnswer): void {
    this.#answers.delete(answer);
  }

  /** Takes no more calls; resolves when none is left. */
  drain(reason: string): Promise<void> {
    return this.#link.drain(reason);
  }

  /** Ends every stream with an `end` that says why, although its task goes on. */
  endStreams(reason: TaskEvent_End_Reason): void {
    for (const answer of [...this.#answers]) answer.end(reason);
  }

  /** Ends the session; the other side hears why. */
  close(why: Closing): void {
    this.#link.close(why);
  }

  /** Whether as much waits for the credential to be checked as may. */
  get #isCrowded(): boolean {
    if (this.#credential.admitted === undefined) return false;
    const isFull = this.#gate.receivedBytes > this.#settings.maxFrameBytes * 2;
    return isFull || this.#answers.size >= maxCallsBeforeAdmission;
  }

  #meet({ windowBytes, token }: Hello): void {
    if (windowBytes < minWindowBytes || windowBytes > maxWindowBytes) {
      throw wrong(`hello.windowBytes: expected ${minWindowBytes} to ${maxWindowBytes}`);
    }
    this.#credential.present(token || this.#fallbackToken);
  }

  /** Ends a session whose credential does not hold, or could not be checked. */
  #expel(thrown: unknown): void {
    if (!(thrown instanceof SmartcallError)) {
      this.#settings.logger.error({ err: thrown }, "a credential could not be checked");
      this.close({ reason: "INTERNAL" });
      return;
    }
    if (thrown.reason === "CREDENTIAL_EXPIRED") {
      this.endStreams(TaskEvent_End_Reason.AUTH_EXPIRED);
    }
    this.close(thrown);
  }

  #endHelloWatch(): void {
    this.#stopHelloWatch?.();
    this.#stopHelloWatch = undefined;
  }

  #end(error: SmartcallError | undefined): void {
    this.#endHelloWatch();
    this.#credential.end();
    this.#onClose(this, error);
  }
}

function tooEarly(): SmartcallError {
  const message = "Too many calls before the credential was checked.";
  return new SmartcallError({ reason: "RATE_LIMITED", message });
}

function wrong(message: string): SmartcallError {
  return new SmartcallError({ reason: "INVALID_ARGUMENT", message });
}
