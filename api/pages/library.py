"""What pages read beside the shelf: declarations, policies, charts; what does not change is kept."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from api.asking import rows_of
from api.pages import words
from api.pages.dataset import Answer, answer_of, chart_question
from api.pages.maps import Zone, read_zones
from api.pages.names import Names
from api.pages.proofs import ProofWords, proof_words
from api.pages.rules import Rules, read_policy, rules_of
from api.pages.standing import declaration_of
from api.parts import Parts
from api.row_files import Record
from api.shelf import Kept
from catalog import reading as catalogue
from catalog.database import reading
from catalog.declaration import DatasetDeclaration, NotCollected
from catalog.dossier import POLICY
from catalog.neighbours import Replaced, replaced
from catalog.quality import Measures, of_version
from catalog.views import DatasetView, VersionView, version_at
from charter.model import Charter, Policy, Roles
from charter.territory import load
from eclor.errors import EclorError

_MOST_CHARTS: Final = 64
_MOST_MEASURED: Final = 24
"""Versions of a quality sheet's history."""
_MOST_KEPT: Final = 256
"""Proofs and policies kept in memory: those of versions never change, others are read again once they do."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One dataset of the charter's page, and what its policy says."""

    view: DatasetView
    rules: Rules


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain of the charter's page: its theme's key and name, its datasets."""

    theme: str
    name: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class CharterWords:
    """The charter itself: who answers, and the floors that no policy crosses."""

    charter: Charter
    roles: Roles


class Library:
    """Reads for pages; a version's chart rows are kept, as its bytes never change."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._territory = parts.settings.territory
        self._zones: tuple[Zone, ...] = read_zones(self._territory / "zones")
        self._charts: OrderedDict[int, list[Record]] = OrderedDict()
        self._proofs = lru_cache(_MOST_KEPT)(proof_words)
        self._measures = lru_cache(_MOST_KEPT)(of_version)
        self._policies = lru_cache(_MOST_KEPT)(_policy_as_of)
        self._charters = lru_cache(1)(_charter_as_of)

    def declaration(self, view: DatasetView) -> DatasetDeclaration:
        """Return what was declared of a dataset."""
        return declaration_of(view)

    def not_collected(self, view: DatasetView) -> NotCollected:
        """Return what was declared of a dataset that is not collected."""
        return NotCollected.model_validate(view.declared)

    def names(self, kept: Kept) -> Names:
        """Return the words of a version's columns."""
        return Names.of(self.declaration(kept.dataset), kept.version)

    def proof(self, version: VersionView) -> ProofWords:
        """Return what a version proves, in words. Refuses (`VerificationFailed`) a proof that cannot be read."""
        return self._proofs(self._folder(version))

    def _folder(self, version: VersionView) -> Path:
        return self._parts.rows.published / version.folder

    def history(self, kept: Kept) -> tuple[tuple[VersionView, Measures], ...]:
        """Return a version and those before it whose bytes may leave, newest first, each with its measures.

        None where the version itself cannot be measured: another's measures would be told as its own.
        """
        found = self.versions(kept.dataset.slug, _MOST_MEASURED)
        shown = [one for one in found if one.number <= kept.version.number and one.withdrawn_at is None]
        measured = ((one, self._measures(self._parts.rows.published, one)) for one in shown)
        history = tuple((one, measures) for one, measures in measured if measures is not None)
        return history if history and history[0][0].number == kept.version.number else ()

    async def answer(self, kept: Kept, now: datetime) -> Answer:
        """Return the main answer of a version's page."""
        names = self.names(kept)
        return answer_of(await self._chart(kept, names), names, zones=self._zones, now=now)

    async def _chart(self, kept: Kept, names: Names) -> list[Record]:
        if kept.version.id not in self._charts:
            question = chart_question(kept.version, names)
            self._charts[kept.version.id] = await rows_of(self._parts, kept.version, question)
            while len(self._charts) > _MOST_CHARTS:
                self._charts.popitem(last=False)
        return self._charts[kept.version.id]

    def versions(self, slug: str, most: int) -> tuple[VersionView, ...]:
        """Return the newest versions of a dataset, withdrawn ones included."""
        now = self._parts.shelf.clock.now()
        with reading(self._parts.shelf.engine) as session:
            return tuple(version_at(version, now) for version in catalogue.versions(session, slug)[:most])

    def replaced(self, kept: Kept) -> tuple[Replaced, ...]:
        """Return the versions just before that one that no longer leave."""
        with reading(self._parts.shelf.engine) as session:
            return replaced(
                session,
                kept.dataset.slug,
                after=kept.former or 0,
                before=kept.version.number,
                now=self._parts.shelf.clock.now(),
            )

    def rules(self, view: DatasetView) -> Rules | None:
        """Return the rules of a dataset: those that its version was published under, else those of the territory."""
        if view.current is not None:
            file = self._folder(view.current) / POLICY
        else:
            file = self._territory / "politiques" / f"{view.slug}.yaml"
        policy = self._policies(file, changed_at(file))
        return None if policy is None else rules_of(policy)

    def domains(self, views: Sequence[DatasetView]) -> tuple[Domain, ...]:
        """Return what the charter's page says, domain by domain; a dataset whose policy cannot be read is left out."""
        found = ((view, self._rules_or_none(view)) for view in views)
        chapters = [(view.theme, Chapter(view, rules)) for view, rules in found if rules is not None]
        told = ((one.value, tuple(chapter for theme, chapter in chapters if theme == one)) for one in words.THEMES)
        return tuple(Domain(theme, words.theme_name(theme), those) for theme, those in told if those)

    def charter(self) -> CharterWords | None:
        """Return the territory's charter and its people; None while they cannot be read."""
        folder = self._territory / "charter"
        try:
            return self._charters(folder, tuple(map(changed_at, sorted(folder.iterdir()))))
        except (EclorError, OSError):
            return None

    def _rules_or_none(self, view: DatasetView) -> Rules | None:
        try:
            return self.rules(view)
        except EclorError:
            return None


def changed_at(file: Path) -> int:
    """Return when a file was last written, in nanoseconds; 0 for a missing one."""
    return file.stat().st_mtime_ns if file.is_file() else 0


def _policy_as_of(file: Path, _changed_at: int) -> Policy | None:
    return read_policy(file)


def _charter_as_of(folder: Path, _changed_at: tuple[int, ...]) -> CharterWords:
    territory = load(folder)
    return CharterWords(territory.charter, territory.roles)
