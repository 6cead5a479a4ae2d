"""A flow has one subscription at its broker: renewed before its end, as it is wanted now, its token never told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from eclor.errors import DeclarationRefused, SourceUnavailable
from harvesters.source import Source
from harvesters.subscription import Subscription, end_left
from harvesters.subscription_register import Register
from tests.e2e.subscriptions.broker import NOON, Broker, running
from tests.e2e.subscriptions.follower import TOKEN, containers
from tests.harvesting import SteppingClock, column, flow, reach, store_at

WANTED = frozenset({"containerCode", "fillingLevel", "@meta.fillingLevel.observedAt"})
HERE = "http://127.0.0.1:9/told"


@pytest.fixture(scope="module")
def shared() -> Iterator[Broker]:
    with running() as one:
        yield one


@pytest.fixture
def broker(shared: Broker) -> Broker:
    shared.linked_data.held.clear()
    shared.version_two.held.clear()
    return shared


def subscribed(source: Source, tmp_path: Path, *, url: str = HERE, token: str = TOKEN) -> Subscription:
    by = reach(store_at(tmp_path, SteppingClock()), {"ECLOR_SECRET_CONTENEURS": token})
    return Subscription(source, url, Register(tmp_path / "subscriptions"), by)


def later(subscription: Subscription, by: timedelta) -> None:
    clock = subscription.reach.clock
    assert isinstance(clock, SteppingClock)
    clock.instant += by


@pytest.mark.parametrize("access", ["ngsi-ld", "ngsi-v2"])
def test_it_is_renewed_before_its_end_and_said_again_when_it_changes(
    tmp_path: Path, broker: Broker, access: str
) -> None:
    subscription = subscribed(containers(tmp_path, broker.url, access), tmp_path)
    ends = []
    for passed in (0, 11, 2):
        later(subscription, timedelta(hours=passed))
        subscription.stand(WANTED)
        (held,) = broker.held()
        ends.append(held.wish.until)
    assert ends == [NOON + timedelta(hours=24), NOON + timedelta(hours=24), NOON + timedelta(hours=37)]
    subscription.stand(WANTED | {"license_plate"})
    (held,) = broker.held()
    assert held.wish.attributes == ("containerCode", "fillingLevel", "license_plate")


@pytest.mark.parametrize("access", ["ngsi-ld", "ngsi-v2"])
def test_one_that_was_put_to_sleep_or_ended_there_stands_again(tmp_path: Path, broker: Broker, access: str) -> None:
    subscription = subscribed(containers(tmp_path, broker.url, access), tmp_path)
    subscription.stand(WANTED)
    (held,) = broker.held()
    held.wish = replace(held.wish, awake=False)
    subscription.stand(WANTED)
    assert [one.wish.awake for one in broker.held()] == [True]
    broker.linked_data.held.clear()
    broker.version_two.held.clear()
    subscription.stand(WANTED)
    assert len(broker.held()) == 1


def test_of_two_that_say_to_be_ours_one_is_left_and_others_are_not_touched(tmp_path: Path, broker: Broker) -> None:
    source = containers(tmp_path, broker.url)
    subscribed(source, tmp_path / "one").stand(WANTED)
    (first,) = broker.held()
    document = {**first.document, "description": "of somebody else"}
    broker.linked_data.held["twin"] = replace(first, identifier="twin")
    broker.linked_data.held["other"] = replace(first, identifier="other", document=document)
    subscribed(source, tmp_path / "forgot").stand(WANTED)
    assert [one.identifier for one in broker.held()] == [first.identifier, "other"]


def test_what_a_broker_lists_otherwise_is_not_ours(
    tmp_path: Path, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = ["ours", None, {"description": "without an identifier"}, {"id": 3}]
    subscription = subscribed(containers(tmp_path, broker.url), tmp_path)
    monkeypatch.setattr("harvesters.subscription._read", lambda _: listed)
    subscription.stand(WANTED)
    assert len(broker.held()) == 1


def test_a_home_whose_address_changed_keeps_its_own(tmp_path: Path, broker: Broker) -> None:
    subscription = subscribed(containers(tmp_path, broker.url), tmp_path)
    subscription.stand(WANTED)
    (first,) = broker.held()
    moved = replace(subscription.reach, contact="https://elsewhere.example")
    Subscription(subscription.source, HERE, subscription.register, moved).stand(WANTED)
    assert [one.identifier for one in broker.held()] == [first.identifier]


def test_one_that_nothing_declares_is_ended_and_kept_in_mind_until_then(tmp_path: Path, broker: Broker) -> None:
    source = containers(tmp_path, broker.url)
    subscription = subscribed(source, tmp_path)
    subscription.stand(WANTED)
    (file,) = (tmp_path / "subscriptions").iterdir()
    assert TOKEN not in file.read_text()
    end_left([source], subscription.register, subscription.reach)
    assert len(broker.held()) == 1
    text = file.read_text()
    file.write_text(text.replace(broker.url, "http://127.0.0.1:1"))
    end_left([], subscription.register, subscription.reach)
    assert file.exists(), "its broker did not answer: the next start tries again"
    file.write_text(text)
    end_left([], subscription.register, subscription.reach)
    assert (broker.held(), file.exists()) == ([], False)


@pytest.mark.parametrize("token", ["", "short", "with spaces " * 4, "é" * 40])
def test_a_token_that_can_be_guessed_or_written_badly_is_refused(tmp_path: Path, broker: Broker, token: str) -> None:
    with pytest.raises(SourceUnavailable) as refused:
        subscribed(containers(tmp_path, broker.url), tmp_path, token=token).stand(WANTED)
    assert refused.value.code in {"source.weak-token", "source.no-credential"}
    assert not token or token not in refused.value.french() + repr(refused.value.facts)
    assert broker.held() == []


@pytest.mark.parametrize(
    ("address", "url", "options", "goes"),
    [
        ("https://broker.invalid", "http://127.0.0.1:8010/x", "", False),
        ("https://broker.invalid", "http://town.example/x", "", False),
        ("https://broker.invalid", "https://town.example/x", "", True),
        ("http://broker.invalid", "https://town.example/x", "", False),
        ("http://broker.invalid", "http://eclor.lan/x", ", reseau: interne", True),
        ("https://broker.invalid", "http://127.0.0.1:8010/x", ", reseau: interne", False),
    ],
)
def test_the_token_goes_over_no_open_road(tmp_path: Path, address: str, url: str, options: str, *, goes: bool) -> None:
    source = flow(
        tmp_path, column("code"), column("vu_a", "date-heure"), access="ngsi-ld", protocol="ngsi-ld",
        address=address, options=f"{{cle: code, instant: vu_a, abonnement: conteneurs{options}}}",
    )  # fmt: skip
    with pytest.raises(SourceUnavailable) as refused:
        subscribed(source, tmp_path, url=url).stand(frozenset({"code"}))
    assert (refused.value.code == "source.no-way-back") is not goes
    assert TOKEN not in repr(refused.value.facts)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("{abonnement: conteneurs}", "declaration.subscription-alone"),
        ("{abonnement: conteneurs, cle: code}", "declaration.subscription-alone"),
        ("{abonnement: conteneurs, cle: code, instant: code}", "declaration.unknown-key-column"),
    ],
)
def test_a_subscription_without_key_or_instant_is_refused(tmp_path: Path, options: str, code: str) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        flow(
            tmp_path, column("code"), column("vu_a", "date-heure"), access="ngsi-ld", protocol="ngsi-ld",
            address="https://broker.example", options=options,
        )  # fmt: skip
    assert refused.value.code == code
