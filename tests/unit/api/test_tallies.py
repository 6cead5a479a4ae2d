"""Groups of all rows are the same whether they are tallied here or asked of the engine."""

from collections.abc import Iterator
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api import tallies
from api.scans import Scans
from api.summaries import Aggregate, Function, Summary
from api.tallies import Tallies
from eclor.errors import RequestRefused
from tests.serving import SERIES
from tests.unit.api.conftest import client_on
from tests.unit.api.every_type import COLUMNS, ROWS, publish
from tests.unit.catalog.publish.released import Home

RECORDS = f"/api/v1/datasets/{SERIES}/records"
NUMBERS = ("passages", "foyers", "annee", "mesure")
NAMES = [column.name for column in COLUMNS]


def no_engine(*asked: object, **named: object) -> None:
    raise AssertionError((asked, named))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, TestClient]]:
    """Two servers of the same rows: one tallies what it may, the other asks the engine."""
    home = Home(tmp_path_factory.mktemp("tallies"))
    publish(home, COLUMNS)
    with client_on(home.folder) as here, client_on(home.folder) as engine:
        yield here, engine
    home.catalog.engine.dispose()


@st.composite
def questions(draw: st.DrawFn) -> dict[str, str]:
    group = draw(st.sampled_from(NAMES))
    reckoned = draw(
        st.lists(
            st.just("count") | st.builds("{}({})".format, st.sampled_from(["sum", "avg"]), st.sampled_from(NUMBERS)),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    keys = draw(st.lists(st.sampled_from([group, *reckoned]), max_size=3, unique=True))
    sort = ",".join(draw(st.sampled_from(["", "-"])) + key for key in keys)
    asked = {"group": group, "aggregate": ",".join(reckoned), "limit": str(draw(st.integers(1, ROWS + 2)))}
    return {**asked, **({"sort": sort} if sort else {}), **draw(st.sampled_from([{}, {"format": "csv"}]))}


@example({"group": "statut", "aggregate": "count,avg(passages),sum(foyers)", "limit": "9"})
@example({"group": "annee", "aggregate": "sum(annee)", "sort": "-annee", "limit": "40"})
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions())
def test_groups_are_those_of_the_engine(both: tuple[TestClient, TestClient], asked: dict[str, str]) -> None:
    here, engine = both
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tallies, "_AGAIN", 1)
        if not any(f"({name})" in asked["aggregate"] for name in ("mesure", "passages")):  # decimals; sums past 2^53
            patched.setattr(Scans, "rows", no_engine)
        tallied = here.get(RECORDS, params=asked)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Summary, "tallied", False)
        said = engine.get(RECORDS, params=asked)
    assert (tallied.status_code, tallied.content) == (200, said.content)


@pytest.mark.parametrize("query", ["group=site,statut", "group=statut&aggregate=max(passages)", "aggregate=count",
                                   "group=statut&passages__gte=40", "group=statut&aggregate=distinct(site)",
                                   "select=statut,site&distinct=true"])  # fmt: skip
def test_nothing_else_is_tallied(
    both: tuple[TestClient, TestClient], monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(tallies, "_AGAIN", 1)
    monkeypatch.setattr(Scans, "tallied", no_engine)
    assert both[1].get(f"{RECORDS}?{query}").status_code == 200


def test_pages_of_groups_follow_each_other(
    both: tuple[TestClient, TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "_AGAIN", 1)
    found: list[dict[str, object]] = []
    address = f"{RECORDS}?group=annee&aggregate=count,avg(passages)&sort=-avg(passages)&limit=7"
    while address:
        page = both[0].get(address).json()
        found, address = found + page["records"], page["next"]
    whole = both[0].get(f"{RECORDS}?group=annee&aggregate=count,avg(passages)&sort=-avg(passages)&limit=1000").json()
    assert found == whole["records"]
    assert len(found) == len({row["annee"] for row in found}) == ROWS - 4 + 1


def test_columns_are_held_from_the_second_time_on(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    takes = Tallies.takes

    def taken(held: Tallies, summary: Summary) -> bool:
        told.append(takes(held, summary))
        return told[-1]

    monkeypatch.setattr(Tallies, "takes", taken)
    with client_on(own_home.folder) as client:
        pages = [client.get(f"{RECORDS}?group=site&aggregate=sum(passages)&limit={n}").json() for n in (3, 4, 5)]
    assert told == [False, True, True]
    assert pages[0]["records"] == pages[1]["records"] == pages[2]["records"]


SUMMED = Summary(("site",), (Aggregate(Function.SUM, "passages"),), 9)


def test_no_more_is_held_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "_MOST_HELD", 20)
    for rows, room in ((10, True), (11, False)):
        held = Tallies(rows)
        assert [held.takes(SUMMED), held.takes(SUMMED)] == [False, room]


def test_values_that_are_too_many_or_too_large_are_left_to_the_engine(
    both: tuple[TestClient, TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "_AGAIN", 1)
    plain = both[1].get(f"{RECORDS}?group=site&aggregate=sum(passages)").json()["records"]
    for name, most in (("MOST_VALUES", ROWS - 1), ("_EXACT", 1_000), ("_AGAIN", 9)):
        for engine in both[0].app.state.parts.scans._open.values():  # type: ignore[attr-defined]
            engine.tallies = None
        with monkeypatch.context() as patched:
            patched.setattr(tallies, name, most)
            patched.setattr(tallies, "_ordered", no_engine)
            asked = both[0].get(f"{RECORDS}?group=site&aggregate=sum(passages)&limit={900 + most % 97}")
            assert asked.json()["records"] == plain


def test_what_cannot_be_held_is_not_tried_again(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = count()

    def refused(*_asked: object) -> None:
        next(tried)
        raise RequestRefused("api.too-slow")

    monkeypatch.setattr(tallies, "_AGAIN", 1)
    monkeypatch.setattr(tallies, "_grouped", refused)
    with client_on(own_home.folder) as client:
        assert [client.get(f"{RECORDS}?group=site&limit={n}").status_code for n in (3, 4, 5)] == [200, 200, 200]
    assert next(tried) == 1


def test_of_no_rows_there_are_no_groups() -> None:
    held = Tallies(0)
    held._groups["site"] = tallies._Groups((), (), np.empty(0, int))
    held._numbers["site", "passages"] = tallies._Numbers(np.empty(0), ())
    assert held.takes(SUMMED)
    assert held.lines(SimpleNamespace(), SimpleNamespace(), SUMMED, 9) == []  # type: ignore[arg-type]
