"""Runs agent.py or client.py with what it needs, in a virtual environment of its own.

    python3 run.py agent --port 50051
    python3 run.py client agents

The first run makes .venv and installs requirements.txt into it; `python3 run.py setup` does only
that. Needs Python 3.10 or newer.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"
REQUIREMENTS = HERE / "requirements.txt"


def set_up() -> None:
    """Makes the environment unless it has just these requirements."""
    wanted = REQUIREMENTS.read_text()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    venv.create(VENV, with_pip=True, clear=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", REQUIREMENTS], check=True, stdout=sys.stderr)
    STAMP.write_text(wanted)


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in ("agent", "client", "setup"):
        print(__doc__, file=sys.stderr)
        return 2
    set_up()
    if sys.argv[1] == "setup":
        return 0
    command = [str(PYTHON), str(HERE / f"{sys.argv[1]}.py"), *sys.argv[2:]]
    if os.name == "nt":
        return subprocess.run(command).returncode
    # In place of this process, so that a signal to it reaches the program.
    os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main())
