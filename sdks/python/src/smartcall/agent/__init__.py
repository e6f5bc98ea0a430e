"""Writes agents: a name, a description and a function; then `attach` or `serve` them."""

from .._error import SmartcallError
from .._gen.models import Message, Part, Skill
from ._attach import Attachment, attach
from ._context import AgentContext, SyncAgentContext
from ._definition import Agent, agent
from ._events import AgentEvent, answer, artifact, progress, tool_call, usage
from ._run_agent import AgentRun, run_agent
from ._serve import AgentServer, serve

__all__ = [
    "Agent",
    "AgentContext",
    "AgentEvent",
    "AgentRun",
    "AgentServer",
    "Attachment",
    "Message",
    "Part",
    "Skill",
    "SmartcallError",
    "SyncAgentContext",
    "agent",
    "answer",
    "artifact",
    "attach",
    "progress",
    "run_agent",
    "serve",
    "tool_call",
    "usage",
]
