from typing import NamedTuple


class ReasonInfo(NamedTuple):
    """What a reason means on every face."""

    title: str
    """What it is, in a few words."""
    code: int
    """The code of the RPC faces, which are gRPC's numbers."""
    http_status: int
    close_code: int
    """The WebSocket close code: 40xx never reconnect, 41xx after a while, 42xx at once."""
    retryable: bool
    """Whether the call has not run, so that it may be repeated as it is."""
    sentence: str
    """What is wrong and what to do, for people."""
