"""The zones of the positions of a run: each distinct position is found once, and held by the session to be looked up.

Positions are personal: they go from the session to memory and back as rows, in no statement and no message.
"""

from collections.abc import Iterable, Iterator
from functools import reduce

import pyarrow as pa

from anonymizers.located import has_outlines, zones_of
from anonymizers.places import ZoneGrain, Zones
from anonymizers.treatments.zone_of_position import scope_of
from charter.dimensions import Dimension
from charter.grains import ZONE_GRAINS
from charter.model import Policy, PolicyField
from charter.raw_table import raw_table
from charter.run import Run
from charter.vocabulary import FieldType, Level
from eclor.errors import GuaranteeBroken

VALUES: pa.Schema = pa.schema([("scope", pa.string()), ("content", pa.string()), ("known", pa.string())])
"""What a session is given to hold (`Session.know_values`)."""


def refuse_without_outlines(policy: Policy, zones: Zones | None) -> None:
    """Refuse (`release.no-outlines`) a position generalised to a level whose zones have no outline, or not all."""
    for field in policy.fields:
        for grain in _grains(field, field.treatment.levels or ()):
            if zones is None or not has_outlines(zones, grain):
                raise GuaranteeBroken(
                    "release.no-outlines", dataset=policy.dataset, column=field.name, level=_level(grain)
                )


def held_dimensions(run: Run, dimensions: Iterable[Dimension]) -> list[pa.Table]:
    """Return what the session must know of the positions of these dimensions, at their levels, in the bound rows."""
    levelled = ((dimension.field, dimension.level) for dimension in dimensions if dimension.level is not None)
    return held_positions(run, levelled)


def held_positions(run: Run, levelled: Iterable[tuple[PolicyField, Level]]) -> list[pa.Table]:
    """Return what the session must know of the positions of these columns, at these levels, in the bound rows."""
    columns: dict[ZoneGrain, list[str]] = {}
    for field, level in levelled:
        for grain in _grains(field, (level,)):
            columns.setdefault(grain, []).append(field.name)
    return [_held(run, names, grain) for grain, names in columns.items()]


def know(run: Run, values: Iterable[pa.Table]) -> None:
    """Let the session know of these values, if there are any."""
    tables = list(values)
    if tables:
        run.session.know_values(pa.concat_tables(tables))


def _held(run: Run, names: list[str], grain: ZoneGrain) -> pa.Table:
    raw = raw_table(run.plan.policy)
    each = [raw.select(content=raw[name]) for name in names]
    contents = reduce(lambda one, other: one.union(other), each).distinct()
    positions = run.session.arrow(contents.filter(contents.content.notnull()))["content"]
    found = zones_of(positions, run.held.listed_zones, grain)
    scopes = pa.repeat(pa.scalar(scope_of(grain), pa.string()), len(positions))
    return pa.table([scopes, positions, found], schema=VALUES)


def _grains(field: PolicyField, levels: Iterable[Level]) -> Iterator[ZoneGrain]:
    """Yield the levels of a column of positions at which its zones are to be found."""
    if field.type is FieldType.POSITION:
        yield from (ZONE_GRAINS[level] for level in levels if level in ZONE_GRAINS)


def _level(grain: ZoneGrain) -> str:
    return next(level.value for level, known in ZONE_GRAINS.items() if known is grain)
