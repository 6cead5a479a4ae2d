"""`datastore_search_sql`: one question in SQL over the tables that its caller may read, answered in a sandbox."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from orjson import Fragment

from api.ckan.asking import Asked
from api.ckan.table import Table
from api.ckan.tables import table_of
from api.ckan.wire import ActionRefused, Withdrawn, denied, invalid, not_found
from api.sandbox import Named
from catalog.rows_index import SCANNED
from eclor.engine.sandbox.refusal import Kind, SqlRefused

_DENIED: Final = 403
_BUSY: Final = 503
_SHOWN: Final = 1000
_PATHS: Final = 256


async def datastore_search_sql(asked: Asked) -> object:
    """Answer one SELECT in PostgreSQL's words.

    `sql`: tables are resources by their identifiers between double quotes, or aliases; a masked cell is null. Columns
    of one name are numbered. Beyond 32000 rows `records_truncated` is true. Orders put nulls last.
    """
    asked.given.only(("sql",))
    sql = asked.given.needed("sql")
    named: dict[str, Table] = {}

    async def resolve(names: Sequence[str]) -> Mapping[str, Named]:
        found = {name: await _readable(name, asked) for name in names}
        named.clear()
        named.update(found)
        return {name: _named(table, asked) for name, table in named.items()}

    try:
        found = await asked.parts.sandbox.ask(asked.asker, sql, resolve)
    except SqlRefused as refusal:
        raise _refused(refusal, sql) from refusal
    for table in named.values():
        await table.allowed()
    return {
        "sql": sql,
        "records": Fragment(found.records),
        "fields": [{"id": name, "type": kind} for name, kind in found.fields],
        **({"records_truncated": True} if found.truncated else {}),
    }


async def _readable(name: str, asked: Asked) -> Table:
    try:
        return await table_of(name, asked.site, asked.parts)
    except Withdrawn:
        raise
    except ActionRefused as refusal:
        if refusal.status == _DENIED:
            raise denied("Access denied: Not authorized to read resource.") from refusal
        raise not_found() from refusal


def _named(table: Table, asked: Asked) -> Named:
    path = _file(asked.parts.rows.published, table.version.folder)
    columns = tuple((column.name, column.type) for column in table.columns.values())
    return Named(f"version {table.version.id}", path, columns)


@lru_cache(maxsize=_PATHS)
def _file(published: Path, folder: str) -> str:
    return str((published / folder / SCANNED).resolve())


def _refused(refusal: SqlRefused, sql: str) -> ActionRefused:
    match refusal.kind:
        case Kind.DENIED:
            return denied(f"Access denied: {refusal.message}")
        case Kind.BUSY | Kind.BROKEN:
            return ActionRefused(_BUSY, "Internal Server Error", {"message": refusal.message})
        case _:
            info = {"statement": [sql[:_SHOWN]], "params": [{}], "orig": [refusal.message]}
            return invalid(message=refusal.message, query=[refusal.message], info=info)
