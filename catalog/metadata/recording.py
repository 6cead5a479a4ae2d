"""From what is declared, signed and published to the one description of a dataset."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anonymizers.times import Span
from catalog.declaration import Announced, Bilingual, DatasetDeclaration, Kind, NotCollected
from catalog.metadata.authorities import CONTINUAL, FILE_TYPES, FREQUENCIES, IRREGULAR, RHYTHMS
from catalog.metadata.record import LANGUAGES, Column, Desk, Distribution, Publisher, Record, Refusal, Standard, Texts
from catalog.spans import days_told, told
from catalog.table_schema import field_of
from catalog.views import DatasetView, FileView, VersionView
from charter.durations import Duration
from charter.release_parts import ReleaseColumn
from charter.vocabulary import Licence, YesNo
from eclor.names import Period
from eclor.sentences.metadata import FORMATS, WORDS


@dataclass(frozen=True, slots=True)
class Edition:
    """A version, as its description tells it; `issued` is when the dataset was first published."""

    number: int
    published_at: datetime
    issued: datetime
    licence: Licence
    periods: tuple[Period, ...]
    rows: int
    columns: tuple[ReleaseColumn, ...]
    files: tuple[FileView, ...]
    policy_version: int
    note: str

    @classmethod
    def of(cls, view: DatasetView, version: VersionView) -> "Edition":
        """Return what a version that stands in the metadata is."""
        return cls(
            number=version.number,
            published_at=version.published_at,
            issued=view.issued or version.published_at,
            licence=Licence(view.licence),
            periods=version.periods,
            rows=version.rows,
            columns=version.columns,
            files=version.files,
            policy_version=version.policy_version,
            note=version.note,
        )


def record_of(view: DatasetView, version: VersionView, publisher: Publisher) -> Record:
    """Return the description of a dataset by one of its published versions."""
    declaration = DatasetDeclaration.model_validate(dict(view.declared))
    return described(declaration, Edition.of(view, version), publisher)


def refusal_of(view: DatasetView, publisher: Publisher) -> Refusal:
    """Return the description of a dataset that is not collected."""
    declaration = NotCollected.model_validate(dict(view.declared))
    return Refusal(
        **_said_of_any(declaration, publisher),
        modified=view.updated_at,
        reasons=_present(declaration.reason.model_dump(exclude_none=True)),
        basis=declaration.basis,
    )


def _said_of_any(declaration: Announced, publisher: Publisher) -> dict[str, Any]:
    return {
        "slug": declaration.dataset,
        "titles": _texts(declaration.title),
        "descriptions": _present(declaration.description.model_dump(exclude_none=True)),
        "keywords": {code: found for code in LANGUAGES if (found := getattr(declaration.keywords, code)) is not None},
        "question": declaration.question,
        "theme": declaration.theme,
        "service": declaration.service,
        "contact": Desk(declaration.contact.name, declaration.contact.email, publisher.contact.page),
        "publisher": publisher,
    }


def described(declaration: DatasetDeclaration, edition: Edition, publisher: Publisher) -> Record:
    """Return the description of a dataset by one edition of it."""
    window = Duration.parse(declaration.window) if declaration.window else None
    return Record(
        **_said_of_any(declaration, publisher),
        kind=declaration.kind,
        simulated=declaration.simulated is YesNo.YES,
        licence=edition.licence,
        rights=_said("rights", source=publisher.name, policy=edition.policy_version),
        provenance=_said("provenance", service=declaration.service, licence=declaration.source_licence),
        frequency=_frequency(declaration, told(edition.periods, None)),
        frequency_words=declaration.frequency,
        bounds=publisher.bounds,
        temporal=days_told(edition.periods, window, edition.published_at),
        issued=edition.issued,
        modified=edition.published_at,
        version=edition.number,
        version_note=edition.note,
        policy_version=edition.policy_version,
        rows=edition.rows,
        high_value=declaration.high_value,
        conforms_to=_standard(declaration.conforms_to),
        key=declaration.key,
        columns=tuple(_column(column, declaration) for column in edition.columns),
        distributions=tuple(_distributions(edition.files, declaration)),
    )


def _texts(words: Bilingual) -> Texts:
    return _present(words.model_dump(exclude_none=True))


def _present(words: Mapping[str, str]) -> Texts:
    return {code: words[code] for code in LANGUAGES if code in words}


def _said(name: str, **facts: object) -> Texts:
    return {code: text.format(**facts) for code, text in WORDS[name].items()}


def _frequency(declaration: DatasetDeclaration, spans: tuple[Span, Span] | None) -> str:
    """Return the word of a rhythm: as declared; else a series comes by its periods, the rest when there is something.

    The period of a release does not say how often one comes: a year that closes three counted together comes every
    third year.
    """
    if declaration.kind is Kind.LIVE:
        return CONTINUAL
    by_period = FREQUENCIES[spans[0].grain] if spans else IRREGULAR
    return RHYTHMS.get(declaration.frequency.strip().lower(), by_period)


def _standard(address: str | None) -> Standard | None:
    """Return a common schema by the last words of its address: a declaration gives it no other name."""
    return None if address is None else Standard(address, address.rstrip("/").rsplit("/", 1)[-1])


def _column(column: ReleaseColumn, declaration: DatasetDeclaration) -> Column:
    declared, field = declaration.column(column.name), field_of(column, declaration.column(column.name))
    french = {"fr": str(field["description"])} if "description" in field else {}
    return Column(
        name=column.name,
        titles=_texts(declared.title) if declared else WORDS["status"],
        descriptions=_texts(declared.description) if declared and declared.description else french,
        type=str(field["type"]),
        role=column.kind,
        level=column.level,
        unit=declared.unit if declared else "",
        decimals=column.decimals,
        constraints=_constraints(field),
        labels=declaration.labels.get(column.name, {}),
    )


def _constraints(field: Mapping[str, object]) -> Mapping[str, object]:
    found = field.get("constraints", {})
    return found if isinstance(found, dict) else {}


def _distributions(files: Iterable[FileView], declaration: DatasetDeclaration) -> Iterable[Distribution]:
    """Give the data files, as `data.*` names them; the CSV first, for a reader takes the first one it knows."""
    data = [file for file in files if file.name in FORMATS and file.media_type in FILE_TYPES]
    for file in sorted(data, key=lambda file: [*FORMATS].index(file.name)):
        words = FORMATS[file.name]
        titles = {
            code: f"{text} ({file.name.rpartition('.')[2].upper()})" for code, text in _texts(declaration.title).items()
        }
        yield Distribution(
            file_name=file.name,
            media_type=file.media_type,
            file_type=FILE_TYPES[file.media_type],
            size_bytes=file.size_bytes,
            sha256=file.sha256,
            titles=titles,
            descriptions=words,
        )
