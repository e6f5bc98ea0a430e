"""Emits `tasks` and `agents`, once for each kind of client."""

from .document import HEADER, Document, Method, docstring, snake
from .operations import Argument, answer_of, arguments

TITLES = {"tasks": "The records of calls.", "agents": "The registry: which agents can be called."}
VERBS = {"GET": "get", "POST": "create", "PATCH": "update", "DELETE": "delete"}
RENAMED = {"messages": "send"}


def emit(document: Document) -> str:
    out = HEADER.format(title="What a client has beside `call` and `stream`.")
    out += (
        "from __future__ import annotations\n\n"
        "from collections.abc import Mapping, Sequence\n"
        "from typing import Any\n\n"
        "from typing_extensions import Unpack\n\n"
        "from .._input import CallInput\n"
        "from .._options import RequestOptions\n"
        "from .._pages import AsyncPages, Page, Pages\n"
        "from .._resource import AsyncResource, Resource\n"
        "from . import operations\n"
        f"from .models import ({', '.join(n for n in document.schemas if not n.endswith('Body'))})\n\n"
    ).replace(", Health)", ")")
    for noun, title in TITLES.items():
        methods = {
            name: method
            for method in document.methods
            if not method.is_stream and (name := method_name(method, noun))
        }
        for is_async in (False, True):
            prefix = "Async" if is_async else ""
            out += f"\nclass {prefix}{noun.capitalize()}({prefix}Resource):\n{docstring(title)}"
            # `list` comes last, as its name hides the type.
            for name in sorted(methods, key=lambda name: name == "list"):
                out += member(document, name, methods[name], is_async)
            out += "\n"
    return out


def method_name(method: Method, noun: str) -> str | None:
    """`GET /v1/tasks/{task}` is `get` of tasks, `POST /v1/tasks/{task}/cancel` is `cancel`."""
    _, _, first, *rest = method.path.split("/")
    if first != noun or rest[-1:] == ["calls"]:
        return None
    match len(rest):
        case 0:
            return "list" if method.verb == "GET" else VERBS[method.verb]
        case 1:
            return VERBS[method.verb]
        case _:
            return RENAMED.get(rest[1], rest[1])


def member(document: Document, name: str, method: Method, is_async: bool) -> str:
    args = arguments(document, method)
    answer = answer_of(document, method)
    properties = document.schemas.get(answer, {}).get("properties", {})
    if "nextPageToken" in properties:
        return pages(document, name, method, args, is_async)
    prefix, wait = ("async ", "await ") if is_async else ("", "")
    lines = parameters(args)
    out = f"\n    {prefix}def {name}(self, {lines}**options: Unpack[RequestOptions]) -> {answer}:\n"
    out += docstring(doc(method, args), "        ")
    return (
        out
        + f"        return {wait}self._send(operations.{method.name}({passed(args)}), options)\n"
    )


def pages(
    document: Document, name: str, method: Method, args: list[Argument], is_async: bool
) -> str:
    answer = answer_of(document, method)
    kind, items = next(
        (document.name_of(each["items"]), snake(key))
        for key, each in document.schemas[answer]["properties"].items()
        if each.get("type") == "array"
    )
    args = [arg for arg in args if arg.name != "page_token"]
    prefix = "Async" if is_async else ""
    out = f"\n    def {name}(self, {parameters(args)}**options: Unpack[RequestOptions]) -> {prefix}Pages[{kind}]:\n"
    out += docstring(doc(method, args), "        ")
    awaited = "async " if is_async else ""
    wait = "await " if is_async else ""
    out += (
        f"        {awaited}def read(page_token: str) -> Page[{kind}]:\n"
        f"            answer = {wait}self._send(operations.{method.name}({passed(args)}, page_token=page_token or None), options)\n"
        f"            return Page(answer.{items}, answer.next_page_token)\n\n"
    )
    return out + f"        return {prefix}Pages(read)\n"


def parameters(args: list[Argument]) -> str:
    leading = [arg for arg in args if arg.place in ("path", "input")]
    others = [arg for arg in args if arg not in leading]
    star = ["*"] if others else []
    declared = [*(a.declaration for a in leading), *star, *(a.declaration for a in others)]
    return "".join(f"{each}, " for each in declared)


def passed(args: list[Argument]) -> str:
    return ", ".join(
        arg.name if arg.place in ("path", "input") else f"{arg.name}={arg.name}" for arg in args
    )


def doc(method: Method, args: list[Argument]) -> str:
    lines = [method.spec["description"].strip(), "", "Args:"]
    lines += [f"- {arg.name}: {arg.doc.splitlines()[0]}" for arg in args]
    lines += ["- options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request."]
    lines += ["", "Raises `SmartcallError` with the reason of a refusal."]
    return "\n".join(lines)
