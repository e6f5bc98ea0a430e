"""Calls, lists and follows agents: `python main.py [url]`."""

import sys

from smartcall import Smartcall, SmartcallError

with Smartcall(url=sys.argv[1] if len(sys.argv) > 1 else None) as smartcall:
    print("agents:", ", ".join(agent.name for agent in smartcall.agents.list()))

    task = smartcall.call("calculator", {"data": {"expression": "19 * 3"}})
    print("19 * 3 =", task.output_data["result"])

    for event in smartcall.stream("eliza", "I am tired."):
        match event.type:
            case "outputDelta":
                print(event.text, end="", flush=True)
            case "end":
                print(f"\nended: {event.reason}")
            case _:
                pass

    try:
        smartcall.call("nobody", "Anyone?")
    except SmartcallError as error:
        print("refused:", error.reason)
