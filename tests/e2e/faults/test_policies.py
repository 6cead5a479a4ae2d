"""Without its acts a policy publishes nothing, and nothing is even asked of the source."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from catalog.gates.runner import GateRunner
from charter.signatures import key_text
from eclor.cli.report import report
from eclor.house import House
from eclor.pipeline import Walk
from eclor.world import Secret
from tests.e2e.faults.town import BENCHES, SetClock, Town, benches, opened
from tests.unit.harvesters.transport.conftest import Scripted, answer

pytestmark = pytest.mark.xdist_group("faults")  # one set of warm gates for all


def _no_act(acts: Path, _: Path) -> None:
    acts.unlink()


def _an_act_less(number: int) -> Callable[[Path, Path], None]:
    def change(acts: Path, _: Path) -> None:
        lines = acts.read_bytes().splitlines(keepends=True)
        acts.write_bytes(b"".join(lines[:number] + lines[number + 1 :]))

    return change


def _two_acts_swapped(acts: Path, _: Path) -> None:
    first, second, *rest = acts.read_bytes().splitlines(keepends=True)
    acts.write_bytes(b"".join([second, first, *rest]))


def _a_byte(acts: Path, _: Path) -> None:
    content = acts.read_bytes()
    middle = len(content) // 2
    acts.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])


def _another_text(_: Path, policy: Path) -> None:
    text = policy.read_text("utf-8")
    assert "titre: Bancs publics" in text
    policy.write_text(text.replace("titre: Bancs publics", "titre: Bancs"), "utf-8")


def _a_weaker_text(_: Path, policy: Path) -> None:
    text = policy.read_text("utf-8")
    policy.write_text(text.replace("zone_brute: 3 mois", "zone_brute: 30 mois"), "utf-8")


def _an_unknown_key(_: Path, policy: Path) -> None:
    policy.write_text(policy.read_text("utf-8") + "secret: oui\n", "utf-8")


CHANGES = {
    "no act at all": (_no_act, "V757"),
    "no visa": (_an_act_less(1), "V"),
    "no signature": (_an_act_less(2), "V"),
    "never in force": (_an_act_less(3), "V757"),
    "acts out of order": (_two_acts_swapped, "V"),
    "a byte of an act": (_a_byte, "V"),
    "another text": (_another_text, "V"),
    "a text weaker than the charter": (_a_weaker_text, ""),
    "an unknown key": (_an_unknown_key, ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_policy_that_is_not_in_force_asks_nothing_of_its_source(
    town: Town, territory: Path, server: Scripted, gates: GateRunner, tmp_path: Path, change: str
) -> None:
    alter, code = CHANGES[change]
    before = town.served(BENCHES)
    alter(town.house.acts(BENCHES), territory / "politiques" / "bancs.yaml")
    card = territory / "territoire.yaml"
    card.write_text(card.read_text("utf-8").replace("demonstration: oui", "demonstration: non"), "utf-8")
    server.says(answer(benches(50)))
    server.heads.clear()
    with opened(territory, tmp_path / "home", gates=gates, clock=town.clock) as one:
        done = one.walked(BENCHES, minutes=10)
        assert (done.outcome, done.door) == ("refused", "compile")
        assert f"[{code}" in done.message_fr
        assert server.heads == [], "the source saw nobody"
        assert one.served(BENCHES) == before
        one.assert_whole()


def test_a_policy_that_never_had_an_act_gives_nothing_at_all(
    territory: Path, server: Scripted, gates: GateRunner, tmp_path: Path
) -> None:
    card = territory / "territoire.yaml"
    card.write_text(card.read_text("utf-8").replace("demonstration: oui", "demonstration: non"), "utf-8")
    server.says(answer(benches(50)))
    with opened(territory, tmp_path / "fresh", gates=gates) as one:
        done = one.walked(BENCHES, minutes=10)
        assert (done.outcome, done.door, done.version) == ("refused", "compile", None)
        assert "[V757]" in done.message_fr
        assert server.heads == []
        assert one.version(BENCHES) is None


def test_a_dataset_without_a_policy_is_refused_and_nothing_is_asked(
    town: Town, territory: Path, server: Scripted, gates: GateRunner, tmp_path: Path
) -> None:
    (territory / "politiques" / "bancs.yaml").unlink()
    server.heads.clear()
    with opened(territory, tmp_path / "home", gates=gates, clock=town.clock) as one:
        done = one.walked(BENCHES, minutes=10)
        assert (done.outcome, done.door) == ("refused", "compile")
        assert "[V758]" in done.message_fr
        assert server.heads == []


def test_a_policy_whose_validity_has_not_begun_waits_and_what_stands_is_served(
    town: Town, territory: Path, server: Scripted, gates: GateRunner, tmp_path: Path
) -> None:
    before = town.served(BENCHES)
    policy = territory / "politiques" / "bancs.yaml"
    text = policy.read_text("utf-8")
    assert "du: 2026-01-01" in text
    policy.write_text(text.replace("du: 2026-01-01", "du: 2026-12-01"), "utf-8")
    server.says(answer(benches(50)))
    server.heads.clear()
    for home, version, outcome in (("home", 1, "unchanged"), ("fresh", None, "waiting")):
        with opened(territory, tmp_path / home, gates=gates, clock=SetClock(town.clock.instant)) as one:
            early = one.walked(BENCHES, minutes=10)
            assert (early.outcome, early.version, early.door) == (outcome, version, "")
            assert "à partir du 01/12/2026" in early.message_fr
            assert server.heads == [], "the source saw nobody"
            if version:
                assert one.served(BENCHES) == before
            one.clock.instant = datetime(2026, 11, 30, 23, 5, tzinfo=UTC)  # 00:05 on 1 December in Paris
            assert one.walked(BENCHES).outcome == "published"
        server.says(answer(benches(50)))
        server.heads.clear()


def test_a_run_says_that_keys_are_known_to_everybody_only_where_they_are(town: Town) -> None:
    def said(house: House) -> str:
        console = Console(width=200)
        with console.capture() as caught:
            console.print(report([Walk(BENCHES, town.clock.instant, outcome="unchanged", version=1)], house))
        return caught.get()

    own = key_text(Secret(bytes(range(32))))
    roles = town.house.territory.roles
    people = tuple(person.model_copy(update={"key": own}) for person in roles.people)
    territory = replace(town.house.territory, roles=roles.model_copy(update={"people": people}))
    assert "demonstration keys" in said(town.house)
    assert "demonstration keys" not in said(replace(town.house, territory=territory))
