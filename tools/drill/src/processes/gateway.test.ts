import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { startGateway } from "./gateway.ts";

test("a gateway that does not start leaves no folder behind", async () => {
  const folder = await mkdtemp(join(tmpdir(), "smartcall-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  vi.stubEnv("TMPDIR", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(startGateway({ memoryBytes: -1 })).rejects.toThrow(/memoryBytes/);
  const left = await readdir(folder);
  expect(left.filter((name) => name.startsWith("smartcall"))).toEqual([]);
});
