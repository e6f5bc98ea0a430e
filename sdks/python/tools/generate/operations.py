"""Emits a function for each operation that answers the request to send."""

from dataclasses import dataclass

from .document import HEADER, Document, Json, Method, docstring, snake
from .models import type_of

# The client itself says these.
OWN_HEADERS = {"X-Request-Id", "Request-Timeout"}


@dataclass(frozen=True)
class Argument:
    """One argument of an operation's function."""

    name: str
    kind: str
    is_required: bool
    doc: str
    # How the request says it: "path", "query", "header", "body", "input" or "whole".
    place: str
    wire: str
    schema: Json

    @property
    def declaration(self) -> str:
        return f"{self.name}: {self.kind}" + ("" if self.is_required else " | None = None")


def emit(document: Document) -> str:
    out = HEADER.format(title="The requests of the REST face.")
    out += (
        "from __future__ import annotations\n\n"
        "from collections.abc import Mapping, Sequence\n"
        "from typing import Any\n\n"
        "from .._input import CallInput, to_body, to_input_body\n"
        "from .._operation import Operation, nothing, path_segment, seconds, without_none\n"
        f"from .models import ({', '.join(n for n in document.schemas if not n.endswith('Body'))})\n\n"
    ).replace(", Health)", ")")
    return out + "".join(function(document, method) for method in document.methods)


def arguments(document: Document, method: Method) -> list[Argument]:
    """What a caller of the operation says, in the order of the document."""
    found = [
        parameter(document, each)
        for each in document.parameters(method)
        if each["name"] not in OWN_HEADERS
    ]
    if method.body is None:
        return found
    name = document.name_of(method.body) or ""
    body = document.resolve(method.body)
    doc = body["description"]
    if not name.endswith(("Body", "Request")):
        kind = f"{name} | Mapping[str, Any]"
        return [*found, Argument("card", kind, True, doc, "whole", "", method.body)]
    properties: dict[str, Json] = body["properties"]
    if {"text", "data", "message"} <= properties.keys():
        found.append(Argument("input", "CallInput", True, "The input.", "input", "", body))
        properties = {k: v for k, v in properties.items() if k not in ("text", "data", "message")}
    required = body.get("required", ())
    return found + [
        Argument(
            snake(key),
            written_type(document, schema),
            key in required,
            schema["description"],
            "body",
            key,
            schema,
        )
        for key, schema in properties.items()
    ]


def parameter(document: Document, each: Json) -> Argument:
    schema = each["schema"]
    pattern = schema.get("pattern", "")
    kind = type_of(document, schema)
    if pattern.endswith("s$"):
        kind = "float"
    elif each["name"] == "updateMask":
        kind = "Sequence[str]"
    elif schema.get("type") == "array":
        kind = f"Sequence[{type_of(document, schema['items'])}]"
    name = snake(each["name"].replace("-", "_")).replace("__", "_").replace("_i_d", "_id")
    doc = each["description"].replace("most 60 s", "most 60 seconds")
    return Argument(name, kind, each.get("required", False), doc, each["in"], each["name"], schema)


def written_type(document: Document, schema: Json) -> str:
    """What a caller may write: a model or its JSON."""
    name = document.name_of(schema)
    if name and "enum" not in document.schemas[name]:
        return f"{name} | Mapping[str, Any]"
    if schema.get("type") == "array":
        return f"Sequence[{written_type(document, schema['items'])}]"
    if schema.get("type") == "object":
        return "Mapping[str, Any]"
    return type_of(document, schema)


def answer_of(document: Document, method: Method) -> str:
    return "None" if method.is_stream else document.name_of(method.answer) or "None"


def function(document: Document, method: Method) -> str:
    args = arguments(document, method)
    answer = answer_of(document, method)
    out = f"\ndef {method.name}({signature(args)}) -> Operation[{answer}]:\n"
    out += docstring(method.spec["summary"] + ".")
    path = '"' + method.path + '"'
    for arg in args:
        if arg.place == "path":
            path = path.replace(f"{{{arg.wire}}}", f"{{path_segment('{arg.wire}', {arg.name})}}")
    out += "    return Operation(\n"
    out += f'        method="{method.verb}",\n        path={"f" if "{" in path else ""}{path},\n'
    queries = [arg for arg in args if arg.place == "query"]
    headers = [arg for arg in args if arg.place == "header"]
    if queries:
        out += f"        query=without_none({{{entries(queries)}}}),\n"
    if headers:
        out += f"        headers=without_none({{{entries(headers)}}}),\n"
    body = ", ".join(
        f"**to_input_body({arg.name})"
        if arg.place == "input"
        else f'"{arg.wire}": to_body({arg.name}, {input_model(arg)})'
        for arg in args
        if arg.place in ("input", "body")
    )
    if body:
        out += f"        body=without_none({{{body}}}),\n"
    for arg in args:
        if arg.place == "whole":
            out += f"        body=to_body({arg.name}, {input_model(arg)}),\n"
    parse = "nothing" if answer == "None" else f"{answer}.parse"
    return out + f"        parse={parse},\n    )\n\n"


def signature(args: list[Argument]) -> str:
    leading = [arg for arg in args if arg.place in ("path", "input")]
    others = [arg for arg in args if arg not in leading]
    # callTarget names its agent in the body.
    star = ["*"] if others else []
    return ", ".join([*(a.declaration for a in leading), *star, *(a.declaration for a in others)])


def entries(args: list[Argument]) -> str:
    return ", ".join(f'"{arg.wire}": {said(arg)}' for arg in args)


def said(arg: Argument) -> str:
    if arg.schema.get("pattern", "").endswith("s$"):
        return f"seconds({arg.name})"
    if arg.wire == "updateMask":
        return f"None if {arg.name} is None else ','.join({arg.name})"
    return arg.name


def input_model(arg: Argument) -> str:
    for schema in (arg.schema, arg.schema.get("items", {})):
        name = schema.get("$ref", "").rsplit("/", 1)[-1]
        if name and name.endswith("Input"):
            return name
    return "None"
