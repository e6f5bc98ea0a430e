"""Writes src/smartcall/_gen from openapi/ and proto/: `python -m tools.generate [--check]`."""

import argparse
import subprocess
import sys
from pathlib import Path

import yaml

from . import events, models, operations, protobuf, reasons, resources
from .document import Document

HERE = Path(__file__).resolve().parents[2]
ROOT = HERE.parents[1]
GEN = HERE / "src" / "smartcall" / "_gen"


def generate() -> dict[str, str]:
    """Every generated file by its path under `_gen`."""
    text = (ROOT / "openapi" / "smartcall.v1.yaml").read_text()
    document = Document(yaml.safe_load(text))
    descriptors = protobuf.compile_protos(ROOT)
    files = {
        "__init__.py": '"""Generated from the contract."""\n',
        "models.py": models.emit(document),
        "events.py": events.emit(document),
        "operations.py": operations.emit(document),
        "resources.py": resources.emit(document),
        "reasons.py": reasons.emit(descriptors, document),
    }
    return {name: formatted(name, text) for name, text in files.items()} | protobuf.emit(
        descriptors
    )


def formatted(name: str, text: str) -> str:
    """The text as ruff writes it."""
    ruff = [sys.executable, "-m", "ruff"]
    for command in (
        ["check", "--quiet", "--fix", "--select", "I,F401,UP"],
        ["format", "--quiet"],
    ):
        text = subprocess.run(
            [*ruff, *command, "--stdin-filename", str(GEN / name), "-"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            cwd=HERE,
        ).stdout
    return text


def main() -> int:
    """Writes the files, or with --check says which differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    check: bool = parser.parse_args().check
    files = generate()
    stale = [
        path
        for path in GEN.rglob("*.py*")
        if path.suffix in (".py", ".pyi") and str(path.relative_to(GEN)) not in files
    ]
    differing = [
        name
        for name, text in files.items()
        if not (GEN / name).exists() or (GEN / name).read_text() != text
    ]
    if check:
        for name in [*differing, *map(str, stale)]:
            print(f"not as generated: {name}", file=sys.stderr)
        return 1 if differing or stale else 0
    for path in stale:
        path.unlink()
    for name in differing:
        (GEN / name).parent.mkdir(parents=True, exist_ok=True)
        (GEN / name).write_text(files[name])
    print(f"{len(files)} files, {len(differing)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
