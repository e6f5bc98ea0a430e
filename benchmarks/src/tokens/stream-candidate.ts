import type { RunningCandidate, StartOptions } from "../candidates/candidate.ts";

/** What a reader of one stream saw. */
export interface StreamReading {
  /** Events that arrived, which may each stand for several pieces of text. */
  readonly events: number;
  readonly bytes: number;
}

/** A way of a stream from whoever makes its pieces to a reader. */
export interface StreamCandidate {
  readonly name: string;
  /** What it is, in one line. */
  readonly description: string;
  /** Starts its processes and answers when streams can be read. */
  start(options?: StartOptions): Promise<RunningCandidate>;
  /**
   * Reads so many streams at a time, each of so many pieces of text, to their ends.
   *
   * @throws {Error} when one of them is cut or ends otherwise than it should.
   */
  read(url: string, streams: number, pieces: number): Promise<readonly StreamReading[]>;
}
