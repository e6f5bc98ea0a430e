// Command stream talks with eliza at a running gateway, and prints the answer as it comes.
//
//	go run ./examples/stream "I am tired."
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"

	smartcall "github.com/smartcall/smartcall/sdks/go"
)

func main() {
	text := strings.Join(os.Args[1:], " ")
	if text == "" {
		text = "I am tired."
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	stream := smartcall.New().Stream(ctx, "eliza", smartcall.Text(text))
	for event, err := range stream.Events() {
		if err != nil {
			log.Fatal(err)
		}
		if event.OutputDelta != nil {
			fmt.Print(event.OutputDelta.Text)
		}
	}
	fmt.Println()
}
