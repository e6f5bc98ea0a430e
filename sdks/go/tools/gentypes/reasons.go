package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// A row of the table of reasons.
type reason struct {
	name, sentence        string
	httpStatus, closeCode string
	grpcCode              string
	isRetryable           bool
	comment               string
}

var (
	row   = regexp.MustCompile(`(?s)// ([^\n]*)\n\s*([A-Z_]+) = \d+ \[\(reason_info\) = \{(.*?)\n\s*\}\];`)
	entry = regexp.MustCompile(`(?m)^\s*(\w+): (.*)$`)
)

func readReasons(path string) ([]reason, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var reasons []reason
	for _, match := range row.FindAllStringSubmatch(string(text), -1) {
		r := reason{name: match[2], comment: match[1]}
		for _, e := range entry.FindAllStringSubmatch(match[3], -1) {
			switch e[1] {
			case "code":
				r.grpcCode = e[2]
			case "http_status":
				r.httpStatus = e[2]
			case "close_code":
				r.closeCode = e[2]
			case "retryable":
				r.isRetryable = e[2] == "true"
			case "sentence":
				if r.sentence, err = strconv.Unquote(e[2]); err != nil {
					return nil, fmt.Errorf("%s: %w", r.name, err)
				}
			}
		}
		if r.httpStatus == "" || r.closeCode == "" || r.sentence == "" || r.grpcCode == "" {
			return nil, fmt.Errorf("%s lacks a column", r.name)
		}
		reasons = append(reasons, r)
	}
	return reasons, nil
}

// grpcCodes are google.rpc.Code's numbers, which are gRPC's.
var grpcCodes = map[string]int{
	"CANCELLED": 1, "UNKNOWN": 2, "INVALID_ARGUMENT": 3, "DEADLINE_EXCEEDED": 4, "NOT_FOUND": 5,
	"ALREADY_EXISTS": 6, "PERMISSION_DENIED": 7, "RESOURCE_EXHAUSTED": 8, "FAILED_PRECONDITION": 9,
	"ABORTED": 10, "OUT_OF_RANGE": 11, "UNIMPLEMENTED": 12, "INTERNAL": 13, "UNAVAILABLE": 14,
	"DATA_LOSS": 15, "UNAUTHENTICATED": 16,
}

func writeReasons(b *bytes.Buffer, reasons []reason) {
	b.WriteString("// Reason says why something was refused or went wrong.\n//\n// A newer gateway may say reasons that are not listed here; an Error has INTERNAL then.\ntype Reason string\n\nconst (\n")
	for _, r := range reasons {
		writeComment(b, r.comment)
		fmt.Fprintf(b, "Reason%s Reason = %q\n", pascalFromConstant(r.name), r.name)
	}
	b.WriteString(")\n\nvar reasonTable = map[Reason]ReasonInfo{\n")
	for _, r := range reasons {
		fmt.Fprintf(b, "Reason%s: {HTTPStatus: %s, GRPCCode: %d, CloseCode: %s, Retryable: %t, Sentence: %q},\n",
			pascalFromConstant(r.name), r.httpStatus, grpcCodes[strings.TrimSpace(r.grpcCode)], r.closeCode, r.isRetryable, r.sentence)
	}
	b.WriteString("}\n")
}
