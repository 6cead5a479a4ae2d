"""All rounds of a comparison, and what is asked of the tables side by side, take no more work than one table may."""

from dataclasses import replace

import pytest

from anonymizers.differencing import settle as rounds
from anonymizers.differencing.past import Late, PastRelease, Settled
from anonymizers.differencing.settle import settle
from anonymizers.disclosure import work
from anonymizers.disclosure.protect import protect
from anonymizers.disclosure.work import Work
from eclor.errors import GuaranteeBroken
from tests.cell_tables import UNITS, rules
from tests.releases import Row, Table, first, people

FRAME = {"a": ["a0", "a1", "a2"], "b": ["b0", "b1", "b2"]}
MARGINS = [["a"], ["b"], []]
BEFORE = Table("passages", FRAME, rules(ks=(4,)), margins=MARGINS, measures=(UNITS,))
ZONES = {"z": ["za0", "za1", "za2"], "b": FRAME["b"]}
TO_COME = Table("zones", ZONES, rules(ks=(2,)), margins=[["z"], ["b"], []], measures=(UNITS,))
SIZES = ((2, 9, 8), (7, 1, 6), (12, 11, 3))


def visits() -> list[Row]:
    places = [(f"a{i}", f"b{j}", size) for i, sizes in enumerate(SIZES) for j, size in enumerate(sizes)]
    rows = [row for n, (a, b, size) in enumerate(places) for row in people(size, 1_000 * n, a=a, b=b)]
    return [replace(row, place={**row.place, "z": "z" + row.place["a"]}) for row in rows]


def published() -> list[PastRelease]:
    return [first(BEFORE, visits())]


def compared(past: list[PastRelease]) -> Settled:
    return settle(TO_COME.release(visits()), past, late=Late.REVISE)


def counted(monkeypatch: pytest.MonkeyPatch, module: object) -> list[Work]:
    """Note each work that a module opens."""
    opened: list[Work] = []

    def noted(limit: int | None = None) -> Work:
        opened.append(Work(limit))
        return opened[-1]

    monkeypatch.setattr(module, "Work", noted)
    return opened


def spent(one: Work) -> int:
    return work.LIMIT - one.steps(1) + 1


def test_a_table_is_compared_with_just_the_work_that_all_rounds_take_and_refused_with_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    past, protections = published(), list[int]()
    with monkeypatch.context() as patch:
        opened = counted(patch, rounds)

        def noted(*asked: object, work: Work) -> object:
            before = spent(work)
            found = protect(*asked, work=work)  # type: ignore[arg-type]
            protections.append(spent(work) - before)
            return found

        patch.setattr(rounds, "protect", noted)
        free = compared(past)
    [least] = map(spent, opened)
    assert len(protections) > 1
    assert least > sum(protections) > max(protections) > 0
    monkeypatch.setattr(work, "LIMIT", least)
    assert compared(past).marks == free.marks
    monkeypatch.setattr(work, "LIMIT", least - 1)
    with pytest.raises(GuaranteeBroken) as refused:
        compared(past)
    assert refused.value.code == "protection.too-tied"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_wherever_the_work_runs_out_between_rounds_the_table_is_refused(
    share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = published()
    with monkeypatch.context() as patch:
        opened = counted(patch, rounds)
        compared(past)
    [least] = map(spent, opened)
    monkeypatch.setattr(work, "LIMIT", int(share * least))
    with pytest.raises(GuaranteeBroken) as refused:
        compared(past)
    assert refused.value.code == "protection.too-tied"
