"""A policy tried on rows: with all that was published before, or blank, then next to another policy."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from charter.compile import Plan
from charter.simulation.attempt import Attempt, Verdict, attempted
from charter.simulation.changes import Change, change
from charter.simulation.report import Circumstances, Report, report_of, report_of_nothing
from charter.territory import Territory
from eclor.engine.limits import Limits
from eclor.errors import EclorError, PolicyRefusals, SettingsRefused
from eclor.sentences.simulation import NEVER_PUBLISHED, NOT_YET, NOTHING_HELD, NOTHING_NEW, RIVAL_REFUSED
from eclor.simulation.rival import Rival, compiled_rival
from eclor.simulation.scratch import scratch
from eclor.simulation.supply import Supplied, Supply

_PARIS: Final = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a policy is tried in: the territory's texts, the instant, where the rows come from."""

    territory: Territory
    now: datetime
    supply: Supply


def simulated(plan: Plan, setting: Setting, rival: Rival) -> Report:
    """Try a policy on rows and report; nothing is written but in a private folder that goes at the end.

    What it would publish next to all that was published before; where that is nothing new, what it would publish if
    nothing had been. The comparison with the rival is always of the latter kind, for both.
    Refuses (`EclorError`) rows that cannot be read for sure or that the policy refuses whole.
    """
    around = Circumstances(setting.territory, setting.now, setting.supply.origin)
    with scratch() as folder:
        found = setting.supply.supplied(plan, _made(folder / "tried"))
        if found is None:
            return report_of_nothing(plan, around, reason=NOTHING_HELD)
        around = replace(around, read_by=found.read_by, hint=found.hint, odd=tuple(found.odd))
        attempt = attempted(plan, found.held, world=found.world, limits=_in(found, "as-is"))
        wanted = rival.document is not None or attempt.verdict is Verdict.WAITS
        fresh = _blank(plan, found) if wanted and _has_past(found) else attempt
        compared, why_not = _compared(rival, fresh, setting, folder / "rival")
        blank = attempt.verdict is Verdict.WAITS and _has_past(found) and fresh.verdict is not Verdict.WAITS
        waiting = NOTHING_NEW if blank else _waiting(attempt)
        shown = replace(fresh, verdict=attempt.verdict, rows=None) if blank else attempt
        return report_of(shown, replace(around, blank=blank), waiting=waiting, change=compared, no_change=why_not)


def _blank(plan: Plan, found: Supplied) -> Attempt:
    """Try a plan where nothing was published before."""
    memory = found.held.memory
    held = replace(found.held, former=None, memory=replace(memory, versions=()) if memory else None)
    return attempted(plan, held, world=found.world, limits=_in(found, "blank"))


def _in(found: Supplied, name: str) -> Limits:
    return replace(found.limits, folder=found.limits.folder / name)


def _has_past(found: Supplied) -> bool:
    memory = found.held.memory
    return found.held.former is not None or bool(memory and memory.versions)


def _compared(rival: Rival, fresh: Attempt, setting: Setting, private: Path) -> tuple[Change | None, str]:
    """Try the rival on the same rows, blank; a rival that these rows do not suit is said, not refused."""
    if rival.document is None:
        return None, rival.why_none
    try:
        plan = compiled_rival(rival.document, fresh.plan, setting.territory, now=setting.now)
        found = setting.supply.supplied(plan, _made(private))
        if found is None:
            return None, NOTHING_HELD
        other = _blank(plan, found)
    except PolicyRefusals as refusals:
        return None, RIVAL_REFUSED.format(reason=refusals.refusals[0].located())
    except SettingsRefused:
        raise
    except EclorError as refusal:
        return None, RIVAL_REFUSED.format(reason=refusal.located())
    return change(other, fresh), ""


def _waiting(attempt: Attempt) -> str:
    if attempt.next_close is None:
        return NEVER_PUBLISHED
    return NOT_YET.format(closes=f"{attempt.next_close.astimezone(_PARIS):%Y-%m-%d %H:%M}")


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder
