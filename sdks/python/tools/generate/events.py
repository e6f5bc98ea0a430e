"""Emits a class for each kind of event, with what happened laid beside its place."""

from .document import HEADER, Document, docstring
from .models import fields

PLACE = {"taskId", "cursor", "time", "merged"}


def emit(document: Document) -> str:
    out = HEADER.format(title="What happens in a task and in the registry, by `type`.")
    out += (
        "from __future__ import annotations\n\n"
        "from datetime import datetime\n"
        "from typing import Any, Literal\n\n"
        "from pydantic import Field\n"
        "from typing_extensions import TypeAlias\n\n"
        "from .._model import EventModel, TaskEventModel\n"
        "from .models import *  # noqa: F403\n\n"
    ).replace("from .models import *  # noqa: F403", f"from .models import {models_used(document)}")
    out += union(document, "TaskEvent", "", "TaskEventModel")
    out += union(document, "RegistryEvent", "Registry", "EventModel")
    return out


def models_used(document: Document) -> str:
    names = [name for name in document.schemas if not name.endswith("Body") and name != "Health"]
    return "(" + ", ".join(names) + ")"


def union(document: Document, schema: str, prefix: str, base: str) -> str:
    out = ""
    kinds: dict[str, str] = {}
    for kind, property in document.schemas[schema]["properties"].items():
        if kind in PLACE:
            continue
        name = f"{prefix}{kind[0].upper()}{kind[1:]}Event"
        kinds[kind] = name
        out += f"\nclass {name}({base}):\n" + docstring(property["description"])
        out += f'\n    type: Literal["{kind}"] = "{kind}"\n'
        out += fields(document, document.resolve(property)) + "\n"
    table = f"{'task' if not prefix else 'registry'}_events"
    entries = ", ".join(f'"{kind}": {name}' for kind, name in kinds.items())
    out += f"\n{prefix or 'Task'}LogEvent: TypeAlias = {' | '.join(kinds.values())}\n\n"
    return out + f"{table}: dict[str, type[{base}]] = {{{entries}}}\n\n"
