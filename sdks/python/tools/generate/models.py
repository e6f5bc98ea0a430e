"""Emits pydantic models of the document's schemas."""

from .document import HEADER, Document, Json, docstring, snake

MIXINS = {"Message": "MessageText", "Task": "TaskText"}
SKIPPED = {"Health"}


def emit(document: Document) -> str:
    out = HEADER.format(title="What is sent and answered.")
    out += (
        "from __future__ import annotations\n\n"
        "from datetime import datetime\n"
        "from typing import Any, Literal\n\n"
        "from pydantic import Field\n"
        "from typing_extensions import TypeAlias\n\n"
        "from .._model import Base64, InputModel, MessageText, Model, TaskText\n\n"
    )
    open_enums = document.answered_enums()
    for name, schema in document.schemas.items():
        if name in SKIPPED or name.endswith("Body"):
            continue
        out += enum(name, schema, name in open_enums) if "enum" in schema else model(document, name)
    return out


def enum(name: str, schema: Json, is_open: bool) -> str:
    values = ", ".join(f'"{value}"' for value in schema["enum"])
    return (
        f"{name}: TypeAlias = Literal[{values}]{' | str' if is_open else ''}\n"
        + docstring(schema["description"], "")
        + "\n"
    )


def model(document: Document, name: str) -> str:
    schema = document.schemas[name]
    is_input = document.is_input(name)
    mixin = MIXINS.get(name)
    bases = "InputModel" if is_input else ", ".join(filter(None, [mixin, "Model"]))
    out = f"\nclass {name}({bases}):\n" + docstring(schema["description"])
    return out + fields(document, schema, is_input) + "\n"


def fields(document: Document, schema: Json, is_input: bool = False) -> str:
    """The fields of a model, the required ones first."""
    required = set(schema.get("required", ()))
    properties: dict[str, Json] = schema["properties"]
    out = ""
    for key in sorted(properties, key=lambda key: key not in required):
        out += f"\n    {snake(key)}: {annotation(document, properties[key], key in required, is_input)}\n"
        out += docstring(properties[key]["description"])
    return out


def annotation(document: Document, schema: Json, is_required: bool, is_input: bool) -> str:
    kind = type_of(document, schema)
    if is_required:
        return kind
    default = None if is_input else schema.get("default")
    if default is None:
        return "Any = None" if kind == "Any" else f"{kind} | None = None"
    if isinstance(default, (list, dict)):
        # Written as text, as the model of the items may come later.
        factory = f'list["{kind[5:-1]}"]' if isinstance(default, list) else kind
        return f"{kind} = Field(default_factory={factory})"
    return f"{kind} = {default!r}"


def type_of(document: Document, schema: Json) -> str:
    """The Python type of a schema."""
    name = document.name_of(schema)
    if name:
        return name
    match schema.get("type"):
        case "string" if schema.get("format") == "date-time":
            return "datetime"
        case "string" if schema.get("contentEncoding") == "base64":
            return "Base64"
        case "string":
            return "str"
        case "integer":
            return "int"
        case "number":
            return "float"
        case "boolean":
            return "bool"
        case "array":
            return f"list[{type_of(document, schema['items'])}]"
        case "object":
            more = schema.get("additionalProperties", True)
            return f"dict[str, {'Any' if more is True else type_of(document, more)}]"
        case _:
            return "Any"
