// Command gentypes writes the Go types of the contract: models of openapi/smartcall.v1.yaml and the
// table of reasons of proto/smartcall/v1/errors.proto.
//
//	go -C sdks/go/tools run ./gentypes -root ../../.. -out ..
package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"log"
	"os"
	"path/filepath"
)

func main() {
	root := flag.String("root", "../../..", "the repository")
	out := flag.String("out", "..", "where the files go")
	flag.Parse()
	schemas, err := readSchemas(filepath.Join(*root, "openapi/smartcall.v1.yaml"))
	if err != nil {
		log.Fatal(err)
	}
	reasons, err := readReasons(filepath.Join(*root, "proto/smartcall/v1/errors.proto"))
	if err != nil {
		log.Fatal(err)
	}
	if known := len(schemas["ProblemReason"].Enum) - 1; known != len(reasons) {
		log.Fatalf("the table has %d reasons, the OpenAPI document %d", len(reasons), known)
	}
	write(filepath.Join(*out, "types_gen.go"), "openapi/smartcall.v1.yaml", func(b *bytes.Buffer) {
		writeTypes(b, schemas)
	})
	write(filepath.Join(*out, "reasons_gen.go"), "proto/smartcall/v1/errors.proto", func(b *bytes.Buffer) {
		writeReasons(b, reasons)
	})
}

func write(path, source string, body func(*bytes.Buffer)) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Code generated from %s by tools/gentypes. DO NOT EDIT.\n\npackage smartcall\n\n", source)
	body(&b)
	code, err := format.Source(b.Bytes())
	if err != nil {
		log.Fatalf("%s: %v\n%s", path, err, b.Bytes())
	}
	if err := os.WriteFile(path, code, 0o644); err != nil {
		log.Fatal(err)
	}
}
