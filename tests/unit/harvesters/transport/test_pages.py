"""Answers that come page by page: every way walked to its end, each lie refused, what was held left as it was."""

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from eclor.errors import DeclarationRefused, EclorError, SourceUnavailable
from harvesters.harvest import harvest
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from harvesters.screening import screen_out
from harvesters.source import Source
from tests.harvesting import HASTY, all_of, column, flow, harvested, reach, rows_of, store_at
from tests.unit.harvesters.transport.conftest import Script, Scripted, answer


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path)


def _page(body: object, *, status: str = "200 OK", **headers: str) -> Script:
    return answer(orjson.dumps(body), status=status, kind="application/json", **headers)


def _rows(*numbers: int) -> list[dict[str, object]]:
    return [{"id": f"A{number}", "poids": number} for number in numbers]


def _source(
    tmp_path: Path, server: Scripted, way: str, *, rows: str = "", more: str = "", path: str = "/api/things"
) -> Source:
    lines = f", lignes: {rows}" if rows else ""
    return flow(
        tmp_path, column("id"), column("poids", "entier"), access="http", protocol="json",
        address=f"{server.url}{path}", options=f"{{pages: {way}{lines}, cle: id{more}}}",
    )  # fmt: skip


def _held(tmp_path: Path, source: Source, store: RawStore, keeping: Keeping = Keeping.REPLACE) -> list[object]:
    return [row["id"] for row in rows_of(harvested(source, store, keeping=keeping), store, tmp_path / "work")]


def _asked(server: Scripted, name: str) -> list[str | None]:
    queries = [parse_qs(urlsplit(head.split(" ")[1]).query) for head in server.heads]
    return [query.get(name, [None])[0] for query in queries]


def _next(server: Scripted, query: str) -> str:
    return f"{server.url}/api/things?{query}"


_Body = Callable[[list[dict[str, object]]], dict[str, object]]
_COUNTED: list[tuple[str, str, _Body, str]] = [
    ("ckan", "result.results", lambda rows: {"success": True, "result": {"count": 3, "results": rows}}, "start"),
    ("datastore", "result.records", lambda rows: {"success": True, "result": {"total": 3, "records": rows}}, "offset"),
    ("opendatasoft", "results", lambda rows: {"total_count": 3, "results": rows}, "offset"),
    ("wfs", "features", lambda rows: {"numberMatched": 3, "features": rows}, "startIndex"),
]


@pytest.mark.parametrize("counted", _COUNTED, ids=[way for way, *_ in _COUNTED])
def test_offsets_go_on_until_the_announced_total(
    tmp_path: Path, server: Scripted, store: RawStore, counted: tuple[str, str, _Body, str]
) -> None:
    way, rows, body, parameter = counted
    server.says(_page(body(_rows(1, 2))), _page(body(_rows(3))))
    assert _held(tmp_path, _source(tmp_path, server, way, rows=rows), store) == ["A1", "A2", "A3"]
    assert _asked(server, parameter) == [None, "2"]


def _linked(way: str, onward: str | None) -> Script:
    rows = _rows(1, 2) if onward else _rows(3)
    bodies: dict[str, dict[str, object]] = {
        "hubeau": {"count": 3, "next": onward, "data": rows},
        "data-fair": {"total": 3, "next": onward, "results": rows},
        "udata": {"total": 3, "next_page": onward, "data": rows},
        "hydra": {"hydra:totalItems": 3, "hydra:member": rows, "hydra:view": {"hydra:next": onward}},
        "ogc": {"numberMatched": "unknown", "features": rows, "links": [{"rel": "next", "href": onward}]},
        "suivant": {"next": onward, "data": rows},
        "ocpi": {"status_code": 1000, "data": rows},
        "lien": {"items": rows},
    }
    body = bodies[way] | ({"links": []} if way == "ogc" and not onward else {})
    headers = {"X-Total-Count": "3"} | ({"Link": f'<{onward}>; rel="next"'} if onward else {})
    status = "206 Partial Content" if way == "hubeau" and onward else "200 OK"
    return _page(body, status=status, **(headers if way in {"ocpi", "lien"} else {}))


_LINKED = {
    "hubeau": "data", "data-fair": "results", "udata": "data", "hydra": '"hydra:member"', "ogc": "features",
    "suivant": "data", "ocpi": "data", "lien": "items",
}  # fmt: skip


@pytest.mark.parametrize("way", list(_LINKED))
def test_the_next_address_is_followed(tmp_path: Path, server: Scripted, store: RawStore, way: str) -> None:
    server.says(_linked(way, _next(server, "after=2")), _linked(way, None))
    assert _held(tmp_path, _source(tmp_path, server, way, rows=_LINKED[way]), store) == ["A1", "A2", "A3"]
    assert _asked(server, "after") == [None, "2"]


def test_a_page_in_part_is_no_answer_elsewhere(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(_page({"total": 1, "results": _rows(1)}, status="206 Partial Content"))
    assert _refused(_source(tmp_path, server, "data-fair", rows="results"), store).code == "source.status"


def test_sirene_follows_its_cursor_and_says_nothing_in_its_own_way(
    tmp_path: Path, server: Scripted, store: RawStore
) -> None:
    def found(now: str, onward: str, *numbers: int) -> Script:
        header = {"statut": 200, "total": 3, "curseur": now, "curseurSuivant": onward}
        return _page({"header": header, "etablissements": _rows(*numbers)})

    server.says(found("*", "b", 1, 2), found("b", "c", 3), found("c", "c"))
    source = _source(tmp_path, server, "sirene", rows="etablissements", more=', champs: "siret, poids"')
    assert _held(tmp_path, source, store) == ["A1", "A2", "A3"]
    assert _asked(server, "curseur") == ["*", "b", "c"]
    assert _asked(server, "champs") == ["siret,poids"] * 3
    server.says(_page({"fault": "no such path"}, status="404 Not Found"))
    assert _refused(source, store).code == "pages.no-list"


def test_pages_are_numbered(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    def numbered(page: int, *numbers: int) -> Script:
        return _page({"total_results": 3, "page": page, "total_pages": 2, "results": _rows(*numbers)})

    server.says(numbered(1, 1, 2), numbered(2, 3))
    assert _held(tmp_path, _source(tmp_path, server, "entreprises", rows="results"), store) == ["A1", "A2", "A3"]
    assert _asked(server, "page") == ["1", "2"]


def test_only_what_the_policy_lets_in_is_asked_for(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(_page({"total_count": 1, "results": [{"id": "A1"}]}))
    source = _source(tmp_path, server, "opendatasoft", rows="results")
    harvested(source, store, allowed=all_of(source, "poids"), keeping=Keeping.REPLACE)
    assert _asked(server, "select") == ["id"]


def test_a_way_that_cannot_select_is_asked_for_no_fields(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(_page({"data": _rows(1)}))
    _held(tmp_path, _source(tmp_path, server, "ocpi", rows="data", more=", champs: id"), store)
    assert server.heads[0].startswith("GET /api/things?limit=100 ")


def test_an_offset_that_is_no_number_counts_for_none(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(_page({"total_count": 2, "results": _rows(1)}), _page({"total_count": 2, "results": _rows(2)}))
    source = _source(tmp_path, server, "opendatasoft", rows="results", path="/api/things?offset=first")
    assert _held(tmp_path, source, store) == ["A1", "A2"]
    assert _asked(server, "offset") == ["first", "1"]


def test_the_declared_address_keeps_its_own_parameters(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(_page({"total_count": 1, "results": _rows(1)}))
    path = "/api/things?limit=10&select=id%2Cpoids"
    _held(tmp_path, _source(tmp_path, server, "opendatasoft", rows="results", path=path), store)
    assert (_asked(server, "limit"), _asked(server, "select")) == (["10"], ["id,poids"])


def _refused(source: Source, store: RawStore, most_bytes: int | None = None) -> EclorError:
    patience = HASTY if most_bytes is None else HASTY.__class__(most_bytes=most_bytes)
    with pytest.raises(EclorError) as refused:
        harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=reach(store, patience=patience))
    assert refused.value.french()
    assert refused.value.english()
    return refused.value


def _hubeau(count: int, onward: str | None, *numbers: int) -> Script:
    return _page({"count": count, "next": onward, "data": _rows(*numbers)})


def _items(onward: str, *numbers: int) -> Script:
    items = [{"state": "updated", "kind": "slot", "modified": number, **row} for number, row in
             zip(numbers, _rows(*numbers), strict=True)]  # fmt: skip
    return _page({"next": onward, "items": items, "license": "x"})


@pytest.mark.parametrize(
    ("way", "scripts", "code"),
    [
        ("hubeau", [_hubeau(4, None, 1, 2)], "pages.incomplete"),
        ("hubeau", [_hubeau(9, "/a", 1), _hubeau(9, "/b", 2), _hubeau(9, "/a", 3)], "pages.loop"),
        ("hubeau", [_hubeau(9, "/a", 1), _hubeau(9, "/a", 2)], "pages.loop"),
        ("hubeau", [_hubeau(9, "http://elsewhere.example/a", 1)], "source.redirected"),
        ("hubeau", [_hubeau(9, "file:///etc/passwd", 1)], "source.redirected"),
        ("hubeau", [_hubeau(9, "http://127.0.0.1:1/a", 1)], "source.redirected"),
        ("hubeau", [_hubeau(9, "/a", 1), answer(b"", status="500 Oops")], "source.status"),
        ("hubeau", [_hubeau(20_001, "/a?page=2", 1)], "pages.wall"),
        ("opendatasoft", [_page({"total_count": 10_001, "results": _rows(1)})], "pages.wall-exports"),
        ("opendatasoft", [_page({"total_count": 3, "results": _rows(1)}), _page({"total_count": 3, "results": []})],
         "pages.incomplete"),
        ("ocpi", [_page({"data": _rows(1)}, X_Total_Count="2")], "pages.incomplete"),
        ("ocpi", [_page({"data": _rows(1)}, X_Total_Count="9" * 5000)], "pages.incomplete"),
        ("rpde", [_items("/a", 1), _items("/a", 1), _items("http://\u00e9[")], "source.redirected"),
        ("ckan", [_page({"success": False, "error": {}})], "pages.no-list"),
        ("hubeau", [answer(b"<html></html>", kind="text/html")], "payload.html"),
        ("hubeau", [answer(b'{"count": NaN, "data": []}')], "payload.json-not-a-number"),
        ("hubeau", [answer(b'{"data": ' + b"[" * 10_000 + b"]" * 10_000 + b"}")], "payload.too-deep"),
        ("hubeau", [answer(b'{"data": ' + b"[" * 300 + b"]" * 300 + b"}")], "payload.too-deep"),
        ("hubeau", [answer(b'{"count": 1, "data": [{"id":')], "payload.json-cut"),
        ("hubeau", [answer(b'{"count": 1, "data": [{"id": "A1", "id": "A2", "poids": 1}]}')],
         "payload.json-duplicate-member"),
    ],
)  # fmt: skip
def test_a_walk_that_does_not_hold_is_refused_and_the_former_stays(
    tmp_path: Path, server: Scripted, store: RawStore, way: str, scripts: Sequence[Script], code: str
) -> None:
    rows = {"hubeau": "data", "ocpi": "data", "ckan": "result.results", "rpde": "items"}.get(way, "results")
    source = _source(tmp_path, server, way, rows=rows)
    server.says(_good(way))
    harvested(source, store, keeping=Keeping.REPLACE)
    before = sorted((tmp_path / "raw").rglob("*.enc"))
    server.says(*scripts)
    assert _refused(source, store).code == code
    assert sorted((tmp_path / "raw").rglob("*.enc")) == before


def _good(way: str) -> Script:
    """What the same source said while it still behaved."""
    match way:
        case "opendatasoft":
            return _page({"total_count": 2, "results": _rows(1, 2)})
        case "ckan":
            return _page({"success": True, "result": {"count": 2, "results": _rows(1, 2)}})
        case "rpde":
            return _page({"items": _rows(1, 2)})
        case _:
            return _page({"count": 2, "data": _rows(1, 2)})


def test_a_walk_is_bounded_in_bytes(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    body = {"count": 99, "data": [{"id": "A1", "poids": 1, "text": "x" * 600}]}
    server.says(*(_page({**body, "next": f"/p?{number}"}) for number in range(9)))
    assert _refused(_source(tmp_path, server, "hubeau", rows="data"), store, most_bytes=2000).code == "source.too-big"
    assert len(server.heads) == 3


def test_the_same_rows_in_another_envelope_are_no_new_delivery(
    tmp_path: Path, server: Scripted, store: RawStore
) -> None:
    source = _source(tmp_path, server, "ocpi", rows="data")
    server.says(_page({"timestamp": "10:00", "data": _rows(1)}), _page({"timestamp": "10:05", "data": _rows(1)}))
    _held(tmp_path, source, store)
    before = sorted((tmp_path / "raw").rglob("*"))
    _held(tmp_path, source, store)
    assert sorted((tmp_path / "raw").rglob("*")) == before


def test_a_later_visit_asks_since_the_last_one_with_a_margin(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    source = _source(tmp_path, server, "ocpi", rows="data", more=", depuis: date_from")
    server.says(_page({"data": _rows(1)}), _page({"data": _rows(1, 2)}))
    _held(tmp_path, source, store, Keeping.APPEND)
    assert _held(tmp_path, source, store, Keeping.APPEND) == ["A1", "A2"]
    assert _asked(server, "date_from") == [None, "2026-11-22T12:00:00Z"], "noon of the 24th, less 48 hours"


@pytest.mark.parametrize(("licence", "code"), [("x", ""), ("other", "source.licence-changed")])
def test_a_feed_under_another_licence_is_refused(
    tmp_path: Path, server: Scripted, store: RawStore, licence: str, code: str
) -> None:
    source = _source(tmp_path, server, "rpde", rows="items", more=f", licence: {licence}")
    server.says(_items("/a", 1), _items("/a"))
    if code:
        assert _refused(source, store).code == code
    else:
        assert _held(tmp_path, source, store) == ["A1"]


def test_an_unknown_way_is_refused_where_it_is_written(tmp_path: Path, server: Scripted) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        _source(tmp_path, server, "hubeo")
    assert refused.value.code == "declaration.unknown-word-near"
    assert "hubeau" in refused.value.english()


def test_a_feed_goes_on_from_where_it_was_cut(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    source = _source(tmp_path, server, "rpde", rows="items")
    server.says(_items("/api/things?after=2", 1, 2), answer(status="404 Not Found"))
    with pytest.raises(SourceUnavailable):
        _held(tmp_path, source, store, Keeping.APPEND)
    server.says(_items("/api/things?after=3", 3), _items("/api/things?after=3"))
    assert _held(tmp_path, source, store, Keeping.APPEND) == ["A1", "A2", "A3"]
    assert _asked(server, "after") == [None, "2", "2", "3"]
    server.says(_items("/api/things?after=3"))
    assert _held(tmp_path, source, store, Keeping.APPEND) == ["A1", "A2", "A3"]
    assert _asked(server, "after")[4:] == ["3"]


def test_a_feed_that_is_held_whole_is_walked_again_only_when_it_moved(
    tmp_path: Path, server: Scripted, store: RawStore
) -> None:
    source = _source(tmp_path, server, "rpde", rows="items")
    last = _items("/api/things?after=2")
    server.says(_items("/api/things?after=2", 1, 2), last, last)
    assert _held(tmp_path, source, store) == ["A1", "A2"]
    assert _held(tmp_path, source, store) == ["A1", "A2"]
    assert _asked(server, "after") == [None, "2", "2"]
    moved = _items("/api/things?after=3", 3)
    server.says(moved, _items("/api/things?after=2", 1, 2), moved, _items("/api/things?after=3"))
    assert _held(tmp_path, source, store) == ["A1", "A2", "A3"]


@pytest.mark.parametrize(
    ("more", "times", "held"),
    [
        ("", ["08:00", "08:00", "09:00"], [1, 30]),
        ("", ["08:00", "08:00", "07:00"], [1, 30]),
        (", instant: modifie", ["08:00", "08:00", "09:00"], [1, 30]),
        (", instant: modifie", ["08:00", "08:00", "07:00"], [1, 2]),
        (", instant: modifie", ["08:00", "08:00", "08:00"], [1, 30]),
        (", instant: modifie", ["08:00", "", "07:00"], [1, 30]),
    ],
)
def test_of_what_comes_twice_the_last_modified_is_held_and_the_other_counted(
    tmp_path: Path, server: Scripted, store: RawStore, more: str, times: list[str], held: list[int]
) -> None:
    said = [*_rows(1, 2), {"id": "A2", "poids": 30}]
    rows = [{**row, "modified": f"2026-11-24T{at}Z" if at else ""} for row, at in zip(said, times, strict=True)]
    server.says(*(_page({"total_count": 3, "results": page}) for page in (rows[:2], rows[2:])))
    source = flow(
        tmp_path, column("id"), column("poids", "entier"), column("modifie", "date-heure", path="modified"),
        access="http", protocol="json", address=f"{server.url}/api/things",
        options=f"{{pages: opendatasoft, lignes: results, cle: id{more}}}",
    )  # fmt: skip
    raw = harvested(source, store, keeping=Keeping.REPLACE)
    assert [row["poids"] for row in rows_of(raw, store, tmp_path / "work")] == held
    assert (raw.counts.rows, raw.counts.repeated) == (3, 1)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("out 08, b 08", ["b"]),
        ("b 08, out 08", []),
        ("b 08, out 08, c 08", ["c"]),
        ("b 08, c 08, out 08", []),
        ("b 08, out 09", []),
        ("out 08, b 09", ["b"]),
        ("b 09, out 08", ["b"]),
        ("out 08, b 08, c 08", ["c"]),
        ("out 08, out 08, b 08", ["b"]),
        ("out 07, b 08, out 08, b 09, c 09", ["c"]),
    ],
)
def test_of_a_state_the_latest_row_holds_or_none_where_it_is_somebody_s_who_objected(
    tmp_path: Path, server: Scripted, store: RawStore, said: str, held: list[str]
) -> None:
    """Who objected comes in nowhere: what a key was before is not held in the place of what it is."""
    columns = column("place"), column("badge"), column("modifie", "date-heure")
    source = flow(
        tmp_path, *columns, access="http", protocol="json", address=f"{server.url}/etat.json",
        options="{cle: place, instant: modifie}",
    )  # fmt: skip
    screen_out(store.place(source.dataset, source.name), ["badge"], ["out"], until=None, world=store.world)
    told = [each.split() for each in said.split(", ")]
    rows = [{"place": "P", "badge": badge, "modifie": f"2026-11-20T{hour}:00:00Z"} for badge, hour in told]
    server.says(_page(rows))
    raw = harvested(source, store, keeping=Keeping.REPLACE)
    assert [row["badge"] for row in rows_of(raw, store, tmp_path / "work")] == held
    assert raw.counts.repeated == len(told) - 1


def test_a_total_that_is_no_number_of_rows_is_not_said(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(_hubeau(262085439502352, None, 1))
    with pytest.raises(SourceUnavailable) as refused:
        harvested(_source(tmp_path, server, "hubeau", rows="data"), store, keeping=Keeping.REPLACE)
    assert refused.value.code == "pages.incomplete"
    assert "262085439502352" not in refused.value.located() + repr(refused.value.facts)
