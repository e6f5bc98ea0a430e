// Command call asks the calculator of a running gateway, and prints its answer.
//
//	go run ./examples/call "6 * 7"
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"

	smartcall "github.com/smartcall/smartcall/sdks/go"
)

func main() {
	expression := strings.Join(os.Args[1:], " ")
	if expression == "" {
		expression = "6 * 7"
	}
	client := smartcall.New()
	task, err := client.Call(context.Background(), "calculator", smartcall.Text(expression))
	var refused *smartcall.Error
	if errors.As(err, &refused) {
		log.Fatalf("%s: %s", refused.Reason, refused.Message)
	}
	var answer json.RawMessage
	if task.OutputData(&answer) != nil {
		log.Fatalf("%s: %v", task.State, task.Error)
	}
	fmt.Println(string(answer))
}
