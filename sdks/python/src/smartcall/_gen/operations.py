"""The requests of the REST face.

Generated from openapi/smartcall.v1.yaml. Do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._input import CallInput, to_body, to_input_body
from .._operation import Operation, nothing, path_segment, seconds, without_none
from .models import (
    Agent,
    AgentCard,
    AgentCardInput,
    AgentEndpointInput,
    CallRequestOnDisconnect,
    ListAgentsResponse,
    ListInstancesResponse,
    ListTasksResponse,
    Task,
    TaskEventGapPolicy,
    TaskState,
)


def call(
    agent: str,
    input: CallInput,
    *,
    idempotency_key: str | None = None,
    prefer: str | None = None,
    context_id: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    on_disconnect: CallRequestOnDisconnect | None = None,
) -> Operation[Task]:
    """Calls an agent and waits for the task to end or to ask for input."""
    return Operation(
        method="POST",
        path=f"/v1/agents/{path_segment('agent', agent)}/calls",
        headers=without_none({"Idempotency-Key": idempotency_key, "Prefer": prefer}),
        body=without_none(
            {
                **to_input_body(input),
                "contextId": to_body(context_id, None),
                "metadata": to_body(metadata, None),
                "onDisconnect": to_body(on_disconnect, None),
            }
        ),
        parse=Task.parse,
    )


def call_target(
    input: CallInput,
    *,
    idempotency_key: str | None = None,
    prefer: str | None = None,
    agent: str,
    context_id: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    on_disconnect: CallRequestOnDisconnect | None = None,
) -> Operation[Task]:
    """Calls an agent and waits for the task to end or to ask for input."""
    return Operation(
        method="POST",
        path="/v1/calls",
        headers=without_none({"Idempotency-Key": idempotency_key, "Prefer": prefer}),
        body=without_none(
            {
                **to_input_body(input),
                "agent": to_body(agent, None),
                "contextId": to_body(context_id, None),
                "metadata": to_body(metadata, None),
                "onDisconnect": to_body(on_disconnect, None),
            }
        ),
        parse=Task.parse,
    )


def list_tasks(
    *,
    agent: str | None = None,
    context_id: str | None = None,
    states: Sequence[TaskState] | None = None,
    page_size: int | None = None,
    page_token: str | None = None,
) -> Operation[ListTasksResponse]:
    """Lists tasks, the newest first."""
    return Operation(
        method="GET",
        path="/v1/tasks",
        query=without_none(
            {
                "agent": agent,
                "contextId": context_id,
                "states": states,
                "pageSize": page_size,
                "pageToken": page_token,
            }
        ),
        parse=ListTasksResponse.parse,
    )


def get_task(task: str, *, wait: float | None = None) -> Operation[Task]:
    """Gets a task."""
    return Operation(
        method="GET",
        path=f"/v1/tasks/{path_segment('task', task)}",
        query=without_none({"wait": seconds(wait)}),
        parse=Task.parse,
    )


def cancel_task(task: str, *, reason: str | None = None) -> Operation[Task]:
    """Cancels a task."""
    return Operation(
        method="POST",
        path=f"/v1/tasks/{path_segment('task', task)}/cancel",
        body=without_none({"reason": to_body(reason, None)}),
        parse=Task.parse,
    )


def send_message(task: str, input: CallInput) -> Operation[Task]:
    """Sends a further message to a running task, such as the input that it asks for."""
    return Operation(
        method="POST",
        path=f"/v1/tasks/{path_segment('task', task)}/messages",
        body=without_none({**to_input_body(input)}),
        parse=Task.parse,
    )


def stream_call(
    agent: str,
    input: CallInput,
    *,
    idempotency_key: str | None = None,
    context_id: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    on_disconnect: CallRequestOnDisconnect | None = None,
) -> Operation[None]:
    """Calls an agent and answers the task's events, as server-sent events or lines of JSON."""
    return Operation(
        method="POST",
        path=f"/v1/agents/{path_segment('agent', agent)}/calls/stream",
        headers=without_none({"Idempotency-Key": idempotency_key}),
        body=without_none(
            {
                **to_input_body(input),
                "contextId": to_body(context_id, None),
                "metadata": to_body(metadata, None),
                "onDisconnect": to_body(on_disconnect, None),
            }
        ),
        parse=nothing,
    )


def stream_call_target(
    input: CallInput,
    *,
    idempotency_key: str | None = None,
    agent: str,
    context_id: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    on_disconnect: CallRequestOnDisconnect | None = None,
) -> Operation[None]:
    """Calls an agent and answers the task's events, as server-sent events or lines of JSON."""
    return Operation(
        method="POST",
        path="/v1/calls/stream",
        headers=without_none({"Idempotency-Key": idempotency_key}),
        body=without_none(
            {
                **to_input_body(input),
                "agent": to_body(agent, None),
                "contextId": to_body(context_id, None),
                "metadata": to_body(metadata, None),
                "onDisconnect": to_body(on_disconnect, None),
            }
        ),
        parse=nothing,
    )


def watch_task(
    task: str,
    *,
    after: str | None = None,
    on_gap: TaskEventGapPolicy | None = None,
    last_event_id: str | None = None,
) -> Operation[None]:
    """Answers a task's events, those that were and those to come."""
    return Operation(
        method="GET",
        path=f"/v1/tasks/{path_segment('task', task)}/events",
        query=without_none({"after": after, "onGap": on_gap}),
        headers=without_none({"Last-Event-ID": last_event_id}),
        parse=nothing,
    )


def list_agents(
    *, page_size: int | None = None, page_token: str | None = None
) -> Operation[ListAgentsResponse]:
    """Lists the agents that can be called."""
    return Operation(
        method="GET",
        path="/v1/agents",
        query=without_none({"pageSize": page_size, "pageToken": page_token}),
        parse=ListAgentsResponse.parse,
    )


def create_agent(
    *,
    card: AgentCardInput | Mapping[str, Any],
    endpoints: Sequence[AgentEndpointInput | Mapping[str, Any]],
) -> Operation[Agent]:
    """Registers an agent that the gateway is to dial."""
    return Operation(
        method="POST",
        path="/v1/agents",
        body=without_none(
            {
                "card": to_body(card, AgentCardInput),
                "endpoints": to_body(endpoints, AgentEndpointInput),
            }
        ),
        parse=Agent.parse,
    )


def get_agent(agent: str) -> Operation[Agent]:
    """Gets one agent."""
    return Operation(
        method="GET",
        path=f"/v1/agents/{path_segment('agent', agent)}",
        parse=Agent.parse,
    )


def update_agent(
    agent: str,
    *,
    update_mask: Sequence[str] | None = None,
    card: AgentCardInput | Mapping[str, Any],
) -> Operation[Agent]:
    """Changes what a registered agent's card says."""
    return Operation(
        method="PATCH",
        path=f"/v1/agents/{path_segment('agent', agent)}",
        query=without_none({"updateMask": None if update_mask is None else ",".join(update_mask)}),
        body=to_body(card, AgentCardInput),
        parse=Agent.parse,
    )


def delete_agent(agent: str) -> Operation[None]:
    """Removes an agent: it takes no new calls, and what runs may finish."""
    return Operation(
        method="DELETE",
        path=f"/v1/agents/{path_segment('agent', agent)}",
        parse=nothing,
    )


def get_agent_card(agent: str) -> Operation[AgentCard]:
    """Gets an agent's card: what it does, and the schemas of its input and output."""
    return Operation(
        method="GET",
        path=f"/v1/agents/{path_segment('agent', agent)}/card",
        parse=AgentCard.parse,
    )


def list_instances(agent: str) -> Operation[ListInstancesResponse]:
    """Lists the running instances of an agent."""
    return Operation(
        method="GET",
        path=f"/v1/agents/{path_segment('agent', agent)}/instances",
        parse=ListInstancesResponse.parse,
    )


def watch_agents(*, after: str | None = None, last_event_id: str | None = None) -> Operation[None]:
    """Answers what changes in the registry, as server-sent events or lines of JSON."""
    return Operation(
        method="GET",
        path="/v1/agents/events",
        query=without_none({"after": after}),
        headers=without_none({"Last-Event-ID": last_event_id}),
        parse=nothing,
    )
