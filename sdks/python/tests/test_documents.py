"""What is written down is so: the README, the examples, the generated code."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from smartcall import Smartcall
from smartcall._gen.reasons import reasons

from .real_gateway import ROOT, RealGateway, find_node, missing

HERE = Path(__file__).resolve().parents[1]
AGENTS = ROOT / "apps" / "demo-agents" / "dist" / "main.js"
BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

needs_gateway = pytest.mark.skipif(missing() is not None, reason=missing() or "")


def snippets() -> list[tuple[str, str, str]]:
    """Of the README: how each is run, the program, and what it prints."""
    blocks: list[tuple[str, str, str]] = BLOCK.findall((HERE / "README.md").read_text())
    found: list[tuple[str, str, str]] = []
    for index, (language, how, text) in enumerate(blocks):
        if language != "python":
            continue
        after = blocks[index + 1] if index + 1 < len(blocks) else ("", "", "")
        found.append((how, text, after[2] if after[1] == "output" else ""))
    return found


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with RealGateway("--log-level", "info") as gateway:
        environment = {**os.environ, "SMARTCALL_URL": gateway.url, "LOG_LEVEL": "silent"}
        command = [find_node() or "node", str(AGENTS)]
        with running(command, environment):
            wait_for(gateway.url, lambda names: {"echo", "eliza", "team"} <= names)
            yield gateway.url


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str]) -> Generator[subprocess.Popen[bytes]]:
    """A program that ends with the block, also when that fails."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
        process.terminate()
        process.wait(60)


def wait_for(url: str, holds: Callable[[set[str]], bool]) -> None:
    with Smartcall(url=url) as smartcall:
        for _ in range(3000):
            if holds({agent.name for agent in smartcall.agents.list() if agent.ready_instances}):
                return
            time.sleep(0.02)
    raise AssertionError("the agents never came")


def run(program: list[str], url: str) -> str:
    environment = {**os.environ, "SMARTCALL_URL": url}
    done = subprocess.run(
        [sys.executable, *program], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def matches(output: str, want: str) -> bool:
    """Whether it is as written, where `…` stands for anything."""
    pattern = ".*".join(re.escape(piece) for piece in want.strip().split("…"))
    return re.fullmatch(pattern, output.strip(), re.DOTALL) is not None


@needs_gateway
@pytest.mark.parametrize(
    ("program", "want"), [(text, want) for how, text, want in snippets() if how == "run"]
)
def test_a_snippet_prints_what_the_readme_says(url: str, program: str, want: str) -> None:
    output = run(["-c", program.replace("http://127.0.0.1:8080", url)], url)
    assert matches(output, want), output


@needs_gateway
def test_the_agent_of_the_readme(url: str) -> None:
    [program] = [text for how, text, _ in snippets() if how.startswith("agent=")]
    environment = {**os.environ, "SMARTCALL_URL": url}
    with running([sys.executable, "-c", program], environment) as process:
        wait_for(url, lambda names: "greeter" in names)
        with Smartcall(url=url) as smartcall:
            task = smartcall.call("greeter", {"data": {"name": "Ann"}})
            assert task.output_text.strip() == "Hello Ann."
    assert process.returncode == 0


@needs_gateway
@pytest.mark.parametrize(
    ("name", "want"),
    [
        (
            "python-sync",
            "agents: …calculator, echo, …\n19 * 3 = 57\nI am sorry…ended: TERMINAL\n"
            "refused: AGENT_NOT_FOUND",
        ),
        ("python-async", "squares: 1, 4, 9, 16, 25\neliza: …\neliza: …\neliza: …"),
    ],
)
def test_an_example(url: str, name: str, want: str) -> None:
    output = run([str(HERE / "examples" / name / "main.py"), url], url)
    assert matches(output, want), output


@needs_gateway
def test_the_example_of_agents(url: str) -> None:
    program = str(HERE / "examples" / "python-agent" / "main.py")
    with running([sys.executable, program, url], dict(os.environ)) as process:
        wait_for(url, lambda names: {"invoice", "buyer"} <= names)
        with Smartcall(url=url) as smartcall:
            asked = smartcall.call("buyer", "Please.")
            assert asked.prompt and asked.prompt.text == "That makes 2200 cents. Buy it?"
            smartcall.tasks.send(asked.id, "yes")
            assert smartcall.watch(asked.id).text() == "Bought."
    assert process.returncode == 0


def test_the_reasons_are_those_of_the_table() -> None:
    page = ROOT / "docs" / "errors.md"
    if not page.exists():
        pytest.skip("the table is not beside this package")
    rows = re.findall(
        r"^\| `(\w+)` \| (\d+) \| \w+ \| (\d+) \| (yes|no) \| (.*) \|$",
        page.read_text(),
        re.MULTILINE,
    )
    assert [
        (name, info.http_status, info.close_code, info.retryable, info.sentence)
        for name, info in reasons.items()
    ] == [(r[0], int(r[1]), int(r[2]), r[3] == "yes", r[4]) for r in rows]
