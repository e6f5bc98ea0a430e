"""The contract's Python code, made from the proto files when a program starts.

Nothing generated is kept: the code lies in a temporary folder for as long as the program runs.
"""

import atexit
import importlib
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from types import ModuleType

from grpc_tools import protoc

ROOT = Path(__file__).resolve().parents[2]
ROOTS = [ROOT / "proto", ROOT / "third_party"]


def load(*names: str) -> list[ModuleType]:
    """Modules of the contract, such as ``runtime_pb2_grpc`` for ``proto/smartcall/v1/runtime.proto``.

    Raises RuntimeError when the proto files do not compile.
    """
    out = tempfile.mkdtemp(prefix="smartcall-contract-")
    atexit.register(shutil.rmtree, out, ignore_errors=True)
    well_known = str(files("grpc_tools") / "_proto")
    protos = [str(p.relative_to(root)) for root in ROOTS for p in sorted(root.rglob("*.proto"))]
    status = protoc.main(
        [
            "protoc",
            *(f"-I{root}" for root in ROOTS),
            f"-I{well_known}",
            f"--python_out={out}",
            f"--grpc_python_out={out}",
            *protos,
        ]
    )
    if status != 0:
        raise RuntimeError(f"protoc ended with {status}")
    sys.path.insert(0, out)
    return [importlib.import_module(f"smartcall.v1.{name}") for name in names]
