import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cliMain, runCli } from "./run-cli.js";
import { type Stage, startStage } from "./stage.js";

let stage: Stage;
const folder = mkdtempSync(join(tmpdir(), "smartcall-completion-"));

beforeAll(async () => {
  stage = await startStage();
  writeFileSync(
    join(folder, "smartcall"),
    // No person waits here, so there is more time to answer.
    `#!/bin/sh
[ "$1" = __complete ] && { shift; set -- __complete --timeout 30s "$@"; }
exec '${process.execPath}' '${cliMain}' "$@"\n`,
    { mode: 0o755 },
  );
  writeFileSync(join(folder, "my-agent.ts"), "");
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const words = [
  { name: "commands", given: ["ta"], want: ["tasks"] },
  { name: "commands of a command", given: ["tasks", "c"], want: ["cancel"] },
  { name: "agents, from the gateway", given: ["call", "e"], want: ["echo"] },
  { name: "options", given: ["call", "echo", "--d"], want: ["--data", "--detach"] },
  { name: "options of every command", given: ["chat", "--api"], want: ["--api-key"] },
  {
    name: "what an option takes",
    given: ["tasks", "--state", "C"],
    want: ["CANCELED", "COMPLETED"],
  },
  { name: "what an argument takes", given: ["completion", "f"], want: ["fish"] },
];

for (const { name, given, want } of words) {
  test(`a shell completes ${name}`, async () => {
    const { stdout } = await runCli(["__complete", "--timeout", "30s", "--", ...given], stage);
    expect(stdout.trim().split("\n")).toEqual(want);
  });
}

/** What a shell prints that has `smartcall` on its PATH and one file around it. */
async function ask(shell: string, ...words: string[]): Promise<string> {
  const env = { ...process.env, ...stage.env, PATH: `${folder}:${process.env["PATH"]}` };
  const { stdout } = await promisify(execFile)(shell, words, { cwd: folder, env });
  return stdout;
}

function isHere(shell: string): boolean {
  try {
    execFileSync(shell, ["--version"]);
    return true;
  } catch {
    return false;
  }
}

test("bash asks it what may follow", async () => {
  const script = `
    source <(smartcall completion bash)
    COMP_WORDS=(smartcall call gr); COMP_CWORD=2
    _smartcall
    printf '%s' "\${COMPREPLY[*]}"`;
  expect(await ask("bash", "-c", script)).toBe("greeter");
});

const typed = [
  { line: "smartcall ta", want: "smartcall tasks " },
  { line: "smartcall call gr", want: "smartcall call greeter " },
  { line: "smartcall tasks --state CA", want: "smartcall tasks --state CANCELED " },
  { line: "smartcall call 'a b' --det", want: "smartcall call 'a b' --detach " },
  { line: "smartcall dev my-", want: "smartcall dev my-agent.ts " },
];

test.skipIf(!isHere("zsh"))("zsh completes what is typed (needs zsh)", async () => {
  // An interactive one, at a terminal that zsh itself provides. What is typed is sent after the prompt
  // alone, and the line is read once Ctrl-X has printed what Tab has made of it.
  const script = `
    zmodload zsh/zpty
    zpty shell "PS1=READY TERM=dumb zsh -f -i"
    until_said() { local said; zpty -r shell said "*$1*" || exit 1; reply=$said }
    until_said READY
    zpty -w shell 'autoload -Uz compinit; compinit -u -D; unsetopt zle_bracketed_paste'
    zpty -w shell 'show() { print -r -- "<$BUFFER>"; BUFFER=; }; zle -N show; bindkey "^X" show'
    zpty -w shell 'source <(smartcall completion zsh); bindkey "^I" complete-word; print SOUR''CED'
    until_said SOURCED
    until_said READY
    for line in "$@"; do
      zpty -n -w shell "$line"$'\t\x18'
      until_said "<*>"
      print -r -- "\${\${reply##*<}%%>*}"
    done`;
  const lines = await ask("zsh", "-f", "-c", script, "zsh", ...typed.map(({ line }) => line));
  expect(lines.split("\n").slice(0, -1)).toEqual(typed.map(({ want }) => want));
});

test.skipIf(!isHere("fish"))("fish completes what is typed (needs fish)", async () => {
  const lines = typed.map(({ line }) => `complete --do-complete "${line}"`);
  const script = ["smartcall completion fish | source", ...lines].join("\n");
  const said = await ask("fish", "--no-config", "-c", script);
  expect(said.split("\n").slice(0, -1)).toEqual(
    typed.map(({ want }) => want.trim().split(" ").at(-1)),
  );
});
