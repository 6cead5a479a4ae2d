"""The tables of the contract's seed, stored as rows of a version are: a Parquet file each, in PostgreSQL's types.

Numbers without a scale are kept as texts, and so is JSON: nothing of a digit is lost.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from api.ckan.table import Table, columns_of
from api.dating import UNDATED
from catalog.rows_index import SCANNED
from catalog.views import VersionView
from charter.release_parts import ReleaseColumn
from eclor.names import Sha256, Slug

_WORDS = {"int": "int4", "float": "float8"}
_ARROW = {
    "text": pa.string(),
    "int4": pa.int32(),
    "int8": pa.int64(),
    "numeric": pa.string(),
    "float8": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "time": pa.time64("us"),
    "timestamp": pa.timestamp("us"),
    "timestamptz": pa.timestamp("us", "UTC"),
    "json": pa.string(),
    "_int4": pa.list_(pa.int32()),
}
_INSTANT = datetime(2026, 11, 24, tzinfo=UTC)


def _numeric(text: str) -> str:
    return {"1e3": "1000"}.get(text, text)


_READ = {
    "float8": float,
    "numeric": _numeric,
    "json": lambda value: json.dumps(value, ensure_ascii=False),
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timestamp": datetime.fromisoformat,
    "timestamptz": datetime.fromisoformat,
}


def stored(written: Mapping[str, Mapping[str, Any]], published: Path) -> dict[str, Table]:
    """Store the seed's tables under a home's published folder; give them by identifier and by alias."""
    found: dict[str, Table] = {}
    for place, (identifier, one) in enumerate(sorted(written.items()), 1):
        table = _stored(identifier, one, published, number=1_000_000 + place)
        found.update(dict.fromkeys((identifier, *table.aliases), table))
    return found


def _stored(identifier: str, written: Mapping[str, Any], published: Path, *, number: int) -> Table:
    kinds = {field["id"]: _WORDS.get(field["type"], field["type"]) for field in written["fields"]}
    arrays = [_array(name, kind, written["records"]) for name, kind in kinds.items()]
    folder = published / "seed" / identifier
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(arrays, names=[*kinds]), folder / SCANNED, compression="zstd")
    version = VersionView(
        id=number,
        dataset=Slug("seed"),
        number=1,
        published_at=_INSTANT,
        periods=(),
        rows=len(written["records"]),
        masked=0,
        columns=tuple(ReleaseColumn(name, kind, "technical") for name, kind in kinds.items()),
        folder=f"seed/{identifier}",
        content_digest=Sha256("0" * 64),
        policy_digest=Sha256("0" * 64),
        policy_version=1,
        journal_index=0,
        note="",
        withdrawn_at=None,
        withdrawn_reason="",
        files=(),
    )
    infos = {field["id"]: field["info"] for field in written["fields"] if "info" in field}
    aliases = written.get("aliases", ())
    keys = written.get("primary_key", ())
    indexed = [*([keys] if isinstance(keys, str) else keys), *written.get("indexes", ())]
    indexes = {name: f"index {name}" for name in indexed}
    named = (aliases,) if isinstance(aliases, str) else tuple(aliases)
    return Table(identifier, version, columns_of(version, infos), _allowed, UNDATED, named, indexes)


async def _allowed() -> None:
    """Let it leave: nothing ends a seed."""


def _array(name: str, kind: str, records: list[dict[str, Any]]) -> pa.Array:
    read = _READ.get(kind, lambda value: value)
    values = [row[name] for row in records]
    return pa.array([None if value is None and kind != "json" else read(value) for value in values], _ARROW[kind])
