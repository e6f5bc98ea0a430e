#!/bin/sh
# Makes the generated code of this module anew; `git diff --exit-code` then says whether it stood.
# Needs buf, which the repository's `node_modules/.bin` has.
set -eu
cd "$(dirname "$0")/../../.."
PATH="$PWD/node_modules/.bin:$PATH"
buf generate --template sdks/go/buf.gen.yaml
go -C sdks/go/tools run ./gentypes
