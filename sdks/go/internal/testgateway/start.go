// Package testgateway runs the repository's gateway for tests.
package testgateway

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// Start runs a gateway on a free port until the test ends, and answers its URL. The test is skipped,
// and says why, where the gateway is not built.
func Start(t testing.TB) string {
	t.Helper()
	url, _ := StartAt(t, "0")
	return url
}

// StartAt is Start on a port, and with what kills the gateway before the test ends.
func StartAt(t testing.TB, port string) (url string, kill func()) {
	t.Helper()
	root := root()
	main := filepath.Join(root, "apps/gateway/dist/main.js")
	need(t, main)
	command := exec.Command(node(t, root), main, "serve", "--port", port, "--log-format", "json")
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	run(t, command)
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		var line struct{ Msg, URL string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "gateway listens" {
			go func() {
				for lines.Scan() {
				}
			}()
			return line.URL, func() { _ = command.Process.Kill() }
		}
	}
	t.Fatal("the gateway ended before it listened")
	return "", nil
}

// StartDemoAgents attaches the demo agents to a gateway, and waits until it has them.
func StartDemoAgents(t testing.TB, gateway string) {
	t.Helper()
	root := root()
	main := filepath.Join(root, "apps/demo-agents/dist/main.js")
	need(t, main)
	command := exec.Command(node(t, root), main)
	command.Env = append(os.Environ(), "SMARTCALL_URL="+gateway)
	run(t, command)
	for until := time.Now().Add(60 * time.Second); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		response, err := http.Get(gateway + "/v1/agents/team")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
	}
	t.Fatal("the demo agents did not attach")
}

func run(t testing.TB, command *exec.Cmd) {
	t.Helper()
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		timer := time.AfterFunc(5*time.Second, func() { _ = command.Process.Kill() })
		_ = command.Wait()
		timer.Stop()
	})
}

func node(t testing.TB, root string) string {
	own := filepath.Join(root, "node_modules/node/bin/node")
	if _, err := os.Stat(own); err == nil {
		return own
	}
	found, err := exec.LookPath("node")
	if err != nil {
		t.Skip("skipped: there is no node to run the gateway with")
	}
	return found
}

func need(t testing.TB, path string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		t.Skipf("skipped: the gateway is not built (%s is not there)", filepath.Base(filepath.Dir(filepath.Dir(path))))
	}
}

func root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "../../../..")
}
