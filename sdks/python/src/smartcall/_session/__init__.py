"""One WebSocket for many calls."""
