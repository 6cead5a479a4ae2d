"""Glue: knows every room, holds no rule."""

import os

__version__ = "0.1.0"

# What DuckDB frees is overwritten, or a key that hashed a value would stand in blocks that it spills. Its allocator
# reads this as it is loaded, so it is said before anything else is (docs/decisions/0060).
os.putenv("DUCKDB_JE_MALLOC_CONF", "junk:free")
