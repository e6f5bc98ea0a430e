/** A variable of the environment, where there is an environment; undefined when it is empty. */
export function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name] || undefined;
}

/** Whether this is a page, whose visitors can read what it knows. */
export function isBrowser(): boolean {
  return typeof document !== "undefined";
}
