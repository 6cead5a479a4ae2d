"""The Article 30 register of a territory: a line a processing, as CSV and as JSON (LANGUAGE.md section 11).

Article 30 is about processings of personal data. Datasets without any are listed too, apart and said to be so, so that
a reader sees that nothing was left out.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from charter.export import Subject, as_json
from charter.model import Policy
from charter.screening import screening_of
from charter.vocabulary import YesNo
from eclor.errors import VerificationFailed
from eclor.names import Sha256, Slug
from eclor.sentences.register import COLUMNS

Cell = str | int | Sequence[str]
FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, in both widths."""
GUARD: Final = "'"
"""What is written before such a text: spreadsheets then show it as a text. JSON has it without."""


@dataclass(frozen=True, slots=True)
class Register:
    """Lines under the names of `COLUMNS`: those of personal data, and those without any; each by dataset."""

    personal: tuple[Mapping[str, Cell], ...]
    other: tuple[Mapping[str, Cell], ...]

    def csv(self) -> str:
        """Return one table, personal data first: UTF-8, comma, LF; several values of a cell parted by « ; »."""
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(COLUMNS.values())
        for line in (*self.personal, *self.other):
            writer.writerow([_safe(_joined(line[name])) for name in COLUMNS])
        return written.getvalue()

    def json(self) -> str:
        """Return the two tables, with lists as lists and each text as it stands in the policy."""
        return as_json({"traitements": _french(self.personal), "sans_donnee_personnelle": _french(self.other)})


def register_of(subjects: Iterable[Subject]) -> Register:
    """Return the register of policies, in the order of their datasets."""
    ordered = sorted(subjects, key=lambda subject: subject.policy.dataset)
    return Register(
        personal=tuple(line_of(one) for one in ordered if _is_personal(one.policy)),
        other=tuple(line_of(one) for one in ordered if not _is_personal(one.policy)),
    )


def line_of(subject: Subject) -> Mapping[str, Cell]:
    """Return the line of one policy; who answers, hosting and transfers come from the charter."""
    policy = subject.policy
    return {
        "dataset": policy.dataset,
        "title": policy.title,
        **_answering(subject),
        **_processing(policy),
        **_kept(policy),
        **_impact(policy),
        "start": policy.governance.validity.start,
        "end": policy.governance.validity.end,
        "version": policy.version,
        "state": subject.state.value,
        "digest": subject.digest,
    }


def check_register(text: str, file: str, digests: Mapping[Slug, Sha256]) -> None:
    """Refuse (`VerificationFailed`) a register whose datasets, each once, or digests are not those of the policies."""
    carried = _carried(text, file)
    if other := sorted(carried.keys() ^ digests.keys()):
        raise VerificationFailed("register.other-datasets", file=file, datasets=", ".join(other))
    for dataset, digest in digests.items():
        if carried[dataset] != digest:
            raise VerificationFailed(
                "register.stale", file=f"{file} ({dataset})", carried=carried[dataset], digest=digest
            )


def _carried(text: str, file: str) -> Mapping[str, str]:
    found = csv.DictReader(io.StringIO(text))
    dataset, digest = COLUMNS["dataset"], COLUMNS["digest"]
    try:
        lines = list(found)
    except csv.Error as wrong:
        raise VerificationFailed("register.unreadable", file=file) from wrong
    if not {dataset, digest} <= set(found.fieldnames or ()):
        raise VerificationFailed("register.unreadable", file=file)
    carried: dict[str, str] = {}
    for line in lines:
        name = line[dataset] or ""
        if name in carried:
            raise VerificationFailed("register.twice", file=file, dataset=name)
        carried[name] = line[digest] or ""
    return carried


def _answering(subject: Subject) -> Mapping[str, Cell]:
    controller, governance = subject.charter.controller, subject.policy.governance
    return {
        "controller": controller.name,
        "dpo_contact": controller.dpo_contact,
        "authority": controller.authority,
        "hosting": controller.hosting,
        "author": subject.person(governance.author),
        "dpo": subject.person(governance.dpo),
        "garant": subject.person(governance.garant),
    }


def _processing(policy: Policy) -> Mapping[str, Cell]:
    record = policy.processing_record
    return {
        "personal": record.personal_data.value,
        "purpose": record.purpose,
        "basis": record.legal_basis.value,
        "provision": record.legal_provision,
        "subjects": record.data_subjects,
        "minors": record.minors.value,
        "data": record.data_categories,
        "recipients": record.recipients,
        "transfers": record.transfers,
        "notice": record.privacy_notice,
        "safeguards": record.safeguards,
    }


def _kept(policy: Policy) -> Mapping[str, Cell]:
    retention = policy.retention
    objection = retention.objection
    return {
        "raw": retention.raw_store,
        "key": retention.pseudonym_key or "",
        "versions": retention.published_versions,
        "erasure": f"{retention.erasure.procedure} ({retention.erasure.delay})",
        "objection": f"{objection.applicable.value} : {objection.procedure}",
    }


def _impact(policy: Policy) -> Mapping[str, Cell]:
    screening = screening_of(policy)
    return {
        "criteria": tuple(one.words for one in screening.met),
        "criteria_count": len(screening.met),
        "decision": screening.decision,
        "reference": screening.reference,
    }


def _is_personal(policy: Policy) -> bool:
    return policy.processing_record.personal_data is YesNo.YES


def _french(lines: Iterable[Mapping[str, Cell]]) -> list[dict[str, Cell]]:
    return [{header: line[name] for name, header in COLUMNS.items()} for line in lines]


def _joined(cell: Cell) -> str:
    return str(cell) if isinstance(cell, str | int) else " ; ".join(cell)


def _safe(text: str) -> str:
    return GUARD + text if text.lstrip().startswith(FORMULA) else text
