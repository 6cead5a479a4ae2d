"""The licence that a Data Package states: another one, or none any more, stops its flow until somebody decides."""

import json
from pathlib import Path

import pytest

from eclor.errors import PayloadRefused
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from harvesters.source import Source
from tests.harvesting import column, flow, harvested, store_at
from tests.unit.harvesters.transport.conftest import Script, Scripted, answer

CSV, OTHER = b"badge,poids\nA1,1\nB2,2\n", b"badge,poids\nA1,1\nB2,2\nC3,3\n"

_ETALAB = {"name": "etalab-2.0", "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence"}
_ODBL = {"name": "ODbL-1.0"}


def _told(package: object) -> Script:
    return answer(json.dumps(package).encode(), kind="application/json")


def _rows(source: Source, store: RawStore) -> int:
    return harvested(source, store, keeping=Keeping.REPLACE).rows


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        (("etalab-2.0", [_ETALAB], None), ""),
        ((_ETALAB["path"], [_ETALAB], None), ""),
        (("etalab-2.0", [_ODBL], [_ETALAB]), ""),
        (("etalab-2.0", [_ETALAB], [_ODBL]), "source.licence-changed"),
        (("etalab-2.0", [_ODBL], None), "source.licence-changed"),
        (("etalab-2.0", [_ETALAB, _ODBL], None), "source.licence-changed"),
        (("etalab-2.0", None, None), "source.licence-changed"),
        (("etalab-2.0", "etalab-2.0", None), "source.licence-changed"),
        (("etalab-2.0", [_ETALAB, "proprietary"], None), "source.licence-changed"),
        (("", [_ETALAB], None), "source.licence-undeclared"),
        (("", None, None), ""),
    ],
)
def test_a_licence_that_changes_or_goes_stops_the_flow_and_what_was_held_stays(
    tmp_path: Path, server: Scripted, stated: tuple[str, object, object], code: str
) -> None:
    store = store_at(tmp_path)
    declared, of_package, of_resource = stated
    options = f"{{licence: '{declared}'}}" if declared else "{}"
    source = flow(
        tmp_path, column("badge"), column("poids", "entier"), access="http", options=options,
        address=f"{server.url}/datapackage.json",
    )  # fmt: skip
    resource = {"name": "points", "path": "points.csv", "licenses": of_resource}
    package = {"resources": [resource], "licenses": of_package}
    agreed = {"resources": [{"name": "points", "path": "points.csv"}]} | ({"licenses": [_ETALAB]} if declared else {})
    server.says(_told(agreed), answer(CSV), _told(package), answer(OTHER))
    assert _rows(source, store) == 2
    if code:
        with pytest.raises(PayloadRefused) as refused:
            _rows(source, store)
        assert refused.value.code == code
        assert refused.value.french()
        assert store.held(source.dataset, source.name).rows == 2
    else:
        assert _rows(source, store) == 3


def test_a_licence_is_not_declared_in_vain_of_a_file_that_states_none(tmp_path: Path, server: Scripted) -> None:
    server.says(answer(CSV))
    source = flow(
        tmp_path, column("badge"), column("poids", "entier"), access="http", options="{licence: etalab-2.0}",
        address=f"{server.url}/points.csv",
    )  # fmt: skip
    with pytest.raises(PayloadRefused) as refused:
        _rows(source, store_at(tmp_path))
    assert refused.value.code == "source.licence-changed"
    assert "ôtez alors" in refused.value.french()
