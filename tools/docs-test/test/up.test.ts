import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../src/pages.ts";

/** The processes whose environment holds a mark, by what the kernel says. */
function processesWith(mark: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark);
    } catch {
      return false;
    }
  });
}

test.runIf(process.platform === "linux")(
  "npm start's program says what to try, which works, and one SIGINT leaves nothing behind",
  async () => {
    const mark = `SMARTCALL_TEST_MARK=${crypto.randomUUID()}`;
    const [name, value] = mark.split("=") as [string, string];
    const program = spawn(process.execPath, [join(root, "tools/scripts/up.ts")], {
      env: { ...process.env, SMARTCALL_PORT: "0", [name]: value },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    await new Promise<void>((resolve) => {
      program.once("exit", () => resolve());
      program.stdout.setEncoding("utf8").on("data", (chunk) => {
        output += chunk;
        if (output.includes("/docs")) resolve();
      });
    });
    const [url] = /(?<=Smartcall is ready at )http:\S+/.exec(output) ?? [];
    expect(output).toContain("echo, calculator, summarizer, eliza, team, booking");
    expect(processesWith(mark)).toHaveLength(3);

    const [, body] = /-d '(.*)'/.exec(output) ?? [];
    const headers = { "content-type": "application/json" };
    const call = { method: "POST", headers, body: body ?? "" };
    const response = await fetch(`${url}/v1/agents/calculator/calls`, call);
    expect(await response.json()).toMatchObject({ state: "COMPLETED" });
    expect((await fetch(`${url}/docs`)).status).toBe(200);

    program.kill("SIGINT");
    expect(await once(program, "exit")).toEqual([0, null]);
    expect(processesWith(mark)).toEqual([]);
  },
);
