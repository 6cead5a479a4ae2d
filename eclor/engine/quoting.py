"""How names and texts stand in SQL, as DuckDB and SQLite both read it."""


def quoted(identifier: str) -> str:
    """Return an SQL identifier, quoted: the one way for a name to enter a question."""
    return '"' + identifier.replace('"', '""') + '"'


def text_literal(text: str) -> str:
    """Return a text between quotes."""
    return "'" + text.replace("'", "''") + "'"
