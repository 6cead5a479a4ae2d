"""How much is taken of an answer: what the declaration says, else some times the most that was ever taken."""

import json
from pathlib import Path

import pytest

from eclor.errors import DeclarationRefused, SourceUnavailable
from harvesters.cursors import Memory
from harvesters.raw_store import RawStore
from harvesters.reach import MIB, Patience
from harvesters.receiving import Keeping
from harvesters.source import Source
from harvesters.transport import bounds
from tests.harvesting import column, flow, harvested, store_at
from tests.unit.harvesters.transport.conftest import Scripted, answer

HEAD = b"badge,poids\n"


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return store_at(tmp_path)


def _source(tmp_path: Path, address: str, **more: str) -> Source:
    return flow(tmp_path, column("badge"), column("poids", "entier"), access="http", address=address, **more)


def _rows(source: Source, store: RawStore) -> int:
    return harvested(source, store, keeping=Keeping.REPLACE).rows


def _csv(rows: int) -> bytes:
    return HEAD + b"".join(b"A%d,1\n" % number for number in range(rows))


@pytest.mark.parametrize(
    ("options", "largest", "same_terms", "most"),
    [
        ({}, None, True, 2048),
        ({}, 1, True, 64),
        ({}, 100 * MIB, True, 800),
        ({}, 1024 * MIB, True, 2048),
        ({}, 1, False, 2048),
        ({"taille_max": "3"}, 100 * MIB, True, 3),
        ({"taille_max": "4096"}, None, True, 4096),
    ],
)
def test_a_bound_is_declared_or_learnt(
    tmp_path: Path, options: dict[str, str], largest: int | None, same_terms: bool, most: int
) -> None:
    source = _source(tmp_path, "https://x.invalid/a.csv", options=json.dumps(options))
    memory = Memory({} if largest is None else {"largest": largest}, same_terms=same_terms)
    assert bounds.most_bytes(source, memory, Patience()) == most * MIB


@pytest.mark.parametrize("pages", [False, True])
def test_what_is_far_larger_than_ever_is_refused_and_what_was_held_stays(
    tmp_path: Path, server: Scripted, store: RawStore, monkeypatch: pytest.MonkeyPatch, pages: bool
) -> None:
    monkeypatch.setattr(bounds, "_LEAST", 200)
    address = f"{server.url}/a.{'json' if pages else 'csv'}"
    read = {"protocol": "json", "options": "{pages: hubeau, lignes: data}"} if pages else {}
    source = _source(tmp_path, address, **read)

    def said(rows: int) -> bytes:
        listed = [{"badge": f"A{number}", "poids": 1} for number in range(rows)]
        return json.dumps({"data": listed}).encode() if pages else _csv(rows)

    server.says(*(answer(said(rows)) for rows in (60, 20, 400)))
    assert [_rows(source, store) for _ in range(3)] == [60, 20, 400], "the most ever taken counts, not the last"
    server.says(answer(said(8000)))
    with pytest.raises(SourceUnavailable) as refused:
        _rows(source, store)
    assert refused.value.code == "source.too-big"
    assert store.held(source.dataset, source.name).rows == 400


def test_a_declared_bound_holds_the_first_time_too(tmp_path: Path, server: Scripted, store: RawStore) -> None:
    server.says(answer(HEAD + b"A1,1\n" * 300_000))
    with pytest.raises(SourceUnavailable) as refused:
        _rows(_source(tmp_path, f"{server.url}/a.csv", options='{taille_max: "1"}'), store)
    assert (refused.value.code, refused.value.facts["limit_mib"]) == ("source.too-big", 1)
    assert "taille_max" in refused.value.french()


@pytest.mark.parametrize("written", ["0", "1,5", "beaucoup", "-1"])
def test_a_bound_is_a_whole_number(tmp_path: Path, written: str) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        _source(tmp_path, "https://x.invalid/a.csv", options=json.dumps({"taille_max": written}))
    assert (refused.value.code, refused.value.facts["key"]) == ("declaration.wrong-value", "taille_max")
