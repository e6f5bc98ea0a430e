import { readFileSync } from "node:fs";
import { type Stage, startStage } from "@smartcall/scripts/stage";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { runWorkflows, type WorkflowStep } from "../src/run-workflows.ts";

let stage: Stage;
let done: WorkflowStep[];

beforeAll(async () => {
  stage = await startStage();
  done = await runWorkflows(stage.url);
}, 300_000);

afterAll(() => stage?.stop());

const { workflows } = parse(
  readFileSync(new URL("../../../openapi/smartcall.arazzo.yaml", import.meta.url), "utf8"),
) as { workflows: { workflowId: string; steps: { stepId: string }[] }[] };

for (const { workflowId, steps } of workflows) {
  for (const { stepId } of steps) {
    test(`Arazzo: ${workflowId}: ${stepId}`, () => {
      const found = done.find(({ workflow, step }) => workflow === workflowId && step === stepId);
      expect(found).toMatchObject({ faults: [] });
      // The status, the media type and the schema, and a criterion of the step's own.
      expect(found?.checks).toBeGreaterThanOrEqual(4);
    });
  }
}
