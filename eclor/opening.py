"""What a run does before its first walk: end what a kill cut, open a demonstration's policies, journal the acts.

Only a demonstration territory's policies are signed here, with keys that everybody can compute; nobody else's ever.
"""

from datetime import datetime
from typing import Final

import structlog

from catalog.database import writing
from catalog.recovery import recover
from catalog.registry import announce, declare
from charter.acting import Signatory, adopt, enter_adoptions, journal_acts
from charter.compile import compile_policy
from charter.course import OPENING
from charter.demonstration import adopters, demonstration_key, held_by_demonstration, sign_for_demonstration
from charter.vocabulary import State
from eclor.errors import EclorError, PolicyRefusals, PolicyRefused
from eclor.house import House
from eclor.names import Slug
from eclor.standing import standing, terms_of

log = structlog.get_logger()
_SIGNED_ALREADY: Final = "V772"


def open_home(house: House) -> None:
    """Declare every dataset, finish or sweep what a kill left, open the demonstration, journal each act once."""
    now = house.world.clock.now()
    terms = {dataset: terms_of(dataset, house) for dataset in house.declarations}
    with writing(house.catalog.engine) as session:
        for dataset, declaration in house.declarations.items():
            declare(session, declaration, terms[dataset], now=now)
        for left_out in house.not_collected.values():
            announce(session, left_out, now=now)
    recover(house.catalog, house.world)
    open_demonstration(house)
    enter_all(house)


def enter_all(house: House) -> None:
    """Write in the public journal every act that is not there yet; acts that cannot be read wait for their cure.

    The whole journal is read here: notes of what it holds are not believed at a start.
    """
    desk = house.desk
    with desk.held() as now:
        journal = desk.journal.since(0)
        try:
            enter_adoptions(desk, desk.adoptions(), read=journal)
        except PolicyRefused as broken:
            log.warning("adoptions.unreadable", code=broken.code)
            return
        for dataset in house.policies:
            try:
                journal_acts(desk, dataset, now=now, read=journal)
            except PolicyRefused as broken:
                log.warning("acts.unreadable", dataset=dataset, code=broken.code)


def _now(house: House) -> datetime:
    return house.world.clock.now()


def open_demonstration(house: House) -> None:
    """Write the acts that open each draft policy of a demonstration territory; leave what people stopped or revoked.

    A policy that does not compile stays closed: its walk says why.
    """
    if house.identity.demonstration != "oui":
        return
    try:
        _adopt(house)
    except PolicyRefused as refusal:
        log.warning("demonstration.not_adopted", code=refusal.code)
    for dataset in house.policies:
        try:
            _open(dataset, house)
        except (EclorError, PolicyRefusals) as refusal:
            log.info("demonstration.left_closed", dataset=dataset, kind=type(refusal).__name__)


def _adopt(house: House) -> None:
    """Adopt the territory's charter and roles, if a DPO and a garant of the former ones hold demonstration keys."""
    desk, territory = house.desk, house.territory
    for person in adopters(desk.adoptions(), territory):
        if desk.adoptions().holds(territory):
            return
        try:
            adopt(territory, by=Signatory(person.identifier, demonstration_key(person.identifier)), desk=desk)
        except PolicyRefused as refusal:
            if refusal.code != _SIGNED_ALREADY:
                raise


def _open(dataset: Slug, house: House) -> None:
    stands, file, now = standing(dataset, house), house.acts(dataset), _now(house)
    acts = [act for moment in stands.course.moments.values() for act in moment.acts]
    by_people = any(act.kind not in OPENING for act in acts)
    is_open = stands.state is not State.DRAFT or by_people
    if is_open or not held_by_demonstration(stands.policy, house.territory.roles):
        return
    compile_policy(stands.document, house.territory, now=now, state=stands.state)
    if house.desk.adoptions().holds(house.territory):
        with house.desk.held():
            sign_for_demonstration(file, policy=stands.policy, bindings=stands.bindings, now=now)
        log.info("demonstration.opened", dataset=dataset)
