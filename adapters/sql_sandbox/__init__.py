"""Queries of strangers on real SQLite, each in a process of its own."""
