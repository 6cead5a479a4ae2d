"""From the engine's keys to the labels of a table (LANGUAGE.md section 9, "Labels and files" and "Frame")."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from anonymizers.cells import TOGETHER, UNKNOWN
from anonymizers.columns import OUTSIDE, band_labels
from anonymizers.located import is_listed, listed_zones
from anonymizers.places import ZoneGrain, Zones
from anonymizers.times import Grain, Span, ambiguous_hour, doubled_hours, hour_label, hours_between
from charter.dimensions import Dimension
from charter.grains import ZONE_GRAINS
from charter.model import CatalogueEntry, Policy, PolicyField
from charter.vocabulary import Category, EmptyCells, YesNo
from eclor.errors import GuaranteeBroken
from eclor.sentences.variants import variant


@dataclass(frozen=True, slots=True)
class Frame:
    """Which labels of a dimension are public before the data: `listed`, or none where the list is that of the rows.

    `closed` says whether a masked cell may stand in the table: in an open list its label would name its bearer.
    """

    listed: tuple[str, ...] | None
    closed: bool


def frame_of(dimension: Dimension, entry: CatalogueEntry, zones: Zones) -> Frame:
    """Return the frame of a dimension that is not time."""
    treatment = dimension.field.treatment
    if treatment.bins is not None:
        return Frame(band_labels(treatment.bins), closed=True)
    if treatment.grouping is not None:
        return Frame(tuple(group.value for group in treatment.grouping), closed=True)
    if dimension.level is not None:
        return Frame(listed_zones(zones, ZONE_GRAINS[dimension.level]) or None, closed=True)
    column = entry.column(dimension.name)
    if column is not None and column.values is not None:
        return Frame(column.values, closed=True)
    is_place = dimension.field.category is Category.PLACE and column is not None and column.technical is YesNo.YES
    return Frame(None, closed=is_place)


def stands_nowhere(key: Sequence[str], frames: Sequence[Frame | None], empty: EmptyCells | None) -> bool:
    """Tell whether a masked cell is in no export, index nor count, since its presence would tell of someone.

    A value of an open list would name its bearer. `inconnu` is in no list: where a zero is treated as too small, its
    line would tell that it is none.
    """
    parts = zip(key, frames, strict=True)
    return any(
        frame is not None
        and label != TOGETHER
        and (not frame.closed or (empty is EmptyCells.MASK and label == UNKNOWN))
        for label, frame in parts
    )


def times_of(period: Span, grain: Grain, empty: EmptyCells | None) -> tuple[str, ...]:
    """Return every label of time of a period at a level.

    The doubled autumn hour has one more, for local times without offset; where empty cells are masked it is always
    listed, so that its presence says nothing.
    """
    if grain is not Grain.HOUR:
        return tuple(part.label for part in period.parts(grain))
    hours = hours_between(period.first, period.after)
    doubled = doubled_hours(period.first, period.after) if empty is EmptyCells.MASK else ()
    return tuple(hour_label(hour) for hour in (*hours, *(ambiguous_hour(hour) for hour in doubled)))


def label_of(key: object, dimension: Dimension) -> str:
    """Return the label of one key that stands in a cell; a missing one is `inconnu`."""
    if key is None:
        return UNKNOWN
    if isinstance(key, datetime):
        return hour_label(key)
    if isinstance(key, date):
        return Span(key, dimension.grain).label
    return str(key)


def refuse_unlisted(labels: Iterable[str], dimension: Dimension, frame: Frame) -> None:
    """Refuse a delivery with a value that no declared label holds, or that reads like a margin."""
    found = set(labels) - {UNKNOWN}
    if TOGETHER in found:
        raise GuaranteeBroken("release.reserved-label", column=dimension.name, label=TOGETHER)
    if OUTSIDE in found or (frame.listed is not None and found - set(frame.listed)):
        raise unlisted(dimension.field)


def unlisted(field: PolicyField) -> GuaranteeBroken:
    """Return the refusal of a value that no list of a column foresees; the cure names the list."""
    treatment = field.treatment
    lists = {"bins": treatment.bins, "groups": treatment.grouping, "zones": treatment.levels}
    wording = next((name for name, held in lists.items() if held is not None), "values")
    facts = variant("release.unlisted-value", wording, column=field.name)
    return GuaranteeBroken("release.unlisted-value", column=field.name, cure=facts["cure"])


def refuse_without_zones(policy: Policy, zones: Zones | None) -> None:
    """Refuse a policy whose levels of place need a reference table that the territory does not have.

    Outside any territory a code that already is of the level can do without a list, unless empty cells are masked:
    then all are listed.
    """
    masked = policy.guarantees.empty_cells is EmptyCells.MASK
    for field in policy.fields:
        for level in field.treatment.levels or ():
            grain = ZONE_GRAINS.get(level)
            needed = zones is not None or masked or grain is ZoneGrain.EPCI
            if grain and needed and not (zones and is_listed(zones, grain)):
                raise GuaranteeBroken("release.no-zones", dataset=policy.dataset, level=level.value)
