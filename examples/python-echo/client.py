"""A client with nothing but stock grpcio: lists agents, calls one, cancels a task."""

import argparse
import os
import sys
from urllib.parse import urlsplit

import contract
import grpc

agent_pb2, agent_grpc, common_pb2, call_pb2, call_grpc = contract.load(
    "agent_service_pb2",
    "agent_service_pb2_grpc",
    "common_pb2",
    "communication_pb2",
    "communication_pb2_grpc",
)


def list_agents(channel: grpc.Channel, timeout_s: float) -> None:
    """Prints every agent with its description, page by page."""
    service = agent_grpc.AgentServiceStub(channel)
    token = ""
    while True:
        request = agent_pb2.ListAgentsRequest(page_token=token)
        page = service.ListAgents(request, timeout=timeout_s)
        for agent in page.agents:
            print(f"{agent.name}\t{agent.card.description}")
        token = page.next_page_token
        if not token:
            return


def call(channel: grpc.Channel, options: argparse.Namespace) -> None:
    """Calls an agent; prints the task's id and state, and the text of its answer if it waited."""
    service = call_grpc.CommunicationServiceStub(channel)
    metadata = [("prefer", "respond-async")] if options.respond_async else []
    request = call_pb2.CallRequest(agent=options.agent, text=options.text)
    show(service.Call(request, timeout=options.timeout, metadata=metadata))


def get(channel: grpc.Channel, options: argparse.Namespace) -> None:
    """Prints a task."""
    service = call_grpc.CommunicationServiceStub(channel)
    show(service.GetTask(call_pb2.GetTaskRequest(task=options.task), timeout=options.timeout))


def cancel(channel: grpc.Channel, options: argparse.Namespace) -> None:
    """Cancels a task and prints how it stands."""
    service = call_grpc.CommunicationServiceStub(channel)
    request = call_pb2.CancelTaskRequest(task=options.task, reason="asked for by client.py")
    show(service.CancelTask(request, timeout=options.timeout))


def show(task) -> None:
    print(f"{task.id}\t{common_pb2.Task.State.Name(task.state)}")
    for part in task.output.parts:
        print(part.text if part.WhichOneof("content") == "text" else part)
    if task.HasField("error"):
        print(f"{task.error.reason}: {task.error.message}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--gateway", default=os.environ.get("SMARTCALL_URL", "http://127.0.0.1:8080")
    )
    parser.add_argument("--timeout", type=float, default=30, help="seconds")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("agents", help="list the agents")
    calling = commands.add_parser("call", help="call an agent with a text")
    calling.add_argument("agent")
    calling.add_argument("text")
    calling.add_argument("--async", dest="respond_async", action="store_true", help="do not wait")
    for name in ("get", "cancel"):
        commands.add_parser(name, help=f"{name} a task").add_argument("task")
    options = parser.parse_args()

    with grpc.insecure_channel(urlsplit(options.gateway).netloc) as channel:
        try:
            if options.command == "agents":
                list_agents(channel, options.timeout)
            else:
                {"call": call, "get": get, "cancel": cancel}[options.command](channel, options)
        except grpc.RpcError as error:
            print(f"{error.code().name}: {error.details()}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
