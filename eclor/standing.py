"""Whether a dataset's policy is in force, before anything is asked of its source."""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from catalog.registry import Terms
from charter.acting import enter_adoptions, journal_acts
from charter.acts import Bindings
from charter.adoption import adopted_now
from charter.bindings import bindings_of
from charter.compile import Plan, compile_policy
from charter.course import Course, changed_since, has_begun, read_course, state_at
from charter.document import Document
from charter.model import Policy
from charter.reader import read
from charter.shape import shape
from charter.vocabulary import State, YesNo
from eclor.drafting import no_policy
from eclor.errors import EclorError, PolicyRefusals, PolicyRefused
from eclor.house import House
from eclor.names import FieldName, Slug
from harvesters.intake import AllowedFields

_CLOSED: Final = MappingProxyType({State.STOPPED: "V775", State.REVOKED: "V776", State.SUPERSEDED: "V776"})
"""State → the code whose cure fits it; from the others the opening goes on (V757)."""


class NotBegun(EclorError):
    """A policy is signed and in force, and its validity begins later: it compiles and waits (LANGUAGE.md section 8)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A policy as written, what its acts must bind now, and the state that they give it."""

    document: Document
    policy: Policy
    bindings: Bindings
    state: State
    course: Course


def standing(dataset: Slug, house: House) -> Standing:
    """Read a dataset's policy and its acts. Refuses what cannot be read, and a file named for another dataset."""
    file = house.policies.get(dataset)
    if file is None:
        raise no_policy(dataset, house.policies)
    document = read(file)
    policy, refusals = shape(document, Policy)
    if policy is None:
        raise PolicyRefusals(refusals)
    if policy.dataset != dataset or house.territory.entry(dataset) is None:
        raise PolicyRefused("V759", place=document.at("dataset"), dataset=policy.dataset, file=dataset)
    bound = bindings_of(document, house.territory, dataset=dataset, source=house.flows(dataset)[0].digest)
    course = _course(dataset, policy, bound, house)
    state = state_at(course, policy=policy, bindings=bound, now=house.world.clock.now())
    return Standing(document, policy, bound, state, course)


def plan_in_force(dataset: Slug, house: House) -> Plan:
    """Compile a dataset's policy, its acts checked. Refuses all that keeps it from publishing; reads no row.

    Refuses (`NotBegun`) one whose validity has not begun: whatever is told of it, nothing is asked of its source.
    """
    _enter(dataset, house)
    stands = standing(dataset, house)
    now = house.world.clock.now()
    plan = compile_policy(stands.document, house.territory, now=now, state=stands.state)
    if stands.state is not State.IN_FORCE:
        raise _not_in_force(stands)
    if not has_begun(stands.policy, now):
        day = date.fromisoformat(stands.policy.governance.validity.start)
        raise NotBegun("run.not-begun", dataset=dataset, day=f"{day:%d/%m/%Y}")
    return plan


def allowed_fields(plan: Plan) -> AllowedFields:
    """Return what the policy lets in, and what it says must not be asked for."""
    collected = {FieldName(field.name) for field in plan.policy.fields if field.collected is YesNo.YES}
    names = {FieldName(field.name) for field in plan.policy.fields}
    return AllowedFields(collected=frozenset(collected), refused=frozenset(names - collected))


def terms_of(dataset: Slug, house: House) -> Terms:
    """Return what the policy says, as far as it can be read: a page must stand even for a dataset that is refused."""
    entry, file = house.territory.entry(dataset), house.policies.get(dataset)
    if entry is None or file is None:
        return Terms()
    try:
        policy, _ = shape(read(file), Policy)
    except PolicyRefusals:
        return Terms(source=entry.source)
    return Terms(source=entry.source) if policy is None else Terms.of(policy, entry)


def _enter(dataset: Slug, house: House) -> None:
    """Enter in the public journal what people signed since the last walk. Refuses V764: a stop has vanished."""
    desk = house.desk
    with desk.held() as now:
        enter_adoptions(desk, desk.adoptions())
        journal_acts(desk, dataset, now=now)


def _course(dataset: Slug, policy: Policy, bound: Bindings, house: House) -> Course:
    """Follow the acts of a dataset; without any nothing need have been adopted yet."""
    file = house.acts(dataset)
    if not file.exists():
        return Course()
    adopted = adopted_now(house.desk.adoptions(), house.territory)
    texts = {bound.policy: policy}
    return read_course(file, dataset, adopted=adopted, texts=texts, now=house.world.clock.now())


def _not_in_force(stands: Standing) -> PolicyRefused:
    place, state = stands.document.at("governance", "state"), stands.state.value
    changed = changed_since(stands.course, policy=stands.policy, bindings=stands.bindings)
    if stands.state is State.DRAFT and changed:
        return PolicyRefused("V770", place=place, changed=", ".join(changed))
    return PolicyRefused(_CLOSED.get(stands.state, "V757"), place=place, state=state)
