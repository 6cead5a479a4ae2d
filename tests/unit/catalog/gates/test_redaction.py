"""Marks in the place of what was found, overlaps included."""

from catalog.gates.findings import Stretch
from catalog.gates.recognisers import RECOGNISERS
from catalog.gates.redaction import MARKS, redacted

TEXT = "Voir Mme Durand, 0612345678."


def test_each_stretch_is_replaced_by_its_mark() -> None:
    assert redacted(TEXT, []) == TEXT
    assert redacted(TEXT, [Stretch(5, 15, "person"), Stretch(17, 27, "phone")]) == "Voir [nom], [téléphone]."
    assert redacted(TEXT, [Stretch(17, 27, "nir")]) == "Voir Mme Durand, [numéro de sécurité sociale (NIR)]."


def test_every_kind_that_a_text_may_hold_has_its_mark_and_no_other() -> None:
    assert {each.kind for each in RECOGNISERS} == MARKS.keys()
    assert MARKS["birth-date"] == "[date de naissance]"
    assert MARKS["address"] == "[adresse]"


def test_stretches_that_overlap_leave_nothing_between_them() -> None:
    assert redacted(TEXT, [Stretch(5, 12, "person"), Stretch(9, 15, "person")]) == "Voir [nom], 0612345678."
    assert redacted(TEXT, [Stretch(5, 27, "person"), Stretch(9, 12, "phone")]) == "Voir [nom]."
