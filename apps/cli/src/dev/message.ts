/** What the process of a file's agents tells the one that watches over it. */
export type DevMessage =
  /** A file was loaded, or asked for; when it changes the agents are run again. */
  | { type: "file"; path: string }
  /** The gateway has taken the agents. */
  | { type: "ready"; agents: readonly string[] }
  /** The file cannot be run. */
  | { type: "failed"; message: string };
