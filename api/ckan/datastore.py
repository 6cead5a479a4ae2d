"""`datastore_search` and `datastore_info`: the rows of a resource and its columns, masked cells null."""

from collections.abc import Mapping, Sequence
from typing import Final

from orjson import Fragment, dumps
from starlette.concurrency import run_in_threadpool

from api.ckan.asking import Asked
from api.ckan.full_text import question
from api.ckan.given import Given
from api.ckan.json_rows import Page, json_page
from api.ckan.line_pages import line_page
from api.ckan.reading_rows import rows_found, total_of
from api.ckan.search_question import Search, read_search
from api.ckan.table import ID, KEY, NATIVE, Column, Table
from api.ckan.table_list import TABLES, table_list
from api.ckan.tables import table_of
from api.ckan.wire import invalid
from api.ckan.writing_rows import Row, lines, lists, objects
from api.links import query_text
from api.parts import Parts

FORMATS: Final = ("objects", "lists", "csv", "tsv")
KNOWN: Final = frozenset(
    {
        "resource_id", "id", "filters", "q", "full_text", "plain", "language", "limit", "offset", "fields", "sort",
        "distinct", "include_total", "records_format", "include_next_page", "total_estimation_threshold",
    }
)  # fmt: skip
_ECHOED: Final = ("filters", "full_text", "plain", "language", "sort", "distinct")
_AT_ONCE: Final = 1_000
"""Rows that are written on the event loop; more are written in a thread, so that nobody waits for them."""
_SWITCHES: Final = frozenset({"plain", "distinct"})


async def datastore_search(asked: Asked) -> object:
    """Search the rows of a resource.

    `resource_id` (or `id`): the resource, or an alias. `filters`: `{"column": value}`, a list of values,
    `{"gte": a, "lt": b}` (`eq in gt gte lt lte`), a list of such, `$or` and `$and`; null is what is masked or missing.
    `q`: words of a row, or `{"column": words}`; `full_text`, `plain`, `language`. `limit` (100, at most 32000),
    `offset`, `fields`, `sort` (`a desc nulls last, b`; nulls come last unless asked otherwise), `distinct`,
    `include_total`, `records_format` (objects, lists, csv, tsv), `include_next_page`.
    """
    given = asked.given
    given.only(KNOWN)
    identifier = given.text("resource_id") or given.needed_as("id", "resource_id")
    shape = given.text("records_format", "objects")
    if shape not in FORMATS:
        raise invalid(records_format=[f"Value must be one of {[*FORMATS]}"])
    if identifier == TABLES:
        return table_list(given, asked.site)
    table = await table_of(identifier, asked.site, asked.parts)
    search = read_search(given, table)
    page = _as_it_lies(search, shape, asked.parts) or await _page(search, shape, asked)
    counted = given.yes("include_total", "true")
    total = await total_of(search, page.count, asked.parts, asked.asker) if counted else None
    await table.allowed()
    return {
        **_echo(given, search, shape),
        "records": page.records,
        "fields": [column.shown for column in search.shown],
        "_links": links(given, search.limit, search.offset),
        **({"total": total, "total_was_estimated": False} if total is not None else {}),
        **_next_page(given, search, page),
    }


def _echo(given: Given, search: Search, shape: str) -> dict[str, object]:
    echoed = {name: given.values[name] for name in _ECHOED if name in given.values}
    return {
        **{name: given.yes(name) if name in _SWITCHES else value for name, value in echoed.items()},
        **({"filters": given.json("filters")} if "filters" in given.values else {}),
        **({"q": question(given)} if "q" in given.values else {}),
        "include_next_page": given.yes("include_next_page"),
        "include_total": given.yes("include_total", "true"),
        "limit": search.limit,
        **({"offset": search.offset} if "offset" in given.values else {}),
        "records_format": shape,
        "resource_id": search.table.id,
        "total_estimation_threshold": given.natural("total_estimation_threshold", 0) or None,
        **({"filterops": search.operation.shown} if search.operation else {}),
    }


def _as_it_lies(search: Search, shape: str, parts: Parts) -> Page | None:
    """Return a page that need not be made of values: read from a file, or written by the index."""
    return (line_page(search, parts) or json_page(search, parts)) if shape == "objects" else None


async def _page(search: Search, shape: str, asked: Asked) -> Page:
    rows = await rows_found(search, asked.parts, asked.asker)
    last = rows[-1][search.columns.index(KEY)] if rows and KEY in search.columns else None
    if len(rows) > _AT_ONCE:
        records: object = Fragment(await run_in_threadpool(lambda: dumps(_shown(rows, search.shown, shape))))
    else:
        records = _shown(rows, search.shown, shape)
    return Page(records, len(rows), last if isinstance(last, int) else None)


def _shown(rows: Sequence[Row], columns: Sequence[Column], shape: str) -> object:
    match shape:
        case "csv" | "tsv":
            return lines(rows, columns, shape)
        case "lists":
            return lists(rows, columns)
        case _:
            return objects(rows, columns)


def links(given: Given, limit: int, offset: int) -> dict[str, str]:
    """Return the addresses of the first page, the next and the one before, as CKAN 2.11 gives them."""
    plain = [(name, str(value)) for name, value in given.values.items() if name != "offset"]
    start = f"/api/3/action/datastore_search?{query_text(plain)}"
    before = {"prev": f"{start}&offset={max(offset - limit, 0)}"} if offset else {}
    return {"start": start, "next": f"{start}&offset={offset + limit}", **before}


def _next_page(given: Given, search: Search, page: Page) -> dict[str, object]:
    """Return the filter that begins the next page, of rows that come in the order of their keys."""
    full = page.count and page.count == search.limit
    if not (given.yes("include_next_page") and search.by_id and full):
        return {}
    if page.last is not None:
        return {"next_page": {ID: {"gt": page.last}}}
    return {} if search.operation else {"next_page": {ID: {"gt": search.offset + page.count}}}


async def datastore_info(asked: Asked) -> object:
    """Describe the rows of a resource: its columns with their types and labels, its size.

    `id` (or `resource_id`): the resource, or an alias. `include_meta`, `include_fields_schema` (true).
    """
    given = asked.given
    identifier = given.text("id") or given.needed_as("resource_id", "id")
    table = await table_of(identifier, asked.site, asked.parts, shown="Resource/Alias")
    described = [_described(column, table) for column in table.columns.values()]
    if not given.yes("include_fields_schema", "true"):
        described = [{name: value for name, value in one.items() if name != "schema"} for one in described]
    if not given.yes("include_meta", "true"):
        return {"fields": described}
    return {"meta": _meta(table), "fields": described}


def _meta(table: Table) -> Mapping[str, object]:
    sizes = {file.name: file.size_bytes for file in table.version.files}
    size = sizes.get("data.csv", 0)
    return {
        "id": table.id,
        "count": table.version.rows,
        "table_type": "BASE TABLE",
        "size": size,
        "db_size": sum(sizes.values()),
        "idx_size": 0,
        "aliases": [*table.aliases],
    }


def _described(column: Column, table: Table) -> dict[str, object]:
    index = table.indexes.get(column.name)
    schema = {
        "native_type": NATIVE.get(column.type, column.type),
        "notnull": False,
        "index_name": index,
        "is_index": index is not None,
        "uniquekey": False,
    }
    return {**column.shown, "schema": schema}
