"""What the engine's library gives, which ships no types."""

from typing import Any, TypeAlias

Connection: TypeAlias = Any
"""A DuckDB connection."""

Relation: TypeAlias = Any
"""Rows that a connection can read, as DuckDB's relational interface holds them."""

Expression: TypeAlias = Any
"""An Ibis expression, or one of DuckDB's."""

Operation: TypeAlias = Any
"""What an Ibis expression says; those that say the same are equal."""
