"""What the personal-data gate doubts of what was last refused, and what the DPO lets through, signed and told."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from catalog.database import reading
from catalog.gates import PERSONAL_DATA
from catalog.gates.waivers import NO_WAIVERS, Waiver, Waivers, add_waiver, read_waivers, waiver_file, waiver_line
from catalog.registry import refused_by_gates
from catalog.validate import DOUBTED
from charter.acting import Signatory
from charter.chain import Kind
from charter.signatures import key_text
from eclor.errors import RequestRefused
from eclor.house import House
from eclor.names import Sha256, Slug
from eclor.reviewing import check_dpo
from eclor.standing import standing

_REASON: Final = range(10, 301)
"""How long a reason is: a sentence, for everyone to read."""
_MARK: Final = 12
"""Digits of the rows' digest that stand in a finding's name: other rows, other names."""


class _Found(BaseModel):
    """A finding in a column, as the gate's internal report says it."""

    model_config = ConfigDict(extra="ignore")

    kind: str
    decision: str
    rows: int
    first_row: int = 0
    score: float = 0.0
    example: str = ""


class _Column(BaseModel):
    model_config = ConfigDict(extra="ignore")

    name: str
    findings: list[_Found]


class _Judged(BaseModel):
    """Rows that were judged together, by their digest: a release's, or a partition of what arrived on a day."""

    model_config = ConfigDict(extra="ignore")

    digest: Sha256 = Sha256("")
    arrived: str = ""
    columns: list[_Column] = []


class _Report(_Judged):
    received: list[_Judged] = []


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in a column of the rows that were refused, and what may be done about it.

    `digest` is that of the rows; empty where nothing at all may be lifted. `first_row` counts from 1; `arrived` is the
    day and hour of what was found as it came in, empty of a release. `score` is from 0 to 1; `example` is the shape of
    what was found first, in which nothing can be read.
    """

    column: str
    kind: str
    rows: int
    first_row: int
    arrived: str
    digest: Sha256
    may_be_lifted: bool
    lifted_by: str
    score: float
    example: str

    @property
    def name(self) -> str:
        """Return its name for people: the column, what was found there, and in which rows."""
        return f"{self.column}/{self.kind}/{self.digest[:_MARK]}".rstrip("/")


def waivers_of(dataset: str, house: House) -> Waivers:
    """Return what the DPO lifted for a dataset. Refuses (`VerificationFailed`) a file that is not hers whole."""
    file = waiver_file(house.settings.home, dataset)
    if not file.exists():
        return NO_WAIVERS
    adopted = house.desk.adoptions().held
    return read_waivers(file, dataset=dataset, adopted=adopted, roles=house.territory.roles)


def refused(dataset: Slug, house: House) -> tuple[Finding, ...]:
    """Return what the gate found when it last refused a dataset: in its release, or in what it had received.

    Refuses (`RequestRefused`, `gate.nothing-doubted`) a dataset of which the last walk was not so refused.
    """
    standing(dataset, house)
    with reading(house.catalog.engine) as session:
        told = refused_by_gates(session, dataset)
    try:
        report = _Report.model_validate(told.get(PERSONAL_DATA))
    except ValidationError as none:
        raise RequestRefused("gate.nothing-doubted", dataset=dataset) from none
    release = report.model_copy(update={"digest": Sha256(str(told.get(DOUBTED, "")))})
    waivers = waivers_of(dataset, house)
    found = tuple(
        _finding(each, column.name, judged, waivers)
        for judged in (release, *report.received)
        for column in judged.columns
        for each in column.findings
    )
    if not found:
        raise RequestRefused("gate.nothing-doubted", dataset=dataset)
    return found


def _finding(found: _Found, column: str, judged: _Judged, waivers: Waivers) -> Finding:
    waiver = waivers.of(judged.digest, column, found.kind)
    return Finding(
        column=column,
        kind=found.kind,
        rows=found.rows,
        first_row=found.first_row,
        arrived=judged.arrived,
        digest=judged.digest,
        may_be_lifted=found.decision == "review",
        lifted_by=waiver.personne if waiver else "",
        score=found.score,
        example=found.example,
    )


def lift(dataset: Slug, name: str, *, reason: str, by: Signatory, house: House) -> Waiver:
    """Let a doubt through for the rows that were refused, with a reason that everyone will read.

    `name` is that of a finding: where other rows were refused since it was read, there is none of that name.
    Told in the journal, then kept: a kill between the two leaves a waiver told and not given, to be given again.
    Refuses (`RequestRefused`) who is not the DPO of the policy, what was not found, what nobody may lift, and a
    reason that is not one line of ten to three hundred characters.
    """
    check_dpo(standing(dataset, house).policy, by, house)
    reason = reason.strip()
    if len(reason) not in _REASON or not reason.isprintable():
        raise RequestRefused("gate.bad-reason", shortest=_REASON.start, longest=_REASON.stop - 1)
    found = next((one for one in refused(dataset, house) if one.name == name), None)
    if found is None:
        raise RequestRefused("gate.not-found", dataset=dataset, finding=name)
    if not found.may_be_lifted:
        raise RequestRefused("gate.not-a-doubt", finding=name)
    waiver = Waiver(
        jeu=dataset,
        colonne=found.column,
        constat=found.kind,
        publication=found.digest,
        motif=reason,
        personne=by.person,
        cle=key_text(by.key),
        date=house.world.clock.now().isoformat(timespec="seconds"),
    )
    line = waiver_line(waiver, by.key)
    house.desk.journal.append(
        Kind.WAIVER,
        dataset=dataset,
        column=found.column,
        finding=found.kind,
        reason=reason,
        person=by.person,
        digest=sha256(line[:-1]).hexdigest(),
    )
    add_waiver(waiver_file(house.settings.home, dataset), line)
    return waiver
