"""A territory's card: what descriptions of datasets need of it is refused by its key when it is missing or wrong."""

from pathlib import Path

import pytest

from catalog.metadata.record import Bounds
from eclor.errors import DeclarationRefused
from eclor.identity import read_identity

CARD = Path("docs/dpo/exemple/territoire.yaml").read_text(encoding="utf-8")


def refused(folder: Path, before: str, after: str) -> DeclarationRefused:
    assert before in CARD
    (folder / "territoire.yaml").write_text(CARD.replace(before, after), encoding="utf-8")
    with pytest.raises(DeclarationRefused) as found:
        read_identity(folder)
    return found.value


def test_the_publisher_is_what_the_card_says() -> None:
    publisher = read_identity(Path("docs/dpo/exemple")).publisher
    assert (publisher.slug, publisher.contact.page) == ("pays-exemple", "/charter")
    assert publisher.bounds == Bounds(5.8, 49.3, 6.1, 49.6)


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('emprise: "5.8, 49.3, 6.1, 49.6"\n', "", "emprise"),
        ("5.8, 49.3, 6.1, 49.6", "6.1, 49.3, 5.8, 49.6", "emprise"),
        ("5.8, 49.3, 6.1, 49.6", "5.8, 49.3, 6.1", "emprise"),
        ("5.8, 49.3, 6.1, 49.6", "5.8, 49.3, 6.1, 99.6", "emprise"),
        ("lieu: http", "lieu: ftp", "lieu"),
        (", page: /charter", "", "contact.page"),
        ("page: /charter", "page: charter", "contact.page"),
    ],
)
def test_what_descriptions_need_is_refused_by_its_key(tmp_path: Path, before: str, after: str, key: str) -> None:
    refusal = refused(tmp_path, before, after)
    assert (refusal.code, refusal.facts["key"]) == ("territory.identity-shape", key)
    assert key in refusal.french()
