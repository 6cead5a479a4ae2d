"""The pseudonyms of the published vectors, on Spark; on DuckDB see tests/unit/charter/apply/test_secrets.py."""

import json
from datetime import date
from pathlib import Path

import ibis
import pytest

from anonymizers.treatments import treated
from eclor.engine.limits import Engine, Limits
from eclor.engine.session import opened_session
from eclor.world import Secret
from tests.policies import SHARED

PERIOD = date(2026, 10, 1)


@pytest.mark.spark
@pytest.mark.captures
@pytest.mark.usefixtures("spark")
def test_pseudonyms_are_those_of_the_published_vectors(tmp_path: Path) -> None:
    vectors = json.loads((SHARED / "charter" / "worked" / "vecteurs.json").read_text("utf-8"))["pseudonymes"]
    with opened_session((), Limits(tmp_path, engine=Engine.SPARK)) as session:
        session.hold_keys({PERIOD: Secret(bytes.fromhex(vectors["cle_hex"]))})
        named = {
            f"p{number}": treated(
                "pseudonymise",
                ibis.literal(case["valeur"]),
                dataset=case["jeu"],
                name=case["colonne"],
                period=ibis.literal(PERIOD),
            )
            for number, case in enumerate(vectors["cas"])
        }
        one = ibis.literal(1).name("one").as_table()
        (made,) = session.arrow(one.select(**named)).to_pylist()
    assert list(made.values()) == [case["attendu"] for case in vectors["cas"]]
    assert made
