"""What a source calls its fields is said aloud where it reads as a field's name, and not where it may be somebody."""

import pytest

from harvesters.sayable import sayable


@pytest.mark.parametrize(
    "name",
    [
        "commentaire", "deviceInfo.tags.rue", "@meta.fillingLevel.unitCode", "summary@fr", "geocode.NUTS3", "PM10",
        "conso_2024", "Libellé", "xsi:type", "geocode.EMMA_ID", "h2", "trip-update",
    ],
)  # fmt: skip
def test_the_name_of_a_field_is_said(name: str) -> None:
    assert sayable(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "Josette Kieffer", "GX-613-KR", "gx613kr", "0647319898", "06_47_31_98_98", "j.kieffer1@orange.fr",
        "né le 14/03/1957", "",
    ],
)  # fmt: skip
def test_what_may_be_somebody_is_not_said(name: str) -> None:
    said = sayable(f"geocode.{name}")
    assert said.startswith("geocode.")
    assert not any(part and part in said for part in (name, name[-7:]))
