"""What the generator needs to know of an OpenAPI document."""

import re
import textwrap
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

HEADER = '"""{title}\n\nGenerated from openapi/smartcall.v1.yaml. Do not edit.\n"""\n\n'


def snake(name: str) -> str:
    """`contextId` as `context_id`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def docstring(text: str, indent: str = "    ") -> str:
    """A docstring of these sentences."""
    text = text.strip().replace("\\", "\\\\")
    first, *rest = textwrap.dedent(text).split("\n")
    lines = textwrap.wrap(first, 96) + [
        wrapped
        for line in rest
        for wrapped in (
            textwrap.wrap(line, 96, subsequent_indent="  " * line.startswith("- ")) or [""]
        )
    ]
    if len(lines) == 1 and len(lines[0]) < 90:
        return f'{indent}"""{lines[0]}"""\n'
    body = "\n".join(f"{indent}{line}".rstrip() for line in lines)
    return f'{indent}"""{body.strip()}\n{indent}"""\n'


@dataclass(frozen=True)
class Method:
    """One operation of the document."""

    verb: str
    path: str
    spec: Json

    @property
    def name(self) -> str:
        return snake(self.spec["operationId"])

    @property
    def is_stream(self) -> bool:
        return "text/event-stream" in self.spec["responses"]["200"].get("content", {})

    @property
    def answer(self) -> Json:
        return self.spec["responses"]["200"]["content"]["application/json"]["schema"]

    @property
    def body(self) -> Json | None:
        content = self.spec.get("requestBody", {}).get("content", {})
        return content.get("application/json", {}).get("schema")


class Document:
    """Schemas and operations, with references resolved."""

    def __init__(self, root: Json) -> None:
        self.root = root
        self.schemas: dict[str, Json] = root["components"]["schemas"]
        self.methods = [
            Method(verb.upper(), path, spec)
            for path, item in root["paths"].items()
            for verb, spec in item.items()
            if path.startswith("/v1/")
        ]

    def resolve(self, schema: Json) -> Json:
        """What a reference names; anything else as it is."""
        while "$ref" in schema:
            node: Any = self.root
            for key in schema["$ref"].removeprefix("#/").split("/"):
                node = node[key]
            schema = node
        return schema

    def name_of(self, schema: Json) -> str | None:
        """The name of a schema that is referred to."""
        ref = schema.get("$ref")
        return ref.rsplit("/", 1)[1] if ref else None

    def parameters(self, method: Method) -> list[Json]:
        """The parameters of an operation, resolved."""
        return [self.resolve(each) for each in method.spec.get("parameters", [])]

    def is_input(self, name: str) -> bool:
        """Whether a schema is one that callers write."""
        return self.schemas[name].get("additionalProperties") is False

    def answered_enums(self) -> set[str]:
        """Enums that answers have, which newer gateways may widen."""
        return {
            ref
            for name, schema in self.schemas.items()
            if not self.is_input(name)
            for each in schema.get("properties", {}).values()
            for ref in [self.name_of(each) or self.name_of(each.get("items", {}))]
            if ref and "enum" in self.schemas[ref]
        }
