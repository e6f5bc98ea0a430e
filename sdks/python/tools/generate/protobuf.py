"""Compiles proto/ to Python, without what only the gateway reads (HTTP routes, validation)."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.descriptor_pb2 import DescriptorProto, FileDescriptorProto, FileDescriptorSet

KEPT = {
    "smartcall/v1/common.proto": "smartcall/_gen/v1/common.proto",
    "smartcall/v1/agent_service.proto": "smartcall/_gen/v1/agent_service.proto",
    "smartcall/v1/attempt.proto": "smartcall/_gen/v1/attempt.proto",
    "smartcall/v1/communication.proto": "smartcall/_gen/v1/communication.proto",
    "smartcall/v1/link.proto": "smartcall/_gen/v1/link.proto",
    "smartcall/v1/runtime.proto": "smartcall/_gen/v1/runtime.proto",
    "grpc/health/v1/health.proto": "smartcall/_gen/health/health.proto",
    "google/rpc/error_details.proto": "smartcall/_gen/v1/error_details.proto",
    "google/rpc/status.proto": "smartcall/_gen/v1/status.proto",
}


@dataclass(frozen=True)
class ReasonRow:
    """One row of the table of reasons."""

    name: str
    code: int
    http_status: int
    close_code: int
    retryable: bool
    sentence: str


def protoc(arguments: list[str]) -> None:
    """Runs the compiler that grpcio-tools brings."""
    subprocess.run(
        [sys.executable, "-m", "grpc_tools.protoc", *arguments],
        check=True,
        stderr=subprocess.PIPE,
    )


def compile_protos(root: Path) -> FileDescriptorSet:
    """Every descriptor of the contract and what it imports."""
    sources = [root / "proto", root / "third_party"]
    names = [name for name in KEPT if any((source / name).exists() for source in sources)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "image.binpb"
        arguments = [
            *(f"-I{source}" for source in sources),
            f"-I{files('grpc_tools') / '_proto'}",
            f"--descriptor_set_out={out}",
            "--include_imports",
            "smartcall/v1/errors.proto",
            *names,
        ]
        protoc(arguments)
        return FileDescriptorSet.FromString(out.read_bytes())


def emit(descriptors: FileDescriptorSet) -> dict[str, str]:
    """The generated modules and their types, by their path under `_gen`."""
    stripped = FileDescriptorSet(file=[strip(each) for each in descriptors.file])
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "image.binpb"
        image.write_bytes(stripped.SerializeToString())
        out = Path(folder) / "out"
        out.mkdir()
        present = {each.name for each in stripped.file}
        arguments = [
            f"--descriptor_set_in={image}",
            f"--python_out={out}",
            f"--pyi_out={out}",
            *(name for name in KEPT.values() if name in present),
        ]
        protoc(arguments)
        gen = out / "smartcall" / "_gen"
        found = {str(p.relative_to(gen)): p.read_text() for p in sorted(gen.rglob("*.py*"))}
    packages = {str(Path(name).parent / "__init__.py") for name in found}
    return found | dict.fromkeys(packages, '"""Generated from proto/."""\n')


def strip(file: FileDescriptorProto) -> FileDescriptorProto:
    """The file in this package, without options and the imports that only they need."""
    if file.name not in KEPT:
        return file
    kept = FileDescriptorProto()
    kept.CopyFrom(file)
    kept.name = KEPT[file.name]
    kept.ClearField("options")
    kept.ClearField("source_code_info")
    kept.ClearField("service")
    dependencies = [d for d in file.dependency if d in KEPT or d.startswith("google/protobuf/")]
    del kept.dependency[:]
    kept.dependency.extend(KEPT.get(d, d) for d in dependencies)
    # Under names of its own, as a program may have the same contracts from elsewhere.
    kept.package = f"smartcall.gen.{file.package.replace('.', '_')}"
    for message in kept.message_type:
        strip_message(message)
    for enum in kept.enum_type:
        for value in enum.value:
            value.ClearField("options")
    return kept


def strip_message(message: DescriptorProto) -> None:
    # A map's entry is told by its option.
    if not message.options.map_entry:
        message.ClearField("options")
    for field in message.field:
        field.ClearField("options")
        for package in ("smartcall.v1", "grpc.health.v1", "google.rpc"):
            if field.type_name.startswith(f".{package}."):
                own = f".smartcall.gen.{package.replace('.', '_')}."
                field.type_name = own + field.type_name.removeprefix(f".{package}.")
    for oneof in message.oneof_decl:
        oneof.ClearField("options")
    for enum in message.enum_type:
        for value in enum.value:
            value.ClearField("options")
    for nested in message.nested_type:
        strip_message(nested)


def reason_rows(descriptors: FileDescriptorSet) -> list[ReasonRow]:
    """The table of reasons, as the options of the enum's values say it."""
    pool = descriptor_pool.DescriptorPool()
    for file in descriptors.file:
        pool.Add(file)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    image_type: Any = message_factory.GetMessageClass(
        pool.FindMessageTypeByName("google.protobuf.FileDescriptorSet")
    )
    extension: Any = pool.FindExtensionByName("smartcall.v1.reason_info")
    image = image_type.FromString(descriptors.SerializeToString())
    errors = next(file for file in image.file if file.name == "smartcall/v1/errors.proto")
    problem = next(message for message in errors.message_type if message.name == "Problem")
    reason = next(enum for enum in problem.enum_type if enum.name == "Reason")
    return [
        ReasonRow(
            value.name,
            info.code,
            info.http_status,
            info.close_code,
            info.retryable,
            info.sentence,
        )
        for value in reason.value
        if value.number > 0
        for info in [value.options.Extensions[extension]]
    ]
