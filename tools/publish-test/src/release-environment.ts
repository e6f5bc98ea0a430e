import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** The parts of a workflow that are looked at. */
interface Workflow {
  jobs: Record<string, { steps: { uses?: string; env?: Record<string, string> }[] }>;
}

/** The variables that the release workflow publishes with, secrets aside. */
export function releaseEnvironment(): Record<string, string> {
  const path = new URL("../../../.github/workflows/release.yml", import.meta.url);
  const { jobs } = parse(readFileSync(path, "utf8")) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const step = steps.find(({ uses }) => uses?.startsWith("changesets/action@"));
  const settings = Object.entries(step?.env ?? {});
  return Object.fromEntries(settings.filter(([, value]) => !value.includes("secrets.")));
}
