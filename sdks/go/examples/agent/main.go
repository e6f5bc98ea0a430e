// Command agent attaches two agents to a running gateway until Ctrl-C.
//
//	go run ./examples/agent
//	curl -s localhost:8080/v1/agents/go-shout/calls -H 'content-type: application/json' -d '{"text": "hello"}'
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/smartcall/smartcall/sdks/go/agent"
)

func main() {
	shout := agent.New("go-shout", func(_ context.Context, call *agent.Call) (any, error) {
		return strings.ToUpper(call.Text()), nil
	}, agent.WithDescription("Says it louder."))

	clock := agent.New("go-clock", func(ctx context.Context, call *agent.Call) (any, error) {
		for tick := range 20 {
			select {
			case <-ctx.Done(): // Canceled, late, or the gateway is lost.
				return nil, ctx.Err()
			case <-time.After(100 * time.Millisecond):
				fmt.Fprintf(call, "%d ", tick+1)
			}
		}
		return nil, nil
	}, agent.WithDescription("Ticks twenty times in two seconds."), agent.WithStreaming())

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	attachment, err := agent.Attach(ctx, []*agent.Agent{shout, clock}, agent.AttachOptions{})
	if err != nil {
		log.Fatal(err)
	}
	if err := attachment.Wait(); err != nil {
		log.Fatal(err)
	}
}
