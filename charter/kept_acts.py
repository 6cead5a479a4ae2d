"""The files of acts of a home, whole: each act stands where it was signed, and none that is in the journal is missing.

What is served is only ever closed by an act that vanishes (`charter.journaled`); whoever audits a home wants to know
of any, an opening one too.
"""

from collections.abc import Sequence

from charter.acting import Desk
from charter.acts import Act, read_acts
from charter.adoption import ADOPTIONS, EVERY_DATASET, Adoptions
from charter.chain import Kind
from charter.course import read_course
from charter.journaled import noted
from eclor.errors import Place, PolicyRefused, VerificationFailed


def verify_acts(desk: Desk) -> int:
    """Check every file of acts against the roles adopted and against the journal; return how many acts there are.

    Refuses (`PolicyRefused`), with file and line, the first act that was changed, moved or may not stand (V750 to
    V756, V771); with the file, one that is in the journal and no longer there (V764). An act that is not in the
    journal yet is none: a kill leaves one, and the next walk enters it. Where nothing was ever adopted no roles tell
    who may sign: such acts are not judged. Refuses (`VerificationFailed`) a journal without an act, or an entry, that a
    note of acts says it had. Read in the order opposite to that of writing: an act signed meanwhile is no fault.
    """
    notes = [noted(note) for note in sorted(desk.folder.glob("*.journal"))]
    entered: dict[str, dict[str, str]] = {EVERY_DATASET: {}}
    last = -1
    for entry in desk.journal.entries():
        last = entry.index
        if entry.kind is Kind.ACT:
            digests = entered.setdefault(str(entry.facts["dataset"]), {})
            digests[str(entry.facts["digest"])] = str(entry.facts["act"])
    digests_entered = {digest for digests in entered.values() for digest in digests}
    for had, read_up_to in notes:
        if read_up_to > last or not had.keys() <= digests_entered:
            raise VerificationFailed("journal.cut-short", index=read_up_to)
    adoptions = desk.adoptions()
    kept = {file.stem for file in desk.folder.glob("*.jsonl") if file.name != ADOPTIONS}
    datasets = sorted((entered.keys() | kept) - {EVERY_DATASET}) if adoptions.held else []
    return sum(
        _verified(dataset, entered.get(dataset, {}), desk=desk, adoptions=adoptions)
        for dataset in (EVERY_DATASET, *datasets)
    )


def _verified(dataset: str, entered: dict[str, str], *, desk: Desk, adoptions: Adoptions) -> int:
    """Return how many acts a file holds; `entered` are those that the journal has, digest → kind."""
    file = desk.folder / ADOPTIONS if dataset == EVERY_DATASET else desk.file(dataset)
    acts = adoptions.acts if dataset == EVERY_DATASET else _followed(dataset, desk, adoptions)
    present = {act.digest for act in acts}
    for digest, kind in entered.items():
        if digest not in present:
            raise PolicyRefused("V764", place=Place(str(file)), act=kind, dataset=dataset)
    return len(acts)


def _followed(dataset: str, desk: Desk, adoptions: Adoptions) -> Sequence[Act]:
    """Return the acts on a dataset, each allowed where it stands."""
    file, now = desk.file(dataset), desk.clock.now()
    read_course(file, dataset, adopted=adoptions.held, texts={}, now=now)
    return [signed.act for signed in read_acts(file, adopted=adoptions.held, now=now)]
