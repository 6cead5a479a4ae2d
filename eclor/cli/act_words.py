"""What eclor act shows, in French: what is about to be signed, who did what, what is expected and from whom."""

from collections.abc import Iterator, Mapping
from typing import Final

from charter.acting import Proposal, pieces_of
from charter.acts import Act, Bindings
from charter.adoption import EVERY_DATASET, Adoptions, adopted_now, holders
from charter.course import (
    OVERSEERS,
    PARIS,
    RULES,
    Course,
    asked_to_resume,
    changed_since,
    named,
    read_course,
    state_at,
    text_of,
)
from charter.journaled import refuse_lost
from charter.model import Policy, Roles
from charter.territory import Territory
from charter.vocabulary import ActKind, PersonRole, State
from eclor.drafting import Office
from eclor.errors import EclorError, PolicyRefusals

_NEXT: Final[Mapping[State, tuple[ActKind, ...]]] = {
    State.DRAFT: (ActKind.SIMULATE,),
    State.SIMULATED: (ActKind.ENDORSE,),
    State.ENDORSED: (ActKind.SIGN,),
    State.SIGNED: (ActKind.ENTER_INTO_FORCE,),
    State.STOPPED: (ActKind.RESUME,),
}
"""What leads on from a state; from the others nothing is expected."""
_TEXTS: Final = ("empreinte", "socle", "roles", "catalogue", "source")


def of_proposal(proposal: Proposal, title: str) -> str:
    """Return what is about to be signed: the policy, the act, each text that it binds."""
    act = proposal.act
    head = f"« {title} »\n" if title else ""
    return (
        f"{head}jeu {act.jeu}, politique version {act.version}\n"
        f"acte        {act.acte}, par {act.personne} ({act.role})\n"
        f"état        {proposal.before.value} → {proposal.after.value}\n" + _bound(act)
    )


def of_made(made: Proposal) -> str:
    """Return what was signed, and who else must sign a resumption: it holds at the second of two acts."""
    said = (
        f"Signé et consigné : {made.act.acte} ({made.act.jeu}, version {made.act.version}). État : {made.after.value}."
    )
    is_half = made.act.kind is ActKind.RESUME and made.after is not RULES[ActKind.RESUME].target
    return f"{said} {lacking(made.act.by)}" if is_half else said


def lacking(signed: PersonRole) -> str:
    """Return whose signature is missing where one of the two who oversee has signed."""
    (other,) = OVERSEERS - {signed}
    return f"Il manque l'autre signature : {other.value}."


def of_adoption(territory: Territory, adoptions: Adoptions) -> str:
    """Return what is about to be adopted, and who must sign."""
    signers, charter = adoptions.signers(territory), territory.charter
    people = "\n".join(
        f"  {person.person_role.value:<9} {person.name} ({person.identifier})" for person in territory.roles.people
    )
    return (
        f"« {charter.title} », version {charter.version} ({charter.resolution})\n"
        f"socle       {territory.charter_digest}\n"
        f"roles       {territory.roles_digest}\n{people}\n"
        f"signent     dpo : {holders(signers, PersonRole.DPO)} ; garant : {holders(signers, PersonRole.GARANT)}"
    )


def of_territory(office: Office) -> str:
    """Return one line a dataset; what cannot be read says why in its line."""
    lines = [_adopted(office)]
    for dataset in office.datasets():
        try:
            policy, bindings, course = _course(dataset, office)
        except PolicyRefusals as several:
            lines.append(f"{dataset} : {several.refusals[0].located()}")
        except EclorError as refusal:
            lines.append(f"{dataset} : {refusal.located()}")
        else:
            lines.append(f"{dataset} : {_where(policy, bindings, course, office)}")
    return "\n".join(lines)


def of_dataset(dataset: str, office: Office) -> str:
    """Return who did what on a dataset, its state, what is expected. Refuses what cannot be read."""
    policy, bindings, course = _course(dataset, office)
    lines = [line for act in _acts(course) for line in _act(act, office)]
    return "\n".join([*lines, _where(policy, bindings, course, office)])


def _course(dataset: str, office: Office) -> tuple[Policy, Bindings, Course]:
    drafted, desk = office.drafted(dataset), office.desk
    policy, bindings = drafted.policy, drafted.bindings
    known = desk.journaled(dataset)
    course = Course()
    if desk.file(dataset).exists():
        adopted, texts = adopted_now(desk.adoptions(), drafted.territory), {bindings.policy: policy}
        course = read_course(desk.file(dataset), dataset, adopted=adopted, texts=texts, now=desk.clock.now())
    refuse_lost(_acts(course), known, dataset)
    return policy, bindings, course


def _acts(course: Course) -> list[Act]:
    return sorted((act for moment in course.moments.values() for act in moment.acts), key=lambda act: act.instant)


def _act(act: Act, office: Office) -> Iterator[str]:
    moment = f"{act.instant.astimezone(PARIS):%Y-%m-%d %H:%M}"
    yield f"{moment}  version {act.version}  {act.acte:<18} {act.personne} ({act.role})"
    for piece in pieces_of(office.desk, act):
        yield f"    {piece}"


def _where(policy: Policy, bindings: Bindings, course: Course, office: Office) -> str:
    state = state_at(course, policy=policy, bindings=bindings, now=office.desk.clock.now())
    said = f"version {policy.version}, état {state.value}"
    changed = changed_since(course, policy=policy, bindings=bindings)
    if state is State.DRAFT and changed:
        said += f" (ont changé depuis la signature : {', '.join(changed)})"
    if course.in_force and course.in_force.version != policy.version:
        held = course.moment(course.in_force).state.value
        said += f" ; version {course.in_force.version} {held}"
    resumed = asked_to_resume(course.moment(text_of(policy.version, bindings)), bindings)
    awaited = "".join(_awaited(kind, policy, office.territory().roles, done=resumed) for kind in _NEXT.get(state, ()))
    return said + (awaited or ". Rien n'est attendu.")


def _awaited(kind: ActKind, policy: Policy, roles: Roles, *, done: frozenset[PersonRole]) -> str:
    missing = {role: name for role, name in named(policy).items() if role in RULES[kind].roles - done}
    people = [f"{_name(name, roles)} ({name}, {role.value})" for role, name in missing.items()]
    return f". Attendu : {kind.value}, par {' et '.join(people)}."


def _name(identifier: str, roles: Roles) -> str:
    person = roles.person(identifier)
    return person.name if person else identifier


def _adopted(office: Office) -> str:
    try:
        known, adoptions = office.desk.journaled(EVERY_DATASET), office.desk.adoptions()
        refuse_lost(adoptions.acts, known, EVERY_DATASET)
        adopted_now(adoptions, office.territory())
    except EclorError as refusal:
        return refusal.located()
    return "Le socle et les rôles sont adoptés."


def _bound(act: Act) -> str:
    return "\n".join(f"{text:<11} {getattr(act, text)}" for text in _TEXTS)
