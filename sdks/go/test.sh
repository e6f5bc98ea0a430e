#!/bin/sh
# Vets and tests this module. What fails has a line `failed NAME`, what is skipped a line
# `skipped NAME: WHY`, and the last line counts: `go: N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")"
unset SMARTCALL_URL SMARTCALL_API_KEY SMARTCALL_TOKEN SMARTCALL_LOG
passed=0 failed=0 skipped=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

skip() {
	skipped=$((skipped + 1))
	echo "skipped $1: $2"
}
finish() {
	echo "go: $passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}
# check NAME COMMAND… counts one check, whose output is shown when it fails.
check() {
	name=$1
	shift
	if "$@" >"$scratch/check" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "failed $name"
		cat "$scratch/check"
	fi
}

if ! command -v go >/dev/null 2>&1; then
	skip "Go SDK" "there is no Go on this machine"
	finish
fi
# A Go that is too old fetches the one that go.mod asks for.
if ! go version >"$scratch/check" 2>&1; then
	skip "Go SDK" "$(tail -n 1 "$scratch/check")"
	finish
fi
if ! { go mod download && go -C tools mod download; } >"$scratch/check" 2>&1; then
	if grep -qiE 'dial tcp|no such host|i/o timeout|connection refused|GOPROXY=off' "$scratch/check"; then
		skip "Go SDK" "its modules cannot be fetched: $(tail -n 1 "$scratch/check")"
		finish
	fi
	cat "$scratch/check"
	failed=1
	finish
fi

formatted() { test -z "$(gofmt -l . | tee /dev/stderr)"; }
models() {
	mkdir -p "$scratch/models" &&
		go -C tools run ./gentypes -out "$scratch/models" &&
		diff types_gen.go "$scratch/models/types_gen.go" &&
		diff reasons_gen.go "$scratch/models/reasons_gen.go"
}
protobuf() {
	(cd ../.. && "$buf" generate --template sdks/go/buf.gen.yaml -o "$scratch") &&
		diff -r gen "$scratch/sdks/go/gen"
}

check "gofmt" formatted
check "the models are those of the contract" models
buf=$(PATH="$PWD/../../node_modules/.bin:$PATH" command -v buf || true)
if [ -n "$buf" ]; then
	check "the protobuf code is that of the contract" protobuf
else
	skip "the protobuf code is that of the contract" "there is no buf"
fi
check "staticcheck is built" go -C tools build -o "$scratch/staticcheck" honnef.co/go/tools/cmd/staticcheck

# From here on everything is compiled once, for all that follows alike.
if [ "$(go env CGO_ENABLED)" = 1 ] && command -v "$(go env CC | cut -d' ' -f1)" >/dev/null 2>&1; then
	export GOFLAGS="${GOFLAGS:-} -race"
else
	skip "the race detector" "there is no C compiler"
fi
check "go vet" go vet ./...
check "staticcheck" "$scratch/staticcheck" ./...

go test -timeout 400s -v ./... >"$scratch/log" 2>&1
status=$?
grep -hE '^(ok|FAIL|panic:)|DATA RACE|^ *--- FAIL|^ +[a-z_]+_test\.go:[0-9]+:' "$scratch/log"
# What a test says stands before its verdict.
awk '/^ *--- FAIL: /{print "failed " $3}' "$scratch/log"
awk '/^ +[a-z_]+\.go:[0-9]+: skipped: /{why = $0; sub(/^.*skipped: /, "", why)}
	/^ *--- SKIP: /{print "skipped " $3 ": " why; why = ""}' "$scratch/log"
count() { grep -cE "^ *--- $1:" "$scratch/log"; }
failures=$(count FAIL)
# What did not build, or ended all at once, has no line of its own.
[ "$status" -ne 0 ] && [ "$failures" -eq 0 ] && failures=1
passed=$((passed + $(count PASS))) failed=$((failed + failures)) skipped=$((skipped + $(count SKIP)))
finish
