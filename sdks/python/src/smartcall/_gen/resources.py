"""What a client has beside `call` and `stream`.

Generated from openapi/smartcall.v1.yaml. Do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import Unpack

from .._input import CallInput
from .._options import RequestOptions
from .._pages import AsyncPages, Page, Pages
from .._resource import AsyncResource, Resource
from . import operations
from .models import (
    Agent,
    AgentCard,
    AgentCardInput,
    AgentEndpointInput,
    ListInstancesResponse,
    Task,
    TaskState,
)


class Tasks(Resource):
    """The records of calls."""

    def get(
        self, task: str, *, wait: float | None = None, **options: Unpack[RequestOptions]
    ) -> Task:
        """Gets a task.

        With `wait` the answer comes when the task has ended or asks for input, or when that time is
        over, whichever is first.

        Args:
        - task: The task's id.
        - wait: How long to wait for a running task, at most 60 seconds; not at all when absent.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return self._send(operations.get_task(task, wait=wait), options)

    def cancel(
        self, task: str, *, reason: str | None = None, **options: Unpack[RequestOptions]
    ) -> Task:
        """Cancels a task.

        The agent is told at once. A task that has already ended is answered as it is.

        Args:
        - task: The task's id.
        - reason: Why, for the agent and the log.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return self._send(operations.cancel_task(task, reason=reason), options)

    def send(self, task: str, input: CallInput, **options: Unpack[RequestOptions]) -> Task:
        """Sends a further message to a running task, such as the input that it asks for.

        A message with the id of one that the task has taken already is not taken again, so it may be
        repeated when its answer was lost.

        Args:
        - task: The task's id.
        - input: The input.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return self._send(operations.send_message(task, input), options)

    def list(
        self,
        *,
        agent: str | None = None,
        context_id: str | None = None,
        states: Sequence[TaskState] | None = None,
        page_size: int | None = None,
        **options: Unpack[RequestOptions],
    ) -> Pages[Task]:
        """Lists tasks, the newest first.

        Args:
        - agent: Only tasks of this agent.
        - context_id: Only tasks of this conversation.
        - states: Only tasks in one of these states.
        - page_size: Tasks a page at most, 50 when 0.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """

        def read(page_token: str) -> Page[Task]:
            answer = self._send(
                operations.list_tasks(
                    agent=agent,
                    context_id=context_id,
                    states=states,
                    page_size=page_size,
                    page_token=page_token or None,
                ),
                options,
            )
            return Page(answer.tasks, answer.next_page_token)

        return Pages(read)


class AsyncTasks(AsyncResource):
    """The records of calls."""

    async def get(
        self, task: str, *, wait: float | None = None, **options: Unpack[RequestOptions]
    ) -> Task:
        """Gets a task.

        With `wait` the answer comes when the task has ended or asks for input, or when that time is
        over, whichever is first.

        Args:
        - task: The task's id.
        - wait: How long to wait for a running task, at most 60 seconds; not at all when absent.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return await self._send(operations.get_task(task, wait=wait), options)

    async def cancel(
        self, task: str, *, reason: str | None = None, **options: Unpack[RequestOptions]
    ) -> Task:
        """Cancels a task.

        The agent is told at once. A task that has already ended is answered as it is.

        Args:
        - task: The task's id.
        - reason: Why, for the agent and the log.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return await self._send(operations.cancel_task(task, reason=reason), options)

    async def send(self, task: str, input: CallInput, **options: Unpack[RequestOptions]) -> Task:
        """Sends a further message to a running task, such as the input that it asks for.

        A message with the id of one that the task has taken already is not taken again, so it may be
        repeated when its answer was lost.

        Args:
        - task: The task's id.
        - input: The input.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return await self._send(operations.send_message(task, input), options)

    def list(
        self,
        *,
        agent: str | None = None,
        context_id: str | None = None,
        states: Sequence[TaskState] | None = None,
        page_size: int | None = None,
        **options: Unpack[RequestOptions],
    ) -> AsyncPages[Task]:
        """Lists tasks, the newest first.

        Args:
        - agent: Only tasks of this agent.
        - context_id: Only tasks of this conversation.
        - states: Only tasks in one of these states.
        - page_size: Tasks a page at most, 50 when 0.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """

        async def read(page_token: str) -> Page[Task]:
            answer = await self._send(
                operations.list_tasks(
                    agent=agent,
                    context_id=context_id,
                    states=states,
                    page_size=page_size,
                    page_token=page_token or None,
                ),
                options,
            )
            return Page(answer.tasks, answer.next_page_token)

        return AsyncPages(read)


class Agents(Resource):
    """The registry: which agents can be called."""

    def create(
        self,
        *,
        card: AgentCardInput | Mapping[str, Any],
        endpoints: Sequence[AgentEndpointInput | Mapping[str, Any]],
        **options: Unpack[RequestOptions],
    ) -> Agent:
        """Registers an agent that the gateway is to dial.

        An agent that dials the gateway registers itself and needs no such call.

        Args:
        - card: What the agent says of itself.
        - endpoints: Where its instances are.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return self._send(operations.create_agent(card=card, endpoints=endpoints), options)

    def get(self, agent: str, **options: Unpack[RequestOptions]) -> Agent:
        """Gets one agent.

        Args:
        - agent: The agent's name.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return self._send(operations.get_agent(agent), options)

    def update(
        self,
        agent: str,
        *,
        update_mask: Sequence[str] | None = None,
        card: AgentCardInput | Mapping[str, Any],
        **options: Unpack[RequestOptions],
    ) -> Agent:
        """Changes what a registered agent's card says.

        Args:
        - agent: The agent's name.
        - update_mask: Which fields of the card to change; all of them when empty.
        - card: What an agent says of itself.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return self._send(
            operations.update_agent(agent, update_mask=update_mask, card=card), options
        )

    def delete(self, agent: str, **options: Unpack[RequestOptions]) -> None:
        """Removes an agent: it takes no new calls, and what runs may finish.

        Args:
        - agent: The agent's name.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return self._send(operations.delete_agent(agent), options)

    def card(self, agent: str, **options: Unpack[RequestOptions]) -> AgentCard:
        """Gets an agent's card: what it does, and the schemas of its input and output.

        Args:
        - agent: The agent's name.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return self._send(operations.get_agent_card(agent), options)

    def instances(self, agent: str, **options: Unpack[RequestOptions]) -> ListInstancesResponse:
        """Lists the running instances of an agent.

        Args:
        - agent: The agent's name.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return self._send(operations.list_instances(agent), options)

    def list(
        self, *, page_size: int | None = None, **options: Unpack[RequestOptions]
    ) -> Pages[Agent]:
        """Lists the agents that can be called.

        In the order of their names.

        Args:
        - page_size: Agents a page at most, 100 when 0.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """

        def read(page_token: str) -> Page[Agent]:
            answer = self._send(
                operations.list_agents(page_size=page_size, page_token=page_token or None), options
            )
            return Page(answer.agents, answer.next_page_token)

        return Pages(read)


class AsyncAgents(AsyncResource):
    """The registry: which agents can be called."""

    async def create(
        self,
        *,
        card: AgentCardInput | Mapping[str, Any],
        endpoints: Sequence[AgentEndpointInput | Mapping[str, Any]],
        **options: Unpack[RequestOptions],
    ) -> Agent:
        """Registers an agent that the gateway is to dial.

        An agent that dials the gateway registers itself and needs no such call.

        Args:
        - card: What the agent says of itself.
        - endpoints: Where its instances are.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return await self._send(operations.create_agent(card=card, endpoints=endpoints), options)

    async def get(self, agent: str, **options: Unpack[RequestOptions]) -> Agent:
        """Gets one agent.

        Args:
        - agent: The agent's name.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return await self._send(operations.get_agent(agent), options)

    async def update(
        self,
        agent: str,
        *,
        update_mask: Sequence[str] | None = None,
        card: AgentCardInput | Mapping[str, Any],
        **options: Unpack[RequestOptions],
    ) -> Agent:
        """Changes what a registered agent's card says.

        Args:
        - agent: The agent's name.
        - update_mask: Which fields of the card to change; all of them when empty.
        - card: What an agent says of itself.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return await self._send(
            operations.update_agent(agent, update_mask=update_mask, card=card), options
        )

    async def delete(self, agent: str, **options: Unpack[RequestOptions]) -> None:
        """Removes an agent: it takes no new calls, and what runs may finish.

        Args:
        - agent: The agent's name.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return await self._send(operations.delete_agent(agent), options)

    async def card(self, agent: str, **options: Unpack[RequestOptions]) -> AgentCard:
        """Gets an agent's card: what it does, and the schemas of its input and output.

        Args:
        - agent: The agent's name.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return await self._send(operations.get_agent_card(agent), options)

    async def instances(
        self, agent: str, **options: Unpack[RequestOptions]
    ) -> ListInstancesResponse:
        """Lists the running instances of an agent.

        Args:
        - agent: The agent's name.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """
        return await self._send(operations.list_instances(agent), options)

    def list(
        self, *, page_size: int | None = None, **options: Unpack[RequestOptions]
    ) -> AsyncPages[Agent]:
        """Lists the agents that can be called.

        In the order of their names.

        Args:
        - page_size: Agents a page at most, 100 when 0.
        - options: `timeout`, `attempt_timeout`, `max_retries`, `headers` of this request.

        Raises `SmartcallError` with the reason of a refusal.
        """

        async def read(page_token: str) -> Page[Agent]:
            answer = await self._send(
                operations.list_agents(page_size=page_size, page_token=page_token or None), options
            )
            return Page(answer.agents, answer.next_page_token)

        return AsyncPages(read)
