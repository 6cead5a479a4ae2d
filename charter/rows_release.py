"""A release by rows: the technical columns of one whole delivery, in key order."""

from dataclasses import dataclass
from pathlib import Path

from anonymizers.columns import OUTSIDE
from anonymizers.located import listed_zones
from charter.due import delivery_due
from charter.grains import ZONE_GRAINS
from charter.held import NothingToPublish
from charter.labels import unlisted
from charter.located import held_positions, know
from charter.model import Policy, PolicyField
from charter.raw_table import raw_table, read_columns, read_fields, stored_schema
from charter.reviewed import Reading, readings, refuse_all_waiting
from charter.rows_expression import labels_of_rows, sorted_texts, unsorted_text
from charter.run import Run
from charter.vocabulary import Level, Operation
from eclor.names import Slug


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, and what was known of the masked texts."""

    rows: int
    read: tuple[Reading, ...]


def write_rows(run: Run, path: Path) -> Written:
    """Write the rows as one Parquet file and count them; raise `NothingToPublish` while the delay since receipt runs.

    Texts are ordered by their UTF-8 bytes, numbers by value, missing values first, columns in the policy's order.
    A line with a masked text that the DPO has not let through is left out. Refuses, before anything is written, a value
    of no band, no group and no listed zone; and a release that reviews leave empty.
    """
    policy, session = run.plan.policy, run.session
    if delivery_due(run) > run.world.clock.now():
        raise NothingToPublish(Slug(policy.dataset), delivery_due(run))
    schema = stored_schema(read_fields(policy))
    session.bind(read_columns(policy), (), schema=schema, sorted_by=sorted_texts(policy))
    session.know_labels(labels_of_rows(policy))
    session.know_any_local_time()
    session.hold_zones(run.held.listed_zones.epci_by_commune)
    read = readings(run)
    know(run, [*held_positions(run, _levelled(policy)), *(one.values for one in read)])
    for name in policy.publication.columns or ():
        if policy.field(name).treatment.operation is Operation.GENERALISE and _is_unlisted(run, policy.field(name)):
            raise unlisted(policy.field(name))
    rows = session.write(run.plan.steps[0].expression.value, path)
    refuse_all_waiting(run, read, rows)
    return Written(rows, read)


def _levelled(policy: Policy) -> list[tuple[PolicyField, Level]]:
    """Return the published columns that are generalised by levels, at the level that they have in rows."""
    fields = (policy.field(name) for name in policy.publication.columns or ())
    return [(field, field.treatment.levels[0]) for field in fields if field.treatment.levels]


def _is_unlisted(run: Run, field: PolicyField) -> bool:
    """Tell whether a value stands under the first band, or in no group and no listed zone; reads one column."""
    raw = raw_table(run.plan.policy)
    if field.treatment.bins is not None:
        least = run.session.arrow(raw.aggregate(least=raw[field.name].min()))["least"][0].as_py()
        return least is not None and bool(least < field.treatment.bins[0])
    level = field.treatment.levels[0] if field.treatment.levels else None
    if level is not None and level not in ZONE_GRAINS:
        return False
    listed = listed_zones(run.held.listed_zones, ZONE_GRAINS[level]) if level else ()
    found = run.session.arrow(unsorted_text(field, raw).name("label").as_table().distinct())["label"].to_pylist()
    return OUTSIDE in found or bool(listed and set(found) - {None, *listed})
