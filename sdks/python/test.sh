#!/bin/sh
# Makes an environment in .venv, unless it stands, and runs all that must hold in it. What fails
# has a line `failed NAME`, what is skipped `skipped NAME: WHY`, and the last line counts:
# `python: N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")"
unset SMARTCALL_URL SMARTCALL_API_KEY SMARTCALL_TOKEN SMARTCALL_LOG
# Pyright runs on Node, which the workspace brings.
PATH="$PWD/../../node_modules/.bin:$PATH"
export PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

why=$(./environment.sh 2>&1)
case $? in
0) exec .venv/bin/python -m tools.verify ;;
77)
	echo "skipped Python SDK: $why"
	echo "python: 0 passed, 0 failed, 1 skipped"
	;;
*)
	echo "$why"
	echo "python: 0 passed, 1 failed"
	exit 1
	;;
esac
