package smartcall_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	"github.com/smartcall/smartcall/sdks/go/internal/testgateway"
)

var block = regexp.MustCompile("(?ms)^```(go|text)\n(.*?)^```$")

// snippet is a block of Go, and what the next block says that it prints.
type snippet struct{ code, want string }

func readmeSnippets(t *testing.T) (program string, wantOfProgram string, fragments []snippet) {
	t.Helper()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []snippet
	for _, match := range block.FindAllStringSubmatch(string(readme), -1) {
		if match[1] == "go" {
			all = append(all, snippet{code: match[2]})
		} else {
			all[len(all)-1].want = match[2]
		}
	}
	return all[0].code, all[0].want, all[1:]
}

const harness = `package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	"github.com/smartcall/smartcall/sdks/go/agent"
)

var _, _, _ = errors.As, time.Second, agent.New

func main() {
	ctx := context.Background()
	client := smartcall.New()
	// The agents of the last snippet are called by those before it.
	for _, run := range []func(context.Context, *smartcall.Client) error{%s} {
		if err := run(ctx, client); err != nil {
			log.Fatal(err)
		}
		fmt.Println("\n----")
	}
}
`

func TestTheReadmeDoesWhatItSays(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: it builds programs")
	}
	url := testgateway.Start(t)
	testgateway.StartDemoAgents(t, url)
	program, want, fragments := readmeSnippets(t)
	compare(t, runProgram(t, url, program), want)

	// Agents have to be there before they are called.
	last := len(fragments) - 1
	order := []string{fmt.Sprintf("snippet%d", last)}
	var code strings.Builder
	for i, each := range fragments {
		if i != last {
			order = append(order, fmt.Sprintf("snippet%d", i))
		}
		fmt.Fprintf(&code, "\nfunc snippet%d(ctx context.Context, client *smartcall.Client) error {\n%s\nreturn nil\n}\n", i, each.code)
	}
	printed := runProgram(t, url, fmt.Sprintf(harness, strings.Join(order, ", "))+code.String())
	outputs := strings.Split(printed, "\n----\n")
	for i, each := range fragments[:last] {
		// The agents' snippet has registered its agent by then.
		compare(t, strings.Replace(outputs[i+1], "team waiter", "team", 1), each.want)
	}
}

func runProgram(t *testing.T, url, code string) string {
	t.Helper()
	folder, err := os.MkdirTemp(".", "_readme-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	if err := os.WriteFile(filepath.Join(folder, "main.go"), []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	return run(t, url, "./"+folder)
}

func run(t *testing.T, url string, program string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", append([]string{"run", program}, args...)...)
	command.Env = append(os.Environ(), "SMARTCALL_URL="+url, "SMARTCALL_API_KEY=", "SMARTCALL_TOKEN=")
	var errors bytes.Buffer
	command.Stderr = &errors
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errors.String())
	}
	return string(output)
}

// compare takes … for anything.
func compare(t *testing.T, got, want string) {
	t.Helper()
	pattern := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSpace(want)), "…", "[^\n]*")
	if !regexp.MustCompile("^" + pattern + "$").MatchString(strings.TrimSpace(got)) {
		t.Errorf("printed\n%s\nand not\n%s", got, want)
	}
}

func TestTheExamplesRun(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: it builds programs")
	}
	url := testgateway.Start(t)
	testgateway.StartDemoAgents(t, url)
	if got := run(t, url, "./examples/call", "6 * 7"); !strings.Contains(got, "42") {
		t.Errorf("call printed %q", got)
	}
	if got := run(t, url, "./examples/stream", "I am tired."); got != "I am sorry to hear that you are tired. Since when?\n" {
		t.Errorf("stream printed %q", got)
	}

	binary := filepath.Join(t.TempDir(), "agent")
	if out, err := exec.Command("go", "build", "-o", binary, "./examples/agent").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	command := exec.Command(binary)
	command.Env = append(os.Environ(), "SMARTCALL_URL="+url, "SMARTCALL_TOKEN=")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	defer func() { _ = command.Process.Kill() }()
	waitForAgent(t, url, "go-shout")
	task, err := smartcall.New(smartcall.WithURL(url)).Call(t.Context(), "go-shout", smartcall.Text("hello"))
	if err != nil || task.OutputText() != "HELLO" {
		t.Errorf("%+v, %v", task, err)
	}
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("the agent ended with %v", err)
		}
	case <-time.After(60 * time.Second):
		t.Error("the agent does not end")
	}
}
