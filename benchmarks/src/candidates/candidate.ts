import type { ServerProcess } from "../child-process.ts";

/** What a candidate is started with. */
export interface StartOptions {
  /** Flags of Node for the process that holds the REST face, such as those of a profile. */
  readonly gatewayFlags?: readonly string[] | undefined;
  /** Flags of Node for the process that holds the agent. */
  readonly agentFlags?: readonly string[] | undefined;
}

/** A candidate that answers calls. */
export interface RunningCandidate extends AsyncDisposable {
  /** `http://host:port`. */
  readonly url: string;
  /** The process that holds the REST face. */
  readonly gateway: ServerProcess;
  /** The process that holds the agent, where there is one. */
  readonly agent?: ServerProcess;
}

/** One way from a REST call to an agent in another process. */
export interface Candidate {
  readonly name: string;
  /** What it is, in one line. */
  readonly description: string;
  /** Why it cannot run on this machine; undefined when it can. May take a while to build it. */
  unavailable?(signal?: AbortSignal): Promise<string | undefined>;
  /** Starts its processes and answers when calls can be made. */
  start(options?: StartOptions): Promise<RunningCandidate>;
}
