"""What the session must know of masked texts: each distinct text is found among the reviews, and held to be looked up.

Texts are personal: they go from the session to memory and back as rows, in no statement and no message.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from anonymizers.columns import as_text
from anonymizers.treatments.mask import scope_of
from charter.located import VALUES
from charter.model import Policy, PolicyField
from charter.raw_table import raw_table
from charter.reviews import mark_of, review_key
from charter.run import Run
from charter.vocabulary import Operation
from eclor.errors import GuaranteeBroken


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of one masked column: the values to hold; the rows that wait and those that are withheld.

    Internal: how many lines wait is never public.
    """

    column: str
    values: pa.Table
    waiting: int
    withheld: int


def masked_fields(policy: Policy) -> tuple[PolicyField, ...]:
    """Return the published columns whose text is read by the DPO."""
    fields = (policy.field(name) for name in policy.publication.columns or ())
    return tuple(field for field in fields if field.treatment.operation is Operation.MASK)


def readings(run: Run) -> tuple[Reading, ...]:
    """Look for the distinct texts of each masked column of the bound rows among the reviews."""
    return tuple(_reading(run, field) for field in masked_fields(run.plan.policy))


def refuse_all_waiting(run: Run, read: tuple[Reading, ...], count: int) -> None:
    """Refuse (`release.nothing-reviewed`) a release without a line where lines are held and none may appear."""
    if not count and any(one.waiting or one.withheld for one in read):
        raise GuaranteeBroken("release.nothing-reviewed", dataset=run.plan.policy.dataset)


def said_of(read: tuple[Reading, ...]) -> Mapping[str, object]:
    """Return what the internal report says of the reviews, by column."""
    return {one.column: {"waiting": one.waiting, "withheld": one.withheld} for one in read}


def _reading(run: Run, field: PolicyField) -> Reading:
    dataset, raw = run.plan.policy.dataset, raw_table(run.plan.policy)
    texts = raw.select(content=as_text(raw[field.name]).nullif(""))
    texts = texts.filter(texts.content.notnull())
    found = run.session.arrow(texts.group_by("content").aggregate(rows=texts.count())).to_pydict()
    key, decided = review_key(run.world.keys, dataset), run.held.reviews.decided
    values, waiting, withheld = [], 0, 0
    for text, rows in zip(found["content"], found["rows"], strict=True):
        mark = mark_of(key, dataset=dataset, column=field.name, text=text)
        known = decided.get(mark)
        if known is not None:
            values.append({"scope": scope_of(field.name), "content": text, "known": known})
        elif mark in decided:
            withheld += rows
        else:
            waiting += rows
    return Reading(field.name, pa.Table.from_pylist(values, schema=VALUES), waiting, withheld)
