"""The policy that a dry run is compared with: the one in force in a territory, or a file."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catalog.catalogue import version_folder
from catalog.dossier import POLICY
from charter.acting import Desk
from charter.adoption import adopted_now
from charter.compile import Plan, compile_policy
from charter.course import Course, read_course
from charter.digests import policy_digest
from charter.document import Document
from charter.model import Policy
from charter.reader import read
from charter.shape import shape
from charter.territory import Territory
from eclor.errors import PolicyRefusals, SettingsRefused
from eclor.names import Sha256
from eclor.sentences.simulation import NO_RIVAL, NONE_IN_FORCE, SAME_POLICY, TEXT_GONE
from eclor.settings import Settings


@dataclass(frozen=True, slots=True)
class Rival:
    """A policy to compare with, or why there is none."""

    document: Document | None
    why_none: str = ""


NO_ONE = Rival(None, NO_RIVAL)


def rival_in_file(file: Path) -> Rival:
    """Return a policy given as a file. Refuses (`PolicyRefusals`) one that cannot be read."""
    return Rival(read(file))


def rival_in_force(plan: Plan, desk: Desk, settings: Settings, territory: Territory) -> Rival:
    """Return the policy that a dataset's acts put in force, stopped since or not, by its text.

    Looked for in the territory's folder, then in the published versions, newest first. Refuses (`PolicyRefused`) acts
    that cannot be followed.
    """
    dataset = plan.policy.dataset
    course = Course()
    if desk.file(dataset).exists():
        adopted = adopted_now(desk.adoptions(), territory)
        course = read_course(desk.file(dataset), dataset, adopted=adopted, texts={}, now=desk.clock.now())
    if course.in_force is None:
        return Rival(None, NONE_IN_FORCE)
    if course.in_force.policy == plan.policy_digest:
        return Rival(None, SAME_POLICY)
    found = _text(course.in_force.policy, _texts(dataset, settings))
    return Rival(found, "" if found else TEXT_GONE)


def _texts(dataset: str, settings: Settings) -> list[Path]:
    folders = (settings.published / dataset / "versions").glob("[0-9]*")
    numbers = sorted((int(folder.name) for folder in folders if folder.name.isdecimal()), reverse=True)
    published = [version_folder(settings.published, dataset, number) / POLICY for number in numbers]
    return [settings.territory / "politiques" / f"{dataset}.yaml", *published]


def _text(wanted: Sha256, files: list[Path]) -> Document | None:
    for file in files:
        try:
            document = read(file)
        except PolicyRefusals:
            continue
        if policy_digest(document.plain) == wanted:
            return document
    return None


def compiled_rival(document: Document, plan: Plan, territory: Territory, *, now: datetime) -> Plan:
    """Compile a policy to compare with, at the state that it says it has: its acts are judged elsewhere.

    Refuses (`PolicyRefusals`) one that does not compile, (`SettingsRefused`) one of another dataset.
    """
    policy, refusals = shape(document, Policy)
    if policy is None:
        raise PolicyRefusals(refusals)
    if policy.dataset != plan.policy.dataset:
        raise SettingsRefused("simulate.other-dataset", dataset=plan.policy.dataset, other=policy.dataset)
    return compile_policy(document, territory, now=now, state=policy.governance.state)
