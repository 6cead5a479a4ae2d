"""What a dry run is asked for, and the report that answers it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anonymizers.places import Zones, read_zones
from charter.compile import Plan, compile_policy
from charter.document import Document
from charter.model import Policy
from charter.reader import read
from charter.shape import shape
from charter.simulation.report import Report
from charter.territory import Territory, load
from charter.vocabulary import State
from eclor.drafting import office
from eclor.engine.limits import Engine
from eclor.errors import SettingsRefused
from eclor.judgement import Bench, state_by_acts
from eclor.offline.flow import BY_NAMES, AskedFlow
from eclor.offline.given import Given
from eclor.settings import Settings
from eclor.simulation.home import HomeSupply
from eclor.simulation.rival import NO_ONE, Rival, rival_in_file, rival_in_force
from eclor.simulation.supply import FileSupply, Supply
from eclor.simulation.trying import Setting, simulated
from eclor.world import FixedClock


@dataclass(frozen=True, slots=True)
class Asked:
    """A policy, by what it is judged, what it is tried on, what it is compared with, and what was published before."""

    file: Path
    charter: Path | None
    territory: Path | None
    data: Path | None
    against: Path | None
    previous: tuple[Path, ...]
    received: datetime | None
    read_as: AskedFlow

    @property
    def texts(self) -> Path:
        """Return the folder of voted files. Refuses (`SettingsRefused`) when nothing names one."""
        if self.charter is not None:
            return self.charter
        if self.territory is None:
            raise SettingsRefused("simulate.no-charter")
        return self.territory / "charter"


def asked_report(asked: Asked, *, now: datetime, engine: Engine) -> Report:
    """Compile a policy, try it, and report. Refuses (`PolicyRefusals`, `EclorError`) as `policy check` and `apply` do.

    Writes nothing but in a private folder that goes at the end.
    """
    if asked.data is None and asked.territory is None:
        raise SettingsRefused("simulate.no-rows")
    if asked.data is None and (asked.previous or asked.received or asked.read_as != BY_NAMES):
        raise SettingsRefused("simulate.previous-held")
    texts = load(asked.texts)
    document = read(asked.file)
    settings = Settings() if asked.territory is None else Settings(territory=asked.territory)
    state = _state(document, texts, asked, settings=settings, now=now)
    plan = compile_policy(document, texts, now=now, state=state)
    rival = _rival(asked, plan, settings=settings, texts=texts)
    return simulated(plan, Setting(texts, now, _supply(asked, texts, settings=settings, run=(now, engine))), rival)


def held_report(document: Document, texts: Territory, *, settings: Settings, now: datetime) -> Report:
    """Try a draft on what the home holds, next to the policy in force. Refuses as `asked_report` does."""
    plan = compile_policy(document, texts, now=now, state=State.DRAFT)
    rival = rival_in_force(plan, office(settings).desk, settings, texts)
    supply = HomeSupply(settings, texts, _zones(settings.territory), FixedClock(now), settings.engine)
    return simulated(plan, Setting(texts, now, supply), rival)


def _supply(asked: Asked, texts: Territory, *, settings: Settings, run: tuple[datetime, Engine]) -> Supply:
    now, engine = run
    if asked.data is None:
        return HomeSupply(settings, texts, _zones(settings.territory), FixedClock(now), engine)
    given = Given(asked.data, asked.received, asked.previous, read_as=asked.read_as)
    return FileSupply(given, texts, asked.texts, now, engine)


def _zones(territory: Path) -> Zones:
    return read_zones(territory / "zones")


def _rival(asked: Asked, plan: Plan, *, settings: Settings, texts: Territory) -> Rival:
    if asked.against is not None:
        return rival_in_file(asked.against)
    if asked.territory is None:
        return NO_ONE
    return rival_in_force(plan, office(settings).desk, settings, texts)


def _state(document: Document, texts: Territory, asked: Asked, *, settings: Settings, now: datetime) -> State:
    """Return the state that the home's acts give to a policy; a draft where no territory is named."""
    if asked.territory is None:
        return State.DRAFT
    policy, _ = shape(document, Policy)
    state, broken = state_by_acts(document, policy, texts, bench=Bench(asked.texts, now, settings.home / "acts"))
    if broken:
        raise broken[0]
    return state
