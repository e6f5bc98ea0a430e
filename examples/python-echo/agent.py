"""An agent in Python with nothing but stock grpcio: it repeats what it is told.

It implements one RPC, ``AgentRuntimeService.Execute``; a gateway that knows its address dials it.
"""

import argparse
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import contract
import grpc

agent_pb2, attempt_pb2, common_pb2, runtime_pb2, runtime_grpc = contract.load(
    "agent_service_pb2", "attempt_pb2", "common_pb2", "runtime_pb2", "runtime_pb2_grpc"
)

NAME = "python-echo"


class EchoAgent(runtime_grpc.AgentRuntimeServiceServicer):
    def __init__(self, delay_s: float) -> None:
        self._delay_s = delay_s

    def Execute(self, request, context):
        """Answers with the message's own parts; the end of the stream completes the task."""
        if request.agent != NAME:
            context.abort(grpc.StatusCode.NOT_FOUND, f'No agent "{request.agent}" stands here.')
        print(f"{request.task_id}: begun", flush=True)
        # The callback runs when the caller cancels and when the deadline is over.
        gone = threading.Event()
        if not context.add_callback(gone.set) or gone.wait(self._delay_s):
            print(f"{request.task_id}: the caller has left", flush=True)
            return
        answer = common_pb2.Message(
            role=common_pb2.Message.Role.AGENT, parts=request.message.parts
        )
        yield attempt_pb2.AgentEvent(
            output_completed=common_pb2.TaskEvent.OutputCompleted(message=answer)
        )

    def Describe(self, request, context):
        """Says which agents stand here, so that a gateway need not be told."""
        card = agent_pb2.AgentCard(
            name=NAME,
            description="Repeats what it is told, in Python.",
            version="1.0.0",
            skills=[agent_pb2.Skill(id="echo", name="Echo", examples=["Hello!"])],
        )
        return runtime_pb2.DescribeResponse(cards=[card])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=50051, help="0 takes a free one")
    parser.add_argument("--delay", type=float, default=0, help="seconds to wait with the answer")
    parser.add_argument("--workers", type=int, default=64, help="calls that run at once")
    options = parser.parse_args()

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    server = grpc.server(
        ThreadPoolExecutor(options.workers), maximum_concurrent_rpcs=options.workers
    )
    runtime_grpc.add_AgentRuntimeServiceServicer_to_server(EchoAgent(options.delay), server)
    port = server.add_insecure_port(f"{options.host}:{options.port}")
    server.start()
    print(f"{NAME} serves Execute on http://{options.host}:{port}", flush=True)
    stop.wait()
    server.stop(grace=5).wait()


if __name__ == "__main__":
    main()
