"""Runs everything that must hold, and counts it: `python -m tools.verify`.

Its last line is `python: N passed, N failed, N skipped`, what fails has a line `failed NAME`, what is
skipped `skipped NAME: WHY`, and it ends with 1 when something failed.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
RUNNER = HERE.parents[1] / "conformance" / "runners" / "python"
RUFF = ["--config", "pyproject.toml", ".", *([str(RUNNER)] if RUNNER.exists() else [])]


def run(*command: str) -> tuple[bool, str]:
    """Runs a program; whether it ended well, and all it said."""
    done = subprocess.run(command, cwd=HERE, text=True, capture_output=True)
    return done.returncode == 0, done.stdout + done.stderr


def check(name: str, *command: str) -> bool:
    """Runs a program that says nothing worth reading when all is well."""
    is_well, output = run(*command)
    print(f"{'ok' if is_well else 'failed'} {name}", flush=True)
    if not is_well:
        print(output)
    return is_well


def install_what_is_built() -> list[bool]:
    """Builds wheel and sdist, and imports what was built in an environment of its own."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        build = [python, "-m", "build", "--no-isolation", "--outdir", folder]
        if not check("wheel and sdist", *build):
            return [False]
        [wheel] = Path(folder).glob("*.whl")
        place = Path(folder) / "env"
        venv.create(place, with_pip=False)
        own = str(place / "bin" / "python")
        install = [python, "-m", "pip", "--python", own, "install", "-q", str(wheel)]
        program = (
            "import importlib.util, smartcall, sys; from pathlib import Path; "
            "assert (Path(smartcall.__file__).parent / 'py.typed').exists(); "
            # The extras are extras.
            "assert importlib.util.find_spec('grpc') is None; "
            "assert importlib.util.find_spec('websockets') is None"
        )
        is_installed = check("the wheel installs", *install)
        return [True, is_installed and check("the wheel is enough to call", own, "-c", program)]


def types() -> list[bool]:
    """What pyright says, where there is the Node that it runs on."""
    if shutil.which("node") is None:
        print("skipped pyright strict: there is no Node")
        return []
    return [check("pyright strict", sys.executable, "-m", "pyright")]


def main() -> int:
    """Runs all of it, and answers the exit code."""
    python = sys.executable
    ruff = [python, "-m", "ruff"]
    checks = [
        check("ruff format", *ruff, "format", "--check", *RUFF),
        check("ruff", *ruff, "check", *RUFF),
        *(typed := types()),
        check("generated code", python, "-m", "tools.generate", "--check"),
        *install_what_is_built(),
    ]
    is_well, output = run(python, "-m", "pytest", "-rsfE", "--no-fold-skipped")
    print(re.sub(r"^SKIPPED (?:\[\d+\] )?(\S+) - ", r"skipped \1: ", output, flags=re.MULTILINE))
    for name in re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", output, flags=re.MULTILINE):
        print(f"failed {name}")
    summary = output.rstrip().rpartition("\n")[2]
    counts = {
        word: int(number)
        for number, word in re.findall(r"(\d+) (passed|failed|skipped|error)", summary)
    }
    failed = checks.count(False) + counts.get("failed", 0) + counts.get("error", 0)
    # A run that counted nothing, or ended badly without a failure, has not run.
    failed += 1 if not counts or (not is_well and failed == checks.count(False)) else 0
    passed = checks.count(True) + counts.get("passed", 0)
    skipped = counts.get("skipped", 0) + (0 if typed else 1)
    print(f"python: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
