#!/bin/sh
# Vets and tests this module. The last line counts: `go: N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")"
if ! command -v go >/dev/null 2>&1; then
	echo "skipped: there is no Go on this machine"
	echo "go: 0 passed, 0 failed, 1 skipped"
	exit 0
fi
failed=0
unformatted=$(gofmt -l .)
if [ -n "$unformatted" ]; then
	echo "not formatted: $unformatted"
	failed=1
fi
go vet ./... || failed=1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Only lines of tests, so that what a test prints is no part of the count.
go test -race -timeout 300s -v ./... >"$log" 2>&1 || failed=1
grep -hE '^ok|^FAIL|^panic:' "$log"
grep -hE '^ *--- (FAIL|SKIP)|^ +[a-z_]+_test\.go:[0-9]+:' "$log"
count() { grep -cE "^ *--- $1:" "$log"; }
failures=$(count FAIL)
[ "$failed" -ne 0 ] && [ "$failures" -eq 0 ] && failures=1
echo "go: $(count PASS) passed, $failures failed, $(count SKIP) skipped"
exit "$failed"
