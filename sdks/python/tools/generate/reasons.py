"""Emits the table of reasons."""

from google.protobuf.descriptor_pb2 import FileDescriptorSet

from .document import Document
from .protobuf import ReasonRow, reason_rows

HEADER = '"""The table of reasons.\n\nGenerated from proto/smartcall/v1/errors.proto. Do not edit.\n"""\n\n'


def emit(descriptors: FileDescriptorSet, document: Document) -> str:
    schema = document.schemas["ProblemReason"]
    titles = dict(zip(schema["enum"], schema["x-enum-descriptions"], strict=True))
    rows = reason_rows(descriptors)
    out = HEADER + "from typing import Literal\n\nfrom typing_extensions import TypeAlias\n\n"
    out += "from .._reason_info import ReasonInfo\n\n"
    names = ", ".join(f'"{row.name}"' for row in rows)
    out += f"Reason: TypeAlias = Literal[{names}]\n"
    out += '"""Why something was refused or went wrong; a closed list."""\n\n'
    out += "reasons: dict[Reason, ReasonInfo] = {\n"
    out += "".join(entry(row, titles[row.name].rstrip(".")) for row in rows)
    return out + "}\n" + '"""What each reason means on every face."""\n'


def entry(row: ReasonRow, title: str) -> str:
    return (
        f'    "{row.name}": ReasonInfo(title={title!r}, code={row.code}, '
        f"http_status={row.http_status}, close_code={row.close_code}, "
        f"retryable={row.retryable}, sentence={row.sentence!r}),\n"
    )
