"""The Python SDK, held to the vectors. `main.py sync | async | agent`."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from typing import Any

from said import to_json_error

writing = threading.Lock()


def answer(line: dict[str, Any]) -> None:
    """Writes one line, whichever thread it is."""
    with writing:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def run_threads() -> None:
    """Makes the calls of the synchronous client, a thread for each."""
    from run_sync import run

    given_up: set[str] = set()

    def work(told: dict[str, Any]) -> None:
        result = run(told)
        if told["id"] not in given_up:
            answer({"id": told["id"], "result": result})

    answer({"ready": True})
    for line in sys.stdin:
        told = json.loads(line)
        if told["do"] == "run":
            threading.Thread(target=work, args=(told,), daemon=True).start()
        else:
            given_up.add(told["id"])
            why = "a synchronous call cannot be given up from outside"
            answer({"id": told["id"], "skipped": why})


async def run_tasks(role: str) -> None:
    """Makes the calls of the asynchronous client, or attaches agents, a task for each."""
    from run_agent import run_agent
    from run_async import run

    tasks: dict[str, asyncio.Task[None]] = {}
    closings: dict[str, asyncio.Event] = {}

    async def work(told: dict[str, Any]) -> None:
        result: dict[str, Any] = {}
        try:
            if role == "agent":
                result = await run_agent(told, closings[told["id"]])
            else:
                await run(told, result)
        except asyncio.CancelledError:
            # As asyncio gives up: there is no other reason.
            result["error"] = {"reason": "CANCELED"}
        except Exception as error:
            result["error"] = to_json_error(error)
        answer({"id": told["id"], "result": result})

    answer({"ready": True})
    while line := await asyncio.to_thread(sys.stdin.readline):
        told = json.loads(line)
        id = told["id"]
        if told["do"] == "run":
            closings[id] = asyncio.Event()
            tasks[id] = asyncio.create_task(work(told))
        elif role == "agent":
            closings[id].set()
        else:
            tasks[id].cancel()


if sys.argv[1] == "sync":
    run_threads()
else:
    asyncio.run(run_tasks(sys.argv[1]))
