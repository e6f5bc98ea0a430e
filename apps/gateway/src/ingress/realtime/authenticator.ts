/** Who wants in. */
export interface Visitor {
  /** The credential, without `Bearer `; empty when there is none. */
  readonly token: string;
  /** `host:port` of the other side. */
  readonly address: string;
}

/** What a credential is good for. */
export interface Admission {
  /** When it expires, in milliseconds since the epoch. Default: never. */
  readonly expiresAtMs?: number;
}

/**
 * Checks the credential of a realtime session: of its hello, and again of each fresh one.
 *
 * A SmartcallError thrown here, `UNAUTHENTICATED` above all, closes the session with its reason.
 */
export type Authenticator = (visitor: Visitor) => Admission | Promise<Admission>;

/** Lets everybody in. */
export const admitEverybody: Authenticator = () => ({});
