import type { Template } from "./template.js";

/** An agent in Go. */
export const goAgent: Template = ({ name }) => ({
  steps: ["go mod tidy", "go run ."],
  files: {
    "main.go": `// Command ${name} attaches an agent to the gateway at SMARTCALL_URL, until Ctrl-C.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/smartcall/smartcall/sdks/go/agent"
)

func say(ctx context.Context, call *agent.Call) (any, error) {
	for _, word := range strings.Split(call.Text(), " ") {
		if ctx.Err() != nil { // The caller has gone, or the time is over.
			return nil, ctx.Err()
		}
		fmt.Fprintf(call, "%s ", word)
	}
	return nil, nil
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	speaker := agent.New("${name}", say,
		agent.WithDescription("Says what it was told, a word at a time."), agent.WithStreaming())
	attachment, err := agent.Attach(ctx, []*agent.Agent{speaker}, agent.AttachOptions{})
	if err != nil {
		log.Fatal(err)
	}
	if err := attachment.Wait(); err != nil {
		log.Fatal(err)
	}
}
`,
    "go.mod": `module example.com/${name}\n\ngo 1.26\n`,
    "README.md": `# ${name}

\`go mod tidy\` once, then \`go run .\` attaches the agent to the gateway at \`SMARTCALL_URL\`, else at
http://127.0.0.1:8080 (\`npx smartcall serve\` is one).

\`npx smartcall call ${name} "Hello"\` calls it.
`,
  },
});
