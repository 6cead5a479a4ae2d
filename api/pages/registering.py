"""What the register and the exports read: the policies of versions, and those that are in force without one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import structlog

from api.pages.words import day, theme_name
from api.parts import Parts
from catalog.views import DatasetView, VersionView
from charter.export import Subject
from charter.notice import Notice, notice_of
from charter.reader import read
from charter.register import Cell, Register, line_of, register_of
from charter.screening import Screening, screening_of
from charter.territory import Territory, load
from charter.vocabulary import YesNo
from eclor.errors import EclorError, PolicyRefusals
from eclor.exporting import UNDER_WAY, subject_of, subject_of_version, texts_of_version
from eclor.judgement import Bench
from eclor.sentences.notice import BASES
from eclor.sentences.register import STATES

log = structlog.get_logger()
_MOST_KEPT: Final = 256


@dataclass(frozen=True, slots=True)
class Sheet:
    """One processing, ready to show; `open` says that its notice can be read."""

    slug: str
    theme: str
    line: Mapping[str, Cell]
    basis: str
    state: str
    valid: str
    screening: Screening
    open: bool


@dataclass(frozen=True, slots=True)
class Told:
    """The register as pages show it, and as files hold it; `unread` are datasets whose texts cannot be read now."""

    personal: tuple[Sheet, ...]
    other: tuple[Sheet, ...]
    register: Register
    unread: tuple[str, ...]


class Subjects:
    """Reads policies for exports. A version's texts never change, so they are kept; its state is asked each time."""

    def __init__(self, parts: Parts) -> None:
        self._published = parts.rows.published
        self._territory = parts.settings.territory
        self._acts = parts.settings.home / "acts"
        self._origin = parts.settings.origin
        self._texts = lru_cache(_MOST_KEPT)(texts_of_version)
        self._territories = lru_cache(1)(_territory_as_of)

    def of_version(self, version: VersionView, now: datetime) -> Subject:
        """Return the subject of a version in its state at an instant. Refuses (`EclorError`) what cannot be read."""
        folder = self._published / version.folder
        return subject_of_version(folder, self._texts(folder), acts=self._acts, origin=self._origin, now=now)

    def register(self, views: Mapping[str, DatasetView], now: datetime) -> Told:
        """Return the register: each dataset with a version, and each whose policy is in force or stopped."""
        found: dict[str, Subject] = {}
        unread: list[str] = []
        for slug, view in views.items():
            try:
                subject = self._of_dataset(view, now)
            except (EclorError, PolicyRefusals, OSError) as wrong:
                log.warning("register.unread", dataset=slug, kind=type(wrong).__name__)
                unread.append(view.title)
                continue
            if subject is not None:
                found[slug] = subject
        sheets = {slug: _sheet(subject, views[slug]) for slug, subject in sorted(found.items())}
        is_personal = {slug: one.policy.processing_record.personal_data is YesNo.YES for slug, one in found.items()}
        return Told(
            personal=tuple(sheet for slug, sheet in sheets.items() if is_personal[slug]),
            other=tuple(sheet for slug, sheet in sheets.items() if not is_personal[slug]),
            register=register_of(found.values()),
            unread=tuple(unread),
        )

    def _of_dataset(self, view: DatasetView, now: datetime) -> Subject | None:
        if view.current is not None:
            return self.of_version(view.current, now)
        file = self._territory / "politiques" / f"{view.slug}.yaml"
        if not file.is_file() or not (self._acts / f"{view.slug}.jsonl").exists():
            return None
        bench = Bench(self._territory / "charter", now, self._acts)
        territory = self._territories(bench.folder, tuple(one.stat().st_mtime_ns for one in _texts_of(bench.folder)))
        subject = subject_of(read(file), territory, bench=bench, origin=self._origin)
        return subject if subject.state in UNDER_WAY else None


def _texts_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _territory_as_of(folder: Path, _changed_at: tuple[int, ...]) -> Territory:
    return load(folder)


def notice_words(subject: Subject) -> Notice:
    """Return the notice of a policy, for its page."""
    return notice_of(subject.policy, subject)


def _sheet(subject: Subject, view: DatasetView) -> Sheet:
    record, validity = subject.policy.processing_record, subject.policy.governance.validity
    return Sheet(
        slug=view.slug,
        theme=theme_name(view.theme),
        line=line_of(subject),
        basis=BASES[record.legal_basis.value],
        state=STATES[subject.state.value],
        valid=f"du {day(date.fromisoformat(validity.start))} au {day(date.fromisoformat(validity.end))}",
        screening=screening_of(subject.policy),
        open=view.served,
    )
