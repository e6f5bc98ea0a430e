#!/bin/sh
# Makes the environment .venv, unless it stands as pyproject.toml and requirements-dev.txt want it.
# Ends with 77, and one line that says why, where the machine has nothing to make it of.
set -u
cd "$(dirname "$0")"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

python=
for each in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do
	if "$each" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
		python=$each
		break
	fi
done
if [ -z "$python" ]; then
	echo "there is no Python of 3.10 or newer on this machine" >&2
	exit 77
fi
exec "$python" tools/environment.py
