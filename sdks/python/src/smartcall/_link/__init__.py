"""Many calls on one stream: the link, without any I/O of its own. Runs in an asyncio loop."""
