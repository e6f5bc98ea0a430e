"""Streams that resume: what may come next, what comes, and what it amounts to. No I/O."""
