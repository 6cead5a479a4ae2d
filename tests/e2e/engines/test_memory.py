"""How much memory Spark is given: what the operator writes for either engine."""

import importlib

import pytest

from eclor.errors import SettingsRefused

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("spark")]


@pytest.mark.parametrize(
    ("written", "mebibytes"), [("1GB", 1024), ("2 GiB", 2048), ("3000MB", 3000), ("1gb", 1024), ("2147483648", 2048)]
)
def test_an_amount_is_read_as_the_other_engine_writes_it(written: str, mebibytes: int) -> None:
    assert importlib.import_module("eclor.engine.spark.process").bytes_of(written) >> 20 == mebibytes


@pytest.mark.parametrize("written", ["", "80%", "1.5GB", "much"])
def test_another_amount_is_refused(written: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        importlib.import_module("eclor.engine.spark.process").bytes_of(written)
    assert refused.value.code == "engine.no-amount"
