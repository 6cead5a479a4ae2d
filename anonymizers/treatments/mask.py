"""Mask: a free text leaves as a person confirmed it, once read; a text that was not read does not leave.

An engine reads no text: each distinct one is looked for beforehand among what was confirmed, then looked up here.
"""

from typing import Final

from anonymizers.columns import Column, as_text, eclor_known

MONOTONE: Final = False
"""What a person confirmed need not stand where the text stood."""


def treat(column: Column, *, name: str) -> Column:
    """Return the text that was confirmed for that of a column `name`; null for a missing one and for one unread."""
    return eclor_known(scope_of(name), as_text(column).nullif(""))


def scope_of(name: str) -> str:
    """Return the name under which a session holds the confirmed texts of a column."""
    return f"texte {name}"
