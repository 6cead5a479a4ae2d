"""Marks in the place of what was found, overlaps included."""

from catalog.gates.findings import Stretch
from catalog.gates.redaction import redacted

TEXT = "Voir Mme Durand, 0612345678."


def test_each_stretch_is_replaced_by_its_mark() -> None:
    assert redacted(TEXT, []) == TEXT
    assert redacted(TEXT, [Stretch(5, 15, "person"), Stretch(17, 27, "phone")]) == "Voir [nom], [téléphone]."
    assert redacted(TEXT, [Stretch(17, 27, "nir")]) == "Voir Mme Durand, [identifiant]."


def test_stretches_that_overlap_leave_nothing_between_them() -> None:
    assert redacted(TEXT, [Stretch(5, 12, "person"), Stretch(9, 15, "person")]) == "Voir [nom], 0612345678."
    assert redacted(TEXT, [Stretch(5, 27, "person"), Stretch(9, 12, "phone")]) == "Voir [nom]."
