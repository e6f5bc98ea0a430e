"""Turns the contract into this package's generated code."""
