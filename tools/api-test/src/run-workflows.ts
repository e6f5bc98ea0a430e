import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What became of one step of a workflow. */
export interface WorkflowStep {
  workflow: string;
  step: string;
  /** Each check that failed; nothing when all is well. */
  faults: readonly string[];
  /** How many checks were made. */
  checks: number;
}

/** The parts of Redocly's JSON report that count. */
interface RespectReport {
  files: Record<
    string,
    {
      executedWorkflows: readonly {
        workflowId: string;
        executedSteps: readonly {
          stepId: string;
          checks: readonly { name: string; status: string; message?: string }[];
        }[];
      }[];
    }
  >;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const workflows = "openapi/smartcall.arazzo.yaml";

/**
 * Runs the Arazzo workflows against a gateway, step by step.
 *
 * @throws with what `redocly respect` printed, when it left no report.
 */
export async function runWorkflows(url: string): Promise<WorkflowStep[]> {
  const folder = await mkdtemp(join(tmpdir(), "smartcall-workflows-"));
  try {
    const path = join(folder, "report.json");
    const said = await respect("--server", `smartcall=${url}`, "--json-output", path);
    const text = await readFile(path, "utf8").catch(() => {
      throw new Error(said);
    });
    const { files } = JSON.parse(text) as RespectReport;
    return Object.values(files).flatMap(({ executedWorkflows }) =>
      executedWorkflows.flatMap(({ workflowId, executedSteps }) =>
        executedSteps.map(({ stepId, checks }) => ({
          workflow: workflowId,
          step: stepId,
          faults: checks
            .filter(({ status }) => status !== "success")
            .map(({ name, message = "" }) => `${name}: ${message}`),
          checks: checks.length,
        })),
      ),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function respect(...options: string[]): Promise<string> {
  const env = {
    ...process.env,
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
    NO_COLOR: "1",
  };
  return new Promise((resolve) => {
    const words = [redocly, "respect", workflows, ...options];
    execFile(process.execPath, words, { cwd: root, env }, (_, out, error) => resolve(out + error));
  });
}
