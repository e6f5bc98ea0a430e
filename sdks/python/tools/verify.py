"""Runs everything that must hold, and counts it: `python -m tools.verify`.

Its last line is `N passed, N failed, N skipped`, and it ends with 1 when something failed.
"""

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]


def run(*command: str) -> tuple[bool, str]:
    done = subprocess.run(command, cwd=HERE, text=True, capture_output=True)
    return done.returncode == 0, done.stdout + done.stderr


def check(name: str, *command: str) -> bool:
    """Runs a program that says nothing worth reading when all is well."""
    is_well, output = run(*command)
    print(f"{'ok' if is_well else 'FAILED'}  {name}", flush=True)
    if not is_well:
        print(output)
    return is_well


def build_and_install() -> bool:
    """Builds wheel and sdist, and imports what was built in an environment of its own."""
    with tempfile.TemporaryDirectory() as folder:
        python = sys.executable
        if not check(
            "wheel and sdist", python, "-m", "build", "--outdir", folder, "--no-isolation"
        ):
            return False
        [wheel] = Path(folder).glob("*.whl")
        place = Path(folder) / "env"
        venv.create(place, with_pip=True)
        own = str(place / "bin" / "python")
        install = [own, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        program = (
            "import importlib.util, smartcall, sys; from pathlib import Path; "
            "assert (Path(smartcall.__file__).parent / 'py.typed').exists(); "
            # The extras are extras.
            "assert importlib.util.find_spec('grpc') is None; "
            "assert importlib.util.find_spec('websockets') is None"
        )
        return check("the wheel installs", *install, str(wheel)) and check(
            "the wheel alone is enough to call", own, "-c", program
        )


def main() -> int:
    python = sys.executable
    checks = [
        check("ruff format", python, "-m", "ruff", "format", "--check", "."),
        check("ruff", python, "-m", "ruff", "check", "."),
        check("pyright strict", python, "-m", "pyright"),
        check("generated code", python, "-m", "tools.generate", "--check"),
        build_and_install(),
    ]
    _, output = run(python, "-m", "pytest", "-rs")
    print(output)
    counts = {
        word: int(number)
        for number, word in re.findall(r"(\d+) (passed|failed|skipped|error)", output)
    }
    failed = checks.count(False) + counts.get("failed", 0) + counts.get("error", 0)
    passed = checks.count(True) + counts.get("passed", 0)
    # A run that counted nothing has not run.
    failed += 0 if counts else 1
    print(f"{passed} passed, {failed} failed, {counts.get('skipped', 0)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
