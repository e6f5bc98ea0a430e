"""Many calls at once, over HTTP and on one WebSocket: `python main.py [url]`."""

import asyncio
import sys

from smartcall import AsyncSmartcall


async def main() -> None:
    async with AsyncSmartcall(url=sys.argv[1] if len(sys.argv) > 1 else None) as smartcall:
        sums = [f"{n} * {n}" for n in range(1, 6)]
        tasks = await asyncio.gather(
            *(smartcall.call("calculator", {"data": {"expression": each}}) for each in sums)
        )
        print("squares:", ", ".join(task.output_data["result"] for task in tasks))

        async with smartcall.connect() as session:
            moods = ["tired", "happy", "late"]
            streams = [session.stream("eliza", f"I am {mood}.") for mood in moods]
            for text in await asyncio.gather(*(stream.text() for stream in streams)):
                print("eliza:", text)


asyncio.run(main())
