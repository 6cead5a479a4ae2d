"""The subjects of exports: policies of a territory or of a version, read, in the state that their acts give."""

from datetime import datetime
from pathlib import Path
from typing import Final

from catalog.dossier import ACTS, Texts, read_texts
from catalog.dossier import ADOPTIONS as ADOPTIONS_OF_VERSION
from catalog.proof import NAME, read_proof
from charter.acts import Adopted
from charter.adoption import ADOPTIONS, read_adoptions, sole
from charter.course import derive_state
from charter.digests import policy_digest
from charter.document import Document
from charter.export import Subject
from charter.model import Policy
from charter.reader import read
from charter.shape import shape
from charter.territory import Territory, load
from charter.vocabulary import State
from eclor.errors import PolicyRefusals, PolicyRefused
from eclor.judgement import Bench, state_by_acts
from eclor.names import Sha256

UNDER_WAY: Final = frozenset({State.IN_FORCE, State.STOPPED})
"""States of a policy under which data is held, published or not: what a register must tell."""


def subject_of(document: Document, territory: Territory, *, bench: Bench, origin: str) -> Subject:
    """Return what exports of a policy are made from, in the state that its acts give; it need not compile.

    Refuses (`PolicyRefusals`) an ill-shaped one, and (`EclorError`) a dataset that the catalogue does not know (V759),
    or acts that cannot be read.
    """
    policy, refusals = shape(document, Policy)
    if policy is None:
        raise PolicyRefusals(refusals)
    entry = territory.entry(policy.dataset)
    if entry is None:
        raise PolicyRefusals([_unknown(document, policy)])
    state = _state(document, policy, territory, bench)
    digest = policy_digest(document.plain)
    return Subject(policy, territory.charter, territory.roles, entry, digest=digest, state=state, origin=origin)


def _state(document: Document, policy: Policy, territory: Territory, bench: Bench) -> State:
    """Return the state that acts give; without any it is a draft, whatever else cannot be read."""
    if bench.acts is None or not (bench.acts / f"{policy.dataset}.jsonl").exists():
        return State.DRAFT
    state, broken = state_by_acts(document, policy, territory, bench=bench)
    for refusal in broken:
        raise refusal
    return state


def subjects_of(folder: Path, *, bench: Bench, origin: str) -> list[Subject]:
    """Return the subjects of all policies of a folder, in the order of their names.

    Refuses (`PolicyRefusals`) together all that cannot be read: a register that leaves one out would lie.
    """
    territory = load(bench.folder)
    found: list[Subject] = []
    refusals: list[PolicyRefused] = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            document = read(file)
            subject = subject_of(document, territory, bench=bench, origin=origin)
        except PolicyRefusals as several:
            refusals += several.refusals
            continue
        if subject.policy.dataset != file.stem:
            refusals.append(_unknown(document, subject.policy))
        found.append(subject)
    if refusals:
        raise PolicyRefusals(refusals)
    return found


def _unknown(document: Document, policy: Policy) -> PolicyRefused:
    name = Path(document.file).stem
    return PolicyRefused("V759", place=document.at("dataset"), dataset=policy.dataset, file=name)


def texts_of_version(folder: Path) -> Texts:
    """Return the texts that a published version was made under. Refuses (`VerificationFailed`) one that is unread."""
    return read_texts(folder, source_digest=Sha256(read_proof((folder / NAME).read_bytes()).source_digest))


def subject_of_version(folder: Path, texts: Texts, *, acts: Path, origin: str, now: datetime) -> Subject:
    """Return the subject of a published version, in the state that the acts of a home give to its policy by `now`.

    Without acts in the home, those that the version was made under. Refuses (`EclorError`) acts that cannot be read.
    """
    policy, kept = texts.policy, acts / f"{texts.policy.dataset}.jsonl"
    file, chain = (kept, acts / ADOPTIONS) if kept.exists() else (folder / ACTS, folder / ADOPTIONS_OF_VERSION)
    adopted = _adopted(chain, texts, now)
    state = derive_state(file, policy=policy, bindings=texts.bindings, adopted=adopted, now=now)
    digest = texts.bindings.policy
    return Subject(policy, texts.charter, texts.roles, texts.entry, digest=digest, state=state, origin=origin)


def _adopted(chain: Path, texts: Texts, now: datetime) -> tuple[Adopted, ...]:
    bound = texts.bindings
    held = read_adoptions(chain.read_bytes(), file=chain.name, now=now).held if chain.exists() else ()
    return held or sole(bound.charter, bound.roles, texts.roles)
