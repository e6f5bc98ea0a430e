/** Makes the files of a folder with an agent. */
export type Template = (agent: { name: string; version: string }) => {
  /** Texts by name. */
  files: Readonly<Record<string, string>>;
  /** What to type to run it. */
  steps: readonly string[];
};
