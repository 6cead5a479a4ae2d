"""`datastore_search`, `datastore_info`: the rows of a dataset's CSV resource, its masked cells null."""

from typing import Final
from urllib.parse import urlencode

from api.ckan.given import Given
from api.ckan.site import CSV, Site, stable_id
from api.ckan.tables import ID, NATIVE, chosen_names, fields, read_question, type_of
from api.ckan.wire import ActionRefused, Withdrawn, invalid, not_found
from api.parts import Parts
from api.rendering import csv_lines, records
from api.row_files import Record
from api.rows import Question, count, page, place_of
from api.shelf import Kept
from charter.release_parts import ReleaseColumn

TABLES: Final = "_table_metadata"
FORMATS: Final = ("objects", "lists", "csv", "tsv")
KNOWN: Final = (
    "resource_id",
    "id",
    "filters",
    "q",
    "full_text",
    "plain",
    "language",
    "limit",
    "offset",
    "fields",
    "sort",
    "distinct",
    "include_total",
    "records_format",
    "include_next_page",
    "total_estimation_threshold",
)
ID_COLUMN: Final = ReleaseColumn(ID, "entier", "technical")
_ECHOED: Final = ("filters", "q", "sort", "distinct", "fields")


async def kept_table(identifier: str, site: Site, parts: Parts) -> Kept:
    """Return the version whose rows a resource holds (404)."""
    try:
        view, file = site.resource(identifier)
    except Withdrawn:
        raise
    except ActionRefused:
        view, file = None, None
    if view is None or file is None or file.name != CSV:
        raise not_found(f'Not found: Resource "{identifier[:80]}" was not found.')
    return await parts.shelf.latest(view.slug)


async def datastore_search(given: Given, site: Site, parts: Parts) -> dict[str, object]:
    """Return a page of rows with their fields and total."""
    given.only(KNOWN)
    identifier = given.text("resource_id") or given.needed_as("id", "resource_id")
    shape = given.text("records_format", "objects")
    if shape not in FORMATS:
        raise invalid(records_format=[f"Value must be one of {[*FORMATS]}"])
    if identifier == TABLES:
        return _tables(given, site)
    kept = await kept_table(identifier, site, parts)
    question, names = read_question(given, kept.version), chosen_names(given, kept.version)
    rows, total = await _rows(question, kept, given, parts)
    columns = {column.name: column for column in kept.version.columns}
    return {
        "include_next_page": given.yes("include_next_page"),
        "include_total": given.yes("include_total", "true"),
        "limit": question.limit,
        "records_format": shape,
        "resource_id": identifier,
        **({"offset": question.offset} if question.offset else {}),
        **{name: given.values[name] for name in _ECHOED if name in given.values},
        "records": shown(rows, [ID_COLUMN if name == ID else columns[name] for name in names], question, shape=shape),
        "fields": fields(columns, names),
        "_links": _links(given, question),
        **({"total": total, "total_was_estimated": False} if total is not None else {}),
        **_next_page(given, question, rows),
    }


async def _rows(question: Question, kept: Kept, given: Given, parts: Parts) -> tuple[list[Record], int | None]:
    counted = given.yes("include_total", "true")
    whole = not (question.conditions or question.any_of or question.words)
    if question.by_key_alone and question.limit <= 1000:  # noqa: PLR2004 - a page: as quick as it is short
        return parts.rows.quickly(kept.version, page(question)), kept.version.rows if counted else None
    statements = [page(question), *([count(question)] if counted and not whole else [])]
    answers = await parts.rows.patiently(kept.version, statements)
    total = answers[1][0][0] if len(answers) > 1 else kept.version.rows
    return answers[0], int(total or 0) if counted else None


def shown(rows: list[Record], columns: list[ReleaseColumn], question: Question, *, shape: str) -> object:
    """Return the rows in one of CKAN's formats."""
    places = [
        len(question.columns) if column is ID_COLUMN else question.columns.index(column.name) for column in columns
    ]
    picked = [tuple(row[place] for place in places) for row in rows]
    match shape:
        case "csv" | "tsv":
            return csv_lines(picked, columns, delimiter="," if shape == "csv" else "\t")
        case "lists":
            return [[*one.values()] for one in records(picked, columns)]
        case _:
            return records(picked, columns)


def _links(given: Given, question: Question) -> dict[str, str]:
    plain = [(name, str(value)) for name, value in given.values.items() if name != "offset"]
    start = f"/api/3/action/datastore_search?{urlencode(plain)}"
    return {"start": start, "next": f"{start}&offset={question.offset + question.limit}"}


def _next_page(given: Given, question: Question, rows: list[Record]) -> dict[str, object]:
    if not given.yes("include_next_page") or question.sorts or len(rows) < question.limit or not rows:
        return {}
    return {"next_page": {ID: {"gt": place_of(question, rows[-1]).place}}}


def _tables(given: Given, site: Site) -> dict[str, object]:
    """Return the list of tables, which clients read to know what there is."""
    names = [stable_id(slug, CSV) for slug in site.served]
    limit, offset = given.natural("limit", 100), given.natural("offset", 0)
    rows = [
        {ID: name.replace("-", "")[:16], "name": name, "oid": str(place), "alias_of": None}
        for place, name in enumerate(names, 1)
    ]
    return {
        "limit": limit,
        "records_format": "objects",
        "resource_id": TABLES,
        "records": rows[offset : offset + limit],
        "fields": [{"id": name, "type": "text"} for name in (ID, "name", "oid", "alias_of")],
        "total": len(rows),
    }


async def datastore_info(given: Given, site: Site, parts: Parts) -> dict[str, object]:
    """Return a table's columns and size."""
    identifier = given.text("id") or given.needed_as("resource_id", "id")
    kept = await kept_table(identifier, site, parts)
    version = kept.version
    described = [_field(column, kept) for column in version.columns]
    if not given.yes("include_fields_schema", "true"):
        described = [{name: value for name, value in one.items() if name != "schema"} for one in described]
    if not given.yes("include_meta", "true"):
        return {"fields": described}
    size = sum(file.size_bytes for file in version.files if file.name == CSV)
    meta = {"id": identifier, "count": version.rows, "table_type": "BASE TABLE", "size": size, "aliases": []}
    return {"meta": meta, "fields": described}


def _field(column: ReleaseColumn, kept: Kept) -> dict[str, object]:
    kind = type_of(column)
    schema = {"native_type": NATIVE.get(kind, kind), "notnull": False, "index_name": None, "is_index": False}
    return {"id": column.name, "type": kind, **_info(column, kept), "schema": {**schema, "uniquekey": False}}


def _info(column: ReleaseColumn, kept: Kept) -> dict[str, object]:
    declared = kept.dataset.declared.get("colonnes")
    for one in declared if isinstance(declared, list) else ():
        if isinstance(one, dict) and one.get("nom") == column.name:
            titles, notes = one.get("titre"), one.get("description")
            label = titles.get("fr", "") if isinstance(titles, dict) else ""
            return {"info": {"label": label, "notes": notes.get("fr", "") if isinstance(notes, dict) else ""}}
    return {}
