#!/bin/sh
# Makes an environment in .venv, unless it stands, and runs all that must hold in it. What fails
# has a line `failed NAME`, what is skipped `skipped NAME: WHY`, and the last line counts: `python: N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")"
unset SMARTCALL_URL SMARTCALL_API_KEY SMARTCALL_TOKEN SMARTCALL_LOG
# Pyright runs on Node, which the workspace brings.
PATH="$PWD/../../node_modules/.bin:$PATH"
export PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

skip() {
	echo "skipped Python SDK: $1"
	echo "python: 0 passed, 0 failed, 1 skipped"
	exit 0
}

python=
for each in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do
	if "$each" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
		python=$each
		break
	fi
done
[ -n "$python" ] || skip "there is no Python of 3.10 or newer on this machine"
"$python" -c 'import ensurepip, venv' 2>/dev/null || skip "this Python has no venv"

stamp="$("$python" --version) $(cat pyproject.toml requirements-dev.txt | cksum)"
if [ "$(cat .venv/stamp 2>/dev/null)" != "$stamp" ]; then
	rm -rf .venv
	if ! { "$python" -m venv .venv &&
		.venv/bin/python -m pip install -q -e '.[agent,websocket]' -r requirements-dev.txt; } >.venv.log 2>&1; then
		cat .venv.log
		# No version at all of a package that everybody has: no index answers.
		lost='NewConnectionError|ConnectTimeoutError|NameResolutionError|ProxyError|Read timed out|from versions: none'
		if why=$(grep -m 1 -E "$lost" .venv.log); then
			skip "its packages cannot be fetched: $why"
		fi
		echo "python: 0 passed, 1 failed"
		exit 1
	fi
	echo "$stamp" >.venv/stamp
fi
exec .venv/bin/python -m tools.verify
