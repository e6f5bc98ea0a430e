import { SmartcallError } from "@smartcall/protocol";
import type { SharedInterval } from "../shared-interval.js";
import type { Admission, Authenticator } from "./authenticator.js";

/** What a {@link Credential} works with. */
export interface CredentialOptions {
  authenticate: Authenticator;
  address: string;
  /** When it is looked whether a credential has expired. */
  checks: SharedInterval;
  /** The first credential holds. */
  onAdmitted: () => void;
  /** The credential does not hold, or no longer; a fault of the authenticator is no SmartcallError. */
  onRefused: (thrown: unknown) => void;
}

/** The credential of a session, the newest that was checked. */
export class Credential {
  readonly #options: CredentialOptions;
  #token = "";
  #isAdmitted = false;
  /** Checks begun; the answer of one that was overtaken does not count. */
  #checks = 0;
  /** Who waits for the first that holds; made when somebody does. */
  #admission: PromiseWithResolvers<void> | undefined;
  #stopChecks: (() => void) | undefined;

  constructor(options: CredentialOptions) {
    this.#options = options;
  }

  /** The `authorization` header of the session's calls; undefined without a credential. */
  get authorization(): string | undefined {
    return this.#token === "" ? undefined : `Bearer ${this.#token}`;
  }

  /** Resolves when calls may begin, or never will; undefined when they may now. */
  get admitted(): Promise<void> | undefined {
    if (this.#isAdmitted) return undefined;
    this.#admission ??= Promise.withResolvers();
    return this.#admission.promise;
  }

  /** Checks a credential, which stands for the one before as soon as it is found good. */
  present(token: string): void {
    const check = ++this.#checks;
    const { authenticate, address } = this.#options;
    const take = (admission: Admission) => {
      if (check === this.#checks) this.#take(token, admission);
    };
    const refuse = (thrown: unknown) => {
      if (check === this.#checks) this.#refuse(thrown);
    };
    try {
      const answer = authenticate({ token, address });
      if (answer instanceof Promise) void answer.then(take, refuse);
      else take(answer);
    } catch (thrown) {
      refuse(thrown);
    }
  }

  /** Checks nothing any more. */
  end(): void {
    this.#checks++;
    this.#stopChecks?.();
    this.#stopChecks = undefined;
    this.#admission?.resolve();
  }

  #take(token: string, { expiresAtMs }: Admission): void {
    this.#token = token;
    if (!this.#isAdmitted) this.#options.onAdmitted();
    this.#isAdmitted = true;
    this.#admission?.resolve();
    this.#admission = undefined;
    this.#stopChecks?.();
    this.#stopChecks =
      expiresAtMs === undefined
        ? undefined
        : this.#options.checks.add(() => {
            if (Date.now() >= expiresAtMs) {
              this.#refuse(new SmartcallError({ reason: "CREDENTIAL_EXPIRED" }));
            }
          });
  }

  #refuse(thrown: unknown): void {
    this.end();
    this.#options.onRefused(thrown);
  }
}
