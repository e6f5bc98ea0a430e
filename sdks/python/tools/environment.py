"""Makes .venv with all that the tests need; several may ask for it at once.

Needs nothing but Python. Ends with 77, and one line on standard error, where it cannot be made here.
"""

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
PLACE = HERE / ".venv"
STAMP = PLACE / "stamp"
# No version at all of a package that everybody has: no index answers.
UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectTimeoutError|NameResolutionError|ProxyError|Read timed out"
    r"|from versions: none"
)


def wanted_stamp() -> str:
    """What the environment is made of."""
    said = hashlib.sha256(sys.version.encode())
    for name in ("pyproject.toml", "requirements-dev.txt"):
        said.update((HERE / name).read_bytes())
    return said.hexdigest()


def make() -> int:
    """Makes it anew, and answers the exit code."""
    try:
        import venv

        import_module("ensurepip")
    except ImportError:
        print("this Python has no venv", file=sys.stderr)
        return 77
    shutil.rmtree(PLACE, ignore_errors=True)
    venv.create(PLACE, with_pip=True)
    install = [str(PLACE / "bin" / "python"), "-m", "pip", "install", "-q"]
    what = ["-e", ".[agent,websocket]", "-r", "requirements-dev.txt"]
    done = subprocess.run([*install, *what], cwd=HERE, text=True, capture_output=True)
    if done.returncode == 0:
        STAMP.write_text(wanted_stamp())
        return 0
    output = done.stdout + done.stderr
    why = next((line for line in output.splitlines() if UNREACHABLE.search(line)), None)
    if why is None:
        print(output, file=sys.stderr)
        return 1
    print(f"its packages cannot be fetched: {why.strip()}", file=sys.stderr)
    return 77


def main() -> int:
    """Makes it where it does not stand yet."""
    with (HERE / ".venv.log").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if STAMP.exists() and STAMP.read_text() == wanted_stamp():
            return 0
        return make()


if __name__ == "__main__":
    sys.exit(main())
