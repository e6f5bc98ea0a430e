import type { Template } from "./template.js";

/** An agent in Python. */
export const pythonAgent: Template = ({ name }) => ({
  steps: [
    "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt",
    ".venv/bin/python agent.py",
  ],
  files: {
    "agent.py": `"""Attaches to the gateway at SMARTCALL_URL, until Ctrl-C."""

from collections.abc import AsyncIterator

from smartcall.agent import AgentContext, Message, agent, attach


@agent(name="${name}", description="Says what it was told, a word at a time.")
async def ${name.replaceAll("-", "_")}(message: Message, context: AgentContext) -> AsyncIterator[str]:
    for word in message.text.split(" "):
        yield f"{word} "


if __name__ == "__main__":
    attach([${name.replaceAll("-", "_")}]).run()
`,
    "requirements.txt": "smartcall[agent]\n",
    ".gitignore": ".venv/\n__pycache__/\n",
    "README.md": `# ${name}

\`pip install -r requirements.txt\` once, then \`python agent.py\` attaches the agent to the gateway at
\`SMARTCALL_URL\`, else at http://127.0.0.1:8080 (\`npx smartcall serve\` is one).

\`npx smartcall call ${name} "Hello"\` calls it.
`,
  },
});
