"""What was signed for a dataset: a draft that somebody is writing destroys nothing, keeps nothing, refuses nobody."""

from typing import Final

from catalog.database import reading
from catalog.dossier import POLICY
from catalog.reading import current_version
from charter.model import Policy
from charter.reader import parse
from charter.retention import Terms
from charter.shape import shape
from charter.vocabulary import State
from eclor.errors import EclorError, PolicyRefusals
from eclor.house import House
from eclor.names import Slug
from eclor.standing import standing

_UNSIGNED: Final = frozenset({State.DRAFT, State.SIMULATED, State.ENDORSED})


def terms_for(dataset: Slug, house: House) -> Terms:
    """Return the terms of the policy that its acts hold, else of the text that the newest version was made under.

    Of what no policy speaks any more, the longest that the charter allows.
    """
    charter, policy = house.territory.charter, signed_policy(dataset, house)
    return Terms.of_charter(charter) if policy is None else Terms.of_policy(policy, charter)


def signed_policy(dataset: Slug, house: House) -> Policy | None:
    """Return the policy that a dataset's acts hold, else the text that its newest version was made under, if any."""
    return _signed(dataset, house) or _published(dataset, house)


def _signed(dataset: Slug, house: House) -> Policy | None:
    try:
        stands = standing(dataset, house)
    except (EclorError, PolicyRefusals):
        return None
    return None if stands.state in _UNSIGNED else stands.policy


def _published(dataset: Slug, house: House) -> Policy | None:
    with reading(house.catalog.engine) as session:
        version = current_version(session, dataset)
    if version is None:
        return None
    file = house.catalog.version_folder(dataset, version.number) / POLICY
    try:
        policy, _ = shape(parse(file.read_bytes(), file=file.name), Policy)
    except (OSError, PolicyRefusals):
        return None
    return policy
