"""What a version changed, said in French: rows added, changed and removed since the version before."""

from dataclasses import dataclass

from api.pages.words import number
from catalog.differences import MOST_TOLD, Counts
from catalog.neighbours import Replaced


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version's page says of what it changed.

    `said` is empty where nobody counted; `listed` says whether the rows themselves can be asked for. `replaced` are
    the versions in between that no longer leave.
    """

    former: int | None
    later: int | None
    said: str
    listed: bool
    replaced: tuple[Replaced, ...]


def changes_of(
    former: int | None, later: int | None, *, counts: Counts | None, replaced: tuple[Replaced, ...]
) -> Changes:
    """Gather what is said of a version's place among the others."""
    if counts is None:
        return Changes(former, later, "", listed=False, replaced=replaced)
    listed = counts.added + counts.removed + counts.changed <= MOST_TOLD
    return Changes(former, later, counts_in_words(counts), listed=listed, replaced=replaced)


def counts_in_words(counts: Counts) -> str:
    """Return counts as people say them: `12 lignes ajoutées, 3 modifiées`; the first one bears the noun."""
    kinds = ((counts.added, "ajoutée"), (counts.changed, "modifiée"), (counts.removed, "retirée"))
    told = [(count, word) for count, word in kinds if count]
    if not told:
        return "Aucune valeur publiée ne change"
    parts = [f"{number(count)} {word}{_plural(count)}" for count, word in told]
    first, (count, word) = f"{number(told[0][0])} ligne{_plural(told[0][0])}", told[0]
    return ", ".join([f"{first} {word}{_plural(count)}", *parts[1:]])


def _plural(count: int) -> str:
    return "s" if count > 1 else ""
