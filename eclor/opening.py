"""Open a demonstration territory's policies at the first start; nothing is ever signed for anyone else."""

import structlog

from charter.acts import read_acts
from charter.compile import compile_policy
from charter.demonstration import held_by_demonstration, sign_for_demonstration
from charter.vocabulary import ActKind, State
from eclor.errors import EclorError, PolicyRefusals
from eclor.house import House
from eclor.names import Slug
from eclor.standing import standing

log = structlog.get_logger()
_OPENING = frozenset({ActKind.SIMULATE, ActKind.ENDORSE, ActKind.SIGN, ActKind.ENTER_INTO_FORCE})


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
    stands, file, now = standing(dataset, house), house.acts(dataset), house.world.clock.now()
    roles = house.territory.roles
    compile_policy(stands.document, house.territory, now=now, state=stands.state)
    by_people = any(act.acte not in _OPENING for act, _ in read_acts(file, roles=roles, now=now))
    if stands.state is State.DRAFT and not by_people and held_by_demonstration(stands.policy, roles):
        sign_for_demonstration(file, policy=stands.policy, bindings=stands.bindings, now=now)
        log.info("demonstration.opened", dataset=dataset)
