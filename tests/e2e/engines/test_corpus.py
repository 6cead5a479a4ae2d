"""Each policy of the corpus gives the same release on both engines, to the byte."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.e2e.engines.both import on_each, same
from tests.e2e.engines.corpus import CASES, Case

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("spark")]

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_both_engines_say_the_same(tmp_path: Path, case: Case) -> None:
    given = same(on_each(tmp_path, lambda desk: desk.apply(case.essay, case.delivery), now=NOW, zones=case.zones))
    said = given.get("csv", str(given.get("refused")).encode())
    assert case.says.encode() in bytes(said)  # type: ignore[arg-type]
