"""The last word before a version is named: its catalogue record is conformant, or nothing is published."""

from dataclasses import replace
from typing import Final

from catalog.making import Making
from catalog.metadata.record import Publisher, Record
from catalog.metadata.recording import Edition, described
from catalog.proof import ProofBody
from catalog.quality import measured
from catalog.views import FileView, VersionView
from charter.vocabulary import FieldType
from eclor.errors import DeclarationRefused, Place
from eclor.names import Sha256

_ORIGIN: Final = "https://catalogue.invalid"
"""What is held is the same under any origin."""
_MOST: Final = 3
"""Faults told at once: one fault often brings others."""


def refuse_unfit(making: Making, body: ProofBody, former: VersionView | None, publisher: Publisher) -> None:
    """Hold what the catalogue would say of a version to DCAT-AP 3.0.1, and to the annex that the dataset declares.

    Refuses (`DeclarationRefused`) with the first fault, in French, and the key that puts it right; so does a decimal of
    which nobody says in what it is measured.
    """
    _refuse_without_unit(making, body)
    from catalog.metadata.conformity import faults  # noqa: PLC0415 - the validator loads where something is published
    from catalog.metadata.dcat_catalog import whole_graph  # noqa: PLC0415 - as the validator

    found = faults(whole_graph(_record(making, body, former, publisher), _ORIGIN))
    if found:
        raise DeclarationRefused(
            "metadata.unfit",
            place=Place(f"datasets/{body.dataset}.yaml"),
            dataset=body.dataset,
            fault=" ".join(fault.message for fault in found[:_MOST]),
            key=found[0].key,
        )


def _refuse_without_unit(making: Making, body: ProofBody) -> None:
    for column in making.release.columns:
        declared = making.declaration.column(column.name)
        if column.type == FieldType.DECIMAL and not (declared and declared.unit):
            place = Place(f"datasets/{body.dataset}.yaml")
            raise DeclarationRefused("metadata.no-unit", place=place, dataset=body.dataset, column=column.name)


def _record(making: Making, body: ProofBody, former: VersionView | None, publisher: Publisher) -> Record:
    files = (
        FileView(file.name, file.media_type, file.size_bytes, Sha256(file.sha256)) for file in body.files if file.served
    )
    edition = Edition(
        number=body.version,
        published_at=body.instant,
        issued=former.published_at if former else body.instant,
        licence=making.plan.policy.publication.licence,
        periods=making.release.periods,
        rows=body.rows,
        columns=making.release.columns,
        files=tuple(files),
        policy_version=body.policy.version,
        note=body.note,
    )
    record = described(making.declaration, edition, publisher)
    return replace(record, measures=measured(making.release.rows.path, rows=body.rows, masked=body.masked))
