#!/bin/sh
# Vets and tests this module. The last line counts: `go: N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")"
if ! command -v go >/dev/null 2>&1; then
	echo "skipped: there is no Go on this machine"
	echo "go: 0 passed, 0 failed, 1 skipped"
	exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0 skipped=0

# check NAME COMMAND… counts one check, whose output is shown when it fails.
check() {
	name=$1
	shift
	if "$@" >"$scratch/check" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "--- FAIL: $name"
		cat "$scratch/check"
	fi
}
skip() {
	skipped=$((skipped + 1))
	echo "--- SKIP: $1: $2"
}

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
check "go vet" go vet ./...
check "the models are those of the contract" models
buf=$(PATH="$PWD/../../node_modules/.bin:$PATH" command -v buf || true)
if [ -n "$buf" ]; then
	check "the protobuf code is that of the contract" protobuf
else
	skip "the protobuf code is that of the contract" "there is no buf"
fi
if go -C tools build -o "$scratch/staticcheck" honnef.co/go/tools/cmd/staticcheck 2>"$scratch/check"; then
	check "staticcheck" "$scratch/staticcheck" ./...
else
	skip "staticcheck" "it cannot be built: $(tail -n 1 "$scratch/check")"
fi

go test -race -timeout 300s -v ./... >"$scratch/log" 2>&1
status=$?
grep -hE '^(ok|FAIL|panic:)|DATA RACE|^ *--- (FAIL|SKIP)|^ +[a-z_]+_test\.go:[0-9]+:' "$scratch/log"
count() { grep -cE "^ *--- $1:" "$scratch/log"; }
failures=$(count FAIL)
# What did not build, or ended all at once, has no line of its own.
[ "$status" -ne 0 ] && [ "$failures" -eq 0 ] && failures=1
failed=$((failed + failures))
echo "go: $((passed + $(count PASS))) passed, $failed failed, $((skipped + $(count SKIP))) skipped"
[ "$failed" -eq 0 ]
