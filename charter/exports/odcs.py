"""The contract of the published table, in the Open Data Contract Standard 3.1.0, as JSON (which is YAML too)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from charter.durations import Duration
from charter.export import Export, Subject, as_json
from charter.model import Measure, Policy, PolicyField
from charter.promises import promises
from charter.public_terms import CONTRACT_STATUS, LICENCE_TEXTS
from charter.vocabulary import NO_DELAY, STATUS, FieldType, Frequency, Operation, Shape, Statistic
from eclor.sentences.notice import FREQUENCIES, LICENCES
from eclor.sentences.register import REGISTER, STATISTICS

Item = dict[str, object]
VERSION: Final = "v3.1.0"
_TYPES: Final[Mapping[FieldType, str]] = MappingProxyType(
    {
        FieldType.TEXT: "string",
        FieldType.INTEGER: "integer",
        FieldType.DECIMAL: "number",
        FieldType.DATE: "date",
        FieldType.DATETIME: "timestamp",
        FieldType.POSITION: "string",
        FieldType.GEOMETRY: "object",
        FieldType.FILE: "string",
        FieldType.BOOLEAN: "boolean",
        FieldType.CODE: "string",
    }
)
_PERIODS: Final[Mapping[Frequency, tuple[int, str]]] = MappingProxyType(
    {
        Frequency.DAY: (1, "day"),
        Frequency.WEEK: (7, "day"),
        Frequency.MONTH: (1, "month"),
        Frequency.QUARTER: (3, "month"),
        Frequency.YEAR: (1, "year"),
    }
)
"""The length of a period; a delivery and a live state have none."""


def text(subject: Subject) -> str:
    """Return the contract: columns, what holds of them, how often, how long, who answers. It has no price."""
    policy, controller = subject.policy, subject.charter.controller
    governance = policy.governance
    people = (("auteur", governance.author), ("dpo", governance.dpo), ("garant", governance.garant))
    return as_json(
        {
            "apiVersion": VERSION,
            "kind": "DataContract",
            "id": subject.address,
            "name": policy.dataset,
            "version": str(policy.version),
            "status": CONTRACT_STATUS[subject.state],
            "description": {
                "purpose": policy.processing_record.purpose,
                "usage": f"{LICENCES[policy.publication.licence.value]}. {REGISTER['licence-rules']}",
                "limitations": " ".join(promises(policy)),
            },
            "schema": [_table(policy)],
            "slaProperties": list(_service(policy)),
            "support": [{"channel": "dpo", "description": controller.dpo_contact, "scope": "interactive"}],
            "team": {
                "name": controller.name,
                "members": [{"username": key, "name": subject.person(key), "role": role} for role, key in people],
            },
            "roles": [{"role": "public", "access": "read", "description": REGISTER["anyone"]}],
            "authoritativeDefinitions": [
                {"type": "license", "url": LICENCE_TEXTS[policy.publication.licence]},
                {"type": "policy", "url": f"{subject.address}/politique.yaml"},
            ],
            "customProperties": [
                {"property": "policyDigest", "value": subject.digest},
                {"property": "policyState", "value": subject.state.value},
                {"property": "charter", "value": f"{policy.charter.identifier} {policy.charter.version}"},
            ],
        }
    )


def _table(policy: Policy) -> Item:
    is_table = policy.publication.shape is Shape.TABLE
    frequency = FREQUENCIES[policy.publication.frequency.value]
    return {
        "name": policy.dataset,
        "physicalName": "data.csv",
        "physicalType": "file",
        "logicalType": "object",
        "dataGranularityDescription": REGISTER["grain-cells" if is_table else "grain-rows"].format(frequency=frequency),
        "properties": [*_columns(policy)],
        "quality": [{"type": "text", "description": sentence} for sentence in promises(policy)],
    }


def _columns(policy: Policy) -> Iterator[Item]:
    for name in policy.publication.columns or ():
        yield _kept(policy.field(name))
    for place, name in enumerate(policy.publication.dimensions or (), start=1):
        yield {**_dimension(policy.field(name)), "required": True, "primaryKey": True, "primaryKeyPosition": place}
    for measure in policy.publication.measures or ():
        yield _measure(policy, measure)
    if policy.publication.shape is Shape.TABLE:
        yield {"name": STATUS, "logicalType": "string", "required": True, "description": REGISTER["status"]}


def _kept(field: PolicyField) -> Item:
    is_coarser = field.treatment.operation is Operation.GENERALISE
    return {"name": field.name, "logicalType": "string" if is_coarser else _TYPES[field.type], **_coarser(field)}


def _dimension(field: PolicyField) -> Item:
    return {"name": field.name, "logicalType": "string", **_coarser(field)}


def _coarser(field: PolicyField) -> Item:
    """Say what a column's values stand for: its own words, the levels and the groups that it may take."""
    treatment = field.treatment
    levels = [level.value for level in treatment.levels or ()]
    groups = [group.value for group in treatment.grouping or ()]
    bounds = [REGISTER["bound"].format(bound=bound) for bound in treatment.bins or ()]
    parts = (field.description or "", ", ".join(levels), ", ".join(groups), ", ".join(bounds))
    words = "; ".join(filter(None, parts))
    described = {"description": words} if words else {}
    return {**described, "transformDescription": treatment.operation.value}


def _measure(policy: Policy, measure: Measure) -> Item:
    field = policy.field(measure.field) if measure.field else None
    is_decimal = measure.statistic is Statistic.SUM and field is not None and field.type is FieldType.DECIMAL
    return {
        "name": measure.name,
        "logicalType": "number" if is_decimal else "integer",
        "required": False,
        "description": STATISTICS[measure.statistic.value].format(column=measure.field or ""),
        "transformDescription": measure.statistic.value,
    }


def _service(policy: Policy) -> Iterator[Item]:
    retention, frequency = policy.retention, policy.publication.frequency
    value, unit = _PERIODS.get(frequency, (frequency.value, ""))
    measured: Item = {"unit": unit} if unit else {}
    yield {"property": "frequency", "value": value, **measured}
    if policy.guarantees.publication_delay != NO_DELAY:
        yield _lasting("latency", policy.guarantees.publication_delay)
    yield _lasting("retention", retention.published_versions)
    yield _lasting("withdrawalDelay", policy.governance.withdrawal_delay)
    yield {"property": "endOfSupport", "value": policy.governance.validity.end}


def _lasting(name: str, text: str) -> Item:
    """Say a duration in the largest unit that holds it whole."""
    read = Duration.parse(text)
    sizes = ((read.months, 12, "year"), (read.months, 1, "month"), (read.minutes, 24 * 60, "day"))
    for count, size, unit in (*sizes, (read.minutes, 60, "hour")):
        if count and count % size == 0:
            return {"property": name, "value": count // size, "unit": unit}
    return {"property": name, "value": read.minutes, "unit": "minute"}


EXPORT = Export("odcs.json", "application/json", text)
