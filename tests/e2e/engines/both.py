"""The same thing on both engines: what each gives, to the byte, refusals included."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from catalog.export import Table
from catalog.exports import export
from charter.apply import NothingToPublish, Release
from eclor.engine.limits import Engine
from eclor.errors import EclorError
from tests.applying import Desk

Given = Mapping[str, object]


def on_each(folder: Path, run: Callable[[Desk], Release], **desk: object) -> dict[Engine, Given]:
    """What a run gives on each engine, with the same keys, clock and zones."""
    given: dict[Engine, Given] = {}
    common = Desk(folder, **desk)  # type: ignore[arg-type]
    keys = common.world.keys
    for engine in Engine:
        place = folder / engine.value
        place.mkdir()
        given[engine] = result_of(dataclasses.replace(common, folder=place, keys=keys, engine=engine), run)
    return given


def result_of(desk: Desk, run: Callable[[Desk], Release]) -> Given:
    try:
        release = run(desk)
    except EclorError as refusal:
        return {"refused": refusal.code, "facts": dict(refusal.facts)}
    except NothingToPublish as waiting:
        return {"waits until": waiting.next_close}
    return written(release, desk.folder)


def written(release: Release, folder: Path) -> Given:
    """All that a release says, its CSV as it is served; the Parquet of rows is each engine's."""
    file = folder / "release.csv"
    export("csv").write(Table(release.rows.path, release.columns), file)
    figures = dataclasses.asdict(release.figures)
    whole = any(column.kind == "status" for column in release.columns)
    return {
        "csv": file.read_bytes(),
        "parquet": release.rows.path.read_bytes() if whole else None,
        "columns": release.columns,
        "periods": release.periods,
        "figures": json.dumps(figures, default=str, sort_keys=True),
        "digest": release.plan_digest,
        "rows": release.rows.count,
    }


def same(given: Mapping[Engine, Given]) -> Given:
    """Hold both equal, and return what they are."""
    assert given[Engine.SPARK] == given[Engine.DUCKDB]
    return given[Engine.DUCKDB]
