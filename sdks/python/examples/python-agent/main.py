"""Agents that attach to a gateway: `python main.py [url]`, until Ctrl-C."""

import sys
from collections.abc import AsyncIterator
from typing import Any

from pydantic import BaseModel

from smartcall.agent import AgentContext, Message, agent, attach, progress


class Invoice(BaseModel):
    cents: list[int]


class Total(BaseModel):
    cents: int


@agent(name="invoice", description="Adds up an invoice.")
def invoice(given: Invoice) -> Total:
    return Total(cents=sum(given.cents))


@agent(name="buyer", description="Buys when it may.")
async def buyer(message: Message, context: AgentContext) -> AsyncIterator[Any]:
    yield progress(0.5, "asking for the price")
    price = await context.call("invoice", {"data": {"cents": [1900, 300]}})
    answer = await context.ask(f"That makes {price.output_data['cents']} cents. Buy it?")
    yield "Bought." if answer.text == "yes" else "Left alone."


if __name__ == "__main__":
    attach([invoice, buyer], gateway=sys.argv[1] if len(sys.argv) > 1 else None).run()
