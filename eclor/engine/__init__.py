"""The embedded engine: DuckDB in memory, closed to the outside, that executes Ibis expressions over stored files."""
