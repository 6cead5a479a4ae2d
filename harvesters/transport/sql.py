"""sql: a table or a view of a database, read-only, a row an object, only the columns that are mapped (SQLAlchemy).

The address names the table and the secret the database; nobody writes a query, so nobody can write one that does more.
Read as lines of JSON, by the protocol `json`.
"""

import math
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BufferedReader, RawIOBase
from typing import Any, Final, cast

import orjson
from sqlalchemy import URL, ColumnElement, Connection, Select, column, create_engine, inspect, make_url, select, table
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.selectable import TableClause

from eclor.errors import DeclarationRefused, Place, SourceUnavailable
from harvesters.cursors import Memory
from harvesters.reach import Patience, Payload, Reach, Transport, Wanted
from harvesters.source import Source, key_columns
from harvesters.transport.body import Body

_NAME: Final = re.compile(r"(?:(?P<schema>[^\W\d]\w*)\.)?(?P<table>[^\W\d]\w*)")
_ROWS: Final = 1_000
"""Rows on their way at once."""
_BUFFER: Final = 1024 * 1024


def fetch(source: Source, *, wanted: Wanted, memory: Memory, reach: Reach) -> Generator[Payload, None, None]:
    """Yield all rows of the table as one delivery, ordered by the columns of `cle` if there are any.

    Refuses (`DeclarationRefused`) an address that is more than a name; (`SourceUnavailable`) a database that does not
    answer, has no such table or column for this account, or stops midway.
    """
    del memory  # a table says neither when it changed nor what did: the digest tells
    named = _NAME.fullmatch(source.endpoint)
    if named is None:
        raise DeclarationRefused("sql.table", place=Place(source.file), table=source.endpoint)
    asked = table(named["table"], schema=named["schema"])
    with _connected(source, reach) as connection:
        names = _columns(source, connection, asked, wanted)
        body = Body(_lines(connection, source, asked, names), name=source.endpoint, patience=reach.patience)
        stream = BufferedReader(cast("RawIOBase", body), _BUFFER)
        yield Payload(source.endpoint, stream, lambda: {"sha256": body.drained()}, taken=body.taken)


@contextmanager
def _connected(source: Source, reach: Reach) -> Iterator[Connection]:
    """Give a connection in one read-only transaction."""
    url = _url(source, reach.secret(source))
    engine = create_engine(url, poolclass=NullPool, connect_args=_arguments(url, reach.patience))
    options: dict[str, object] = {"stream_results": True, "max_row_buffer": _ROWS}
    if url.get_backend_name() == "postgresql":
        options |= {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
    try:
        connection = engine.connect()
    except SQLAlchemyError as error:
        raise SourceUnavailable("sql.down") from error
    with connection:
        yield connection.execution_options(**options)
    engine.dispose()


def _url(source: Source, secret: str | None) -> URL:
    """Return the address of a database that we know how to read without writing."""
    if secret is None:
        raise DeclarationRefused("sql.no-secret", place=Place(source.file))
    refusal = SourceUnavailable("sql.address", name=source.credential)
    try:
        url = make_url(secret)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise refusal from None  # their text quotes the secret
    match backend:
        case "postgresql":
            return url.set(drivername="postgresql+psycopg")
        case "sqlite" if url.database and url.database.startswith("/"):
            return URL.create("sqlite", database=f"file:{url.database}", query={"mode": "ro", "uri": "true"})
        case _:
            raise refusal


def _arguments(url: URL, patience: Patience) -> dict[str, object]:
    if url.get_backend_name() == "sqlite":
        return {"timeout": patience.connect_s}
    whole_ms, lock_ms = round(patience.whole_s * 1000), round(patience.read_s * 1000)
    settings = f"-c statement_timeout={whole_ms} -c lock_timeout={lock_ms} -c default_transaction_read_only=on"
    return {"connect_timeout": max(1, round(patience.connect_s)), "options": settings, "application_name": "eclor"}


def _columns(source: Source, connection: Connection, asked: TableClause, wanted: Wanted) -> list[str]:
    """Return the columns to read: those that are let in and that the table has."""
    inspector = inspect(connection)
    try:
        if not inspector.has_table(asked.name, schema=asked.schema):
            raise SourceUnavailable("sql.no-table", table=source.endpoint)
        there = {found["name"] for found in inspector.get_columns(asked.name, schema=asked.schema)}
    except SQLAlchemyError as error:
        raise SourceUnavailable("sql.no-table", table=source.endpoint) from error
    names = {path if path in there else path.partition(".")[0] for path in wanted if "," not in path}
    for mapped in source.columns:
        for path in mapped.path.split(",") if mapped.type == "position" else (mapped.path,):
            name = path.strip().partition(".")[0]
            if name in names - there and not mapped.optional:
                raise SourceUnavailable("sql.no-column", table=source.endpoint, path=name, column=mapped.name)
    return sorted(names & there)


def _lines(connection: Connection, source: Source, asked: TableClause, names: list[str]) -> Iterator[bytes]:
    """Yield the rows as lines of JSON, a thousand at a time; an empty array where there is none."""
    keys = key_columns(source.options)
    order: list[ColumnElement[object]] = [
        column(mapped.path) for mapped in source.columns if mapped.name in keys and mapped.path in names
    ]
    statement: Select[*tuple[Any, ...]] = select(*(column(name) for name in names)).select_from(asked)
    statement = statement.order_by(*order)
    empty = True
    try:
        for rows in connection.execute(statement).partitions(_ROWS):
            empty = False
            yield b"".join(_line(dict(zip(names, row, strict=True))) for row in rows)
    except SQLAlchemyError as error:
        raise SourceUnavailable("sql.cut", table=source.endpoint) from error
    if empty:
        yield b"[]\n"


def _line(row: dict[str, object]) -> bytes:
    cells = {name: _cell(value) for name, value in row.items()}
    return orjson.dumps(cells, default=str, option=orjson.OPT_APPEND_NEWLINE)


def _cell(value: object) -> object:
    """Return a value as JSON has it: digits of decimals as they are, bytes in hexadecimal, what is no number a text."""
    match value:
        case Decimal():
            return orjson.Fragment(str(value)) if value.is_finite() else str(value)
        case float() if not math.isfinite(value):
            return str(value)
        case bytes() | bytearray() | memoryview():
            return value.hex()
        case int() if not isinstance(value, bool):
            return orjson.Fragment(str(value))
        case _:
            return value


TRANSPORT: Final = Transport("sql", fetch, needs_key=True)
