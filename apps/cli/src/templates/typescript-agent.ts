import type { Template } from "./template.js";

/** An agent in TypeScript, which Node runs as it is. */
export const typescriptAgent: Template = ({ name, version }) => ({
  steps: ["npm install", "npm run dev"],
  files: {
    "agent.ts": `import { defineAgent, textOf } from "@smartcall/agent";

/** Says what it was told, a word at a time. */
export const agent = defineAgent({
  name: "${name}",
  description: "Says what it was told, a word at a time.",
  async *run(message, { signal }) {
    for (const word of textOf(message).split(" ")) {
      // The caller has gone, or the time is over.
      signal.throwIfAborted();
      yield \`\${word} \`;
    }
  },
});
`,
    "main.ts": `import { attach } from "@smartcall/agent";
import { agent } from "./agent.ts";

// Dials the gateway at SMARTCALL_URL, until SIGTERM or Ctrl-C.
attach([agent]);
`,
    "agent.test.ts": `import assert from "node:assert/strict";
import { test } from "node:test";
import { runAgent } from "@smartcall/agent";
import { agent } from "./agent.ts";

test("it says what it was told", async () => {
  const { text } = await runAgent(agent, "Hello there");
  assert.equal(text.trim(), "Hello there");
});
`,
    "package.json": `${JSON.stringify(
      {
        name,
        private: true,
        type: "module",
        engines: { node: ">=22.18" },
        scripts: { start: "node main.ts", dev: "smartcall dev agent.ts", test: "node --test" },
        dependencies: { "@smartcall/agent": `^${version}` },
        devDependencies: { smartcall: `^${version}` },
      },
      null,
      2,
    )}\n`,
    "tsconfig.json": `${JSON.stringify(
      {
        compilerOptions: {
          target: "es2023",
          module: "nodenext",
          strict: true,
          noEmit: true,
          allowImportingTsExtensions: true,
          erasableSyntaxOnly: true,
          verbatimModuleSyntax: true,
          skipLibCheck: true,
        },
      },
      null,
      2,
    )}\n`,
    ".gitignore": "node_modules/\n",
    "README.md": readme(name),
  },
});

function readme(name: string): string {
  return `# ${name}

\`npm install\` once, then \`npm run dev\` runs the agent and runs it again whenever it changes; it finds
the gateway at \`SMARTCALL_URL\`, else at http://127.0.0.1:8080 (\`npx smartcall serve\` is one).

\`npx smartcall call ${name} "Hello"\` calls it, \`npm test\` tests it, \`npm start\` runs it for good.
`;
}
