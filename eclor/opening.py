"""What a run does before its first walk: end what a kill cut, open a demonstration's policies, journal the acts.

Only a demonstration territory's policies are signed here, with keys that everybody can compute; nobody else's ever.
"""

from datetime import datetime

import structlog

from catalog.database import writing
from catalog.recovery import recover
from catalog.registry import declare
from charter.acts import read_acts
from charter.chain import Kind
from charter.compile import compile_policy
from charter.demonstration import held_by_demonstration, sign_for_demonstration
from charter.vocabulary import ActKind, State
from eclor.errors import EclorError, PolicyRefusals, PolicyRefused
from eclor.house import House
from eclor.names import Slug
from eclor.standing import standing, terms_of

log = structlog.get_logger()
_OPENING = frozenset({ActKind.SIMULATE, ActKind.ENDORSE, ActKind.SIGN, ActKind.ENTER_INTO_FORCE})


def open_home(house: House) -> None:
    """Declare every dataset, finish or sweep what a kill left, open the demonstration, journal each act once."""
    now = house.world.clock.now()
    with writing(house.catalog.engine) as session:
        for dataset, declaration in house.declarations.items():
            declare(session, declaration, terms_of(dataset, house), now=now)
    recover(house.catalog, house.world)
    open_demonstration(house)
    journal_acts(house)


def journal_acts(house: House) -> None:
    """Write in the public journal every act that is not there yet; acts that cannot be read wait for their cure."""
    journaled = {entry.facts["digest"] for entry in house.catalog.journal.entries() if entry.kind is Kind.ACT}
    for dataset in house.policies:
        try:
            acts = [act for act, _ in read_acts(house.acts(dataset), roles=house.territory.roles, now=_now(house))]
        except PolicyRefused as broken:
            log.warning("acts.unreadable", dataset=dataset, code=broken.code)
            continue
        for act in acts:
            if act.digest not in journaled:
                house.catalog.journal.append(
                    Kind.ACT,
                    dataset=dataset,
                    version=act.version,
                    act=act.acte,
                    person=act.personne,
                    role=act.role,
                    digest=act.digest,
                )


def _now(house: House) -> datetime:
    return house.world.clock.now()


def open_demonstration(house: House) -> None:
    """Write the acts that open each draft policy of a demonstration territory; leave what people stopped or revoked.

    A policy that does not compile stays closed: its walk says why.
    """
    if house.identity.demonstration != "oui":
        return
    for dataset in house.policies:
        try:
            _open(dataset, house)
        except (EclorError, PolicyRefusals) as refusal:
            log.info("demonstration.left_closed", dataset=dataset, kind=type(refusal).__name__)


def _open(dataset: Slug, house: House) -> None:
    stands, file, now = standing(dataset, house), house.acts(dataset), _now(house)
    roles = house.territory.roles
    compile_policy(stands.document, house.territory, now=now, state=stands.state)
    by_people = any(act.acte not in _OPENING for act, _ in read_acts(file, roles=roles, now=now))
    if stands.state is State.DRAFT and not by_people and held_by_demonstration(stands.policy, roles):
        sign_for_demonstration(file, policy=stands.policy, bindings=stands.bindings, now=now)
        log.info("demonstration.opened", dataset=dataset)
