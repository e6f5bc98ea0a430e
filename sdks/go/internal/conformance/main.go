// Command conformance makes the calls of the conformance vectors, or attaches their agents: a line of
// JSON in, a line of JSON out. See conformance/README.md of the repository.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log"
	"os"
	"sync"
)

// told is a line that the runner hears.
type told struct {
	Do     string
	ID     string
	URL    string
	Client clientSettings
	Call   callSettings
	Attach attachSettings
}

type result map[string]any

// run makes one call, or attaches agents until its context ends.
type run func(ctx context.Context, t told) result

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("conformance client | agent")
	}
	var runs run
	switch os.Args[1] {
	case "client":
		runs = runClient
	case "agent":
		runs = runAgents
	default:
		log.Fatal("conformance client | agent")
	}
	if err := serve(os.Stdin, os.Stdout, runs); err != nil {
		log.Fatal(err)
	}
}

func serve(in io.Reader, out io.Writer, runs run) error {
	var mu sync.Mutex
	aborts := map[string]context.CancelFunc{}
	lines := bufio.NewReader(in)
	if _, err := io.WriteString(out, "{\"ready\":true}\n"); err != nil {
		return err
	}
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var t told
		if err := json.Unmarshal(line, &t); err != nil {
			return err
		}
		if t.Do == "abort" {
			mu.Lock()
			if abort := aborts[t.ID]; abort != nil {
				abort()
			}
			mu.Unlock()
			continue
		}
		ctx, cancel := context.WithCancel(context.Background())
		mu.Lock()
		aborts[t.ID] = cancel
		mu.Unlock()
		go func() {
			defer cancel()
			answer, err := json.Marshal(map[string]any{"id": t.ID, "result": runs(ctx, t)})
			if err != nil {
				log.Fatal(err)
			}
			mu.Lock()
			defer mu.Unlock()
			_, _ = out.Write(append(answer, '\n'))
		}()
	}
}
