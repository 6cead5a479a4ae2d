"""What is given out, from the acts, the policies and the date."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from charter.course import Course
from charter.model import Derogation, Policy
from charter.serving import Reason, Served, ServingState, Withdrawn, ending_after, serving_state
from charter.vocabulary import ActKind
from tests.acting import Guild
from tests.policies import changed

PARIS = ZoneInfo("Europe/Paris")
END = datetime(2029, 1, 1, tzinfo=PARIS)
"""The fixture's policy is valid until the day before."""


def derogating(policy: Policy, *ends: str) -> Policy:
    """The policy with derogations that run from the first of January 2026 to each of these days."""
    derogations = tuple(
        Derogation.model_validate(
            {
                "regle": "plancher-k",
                "unite": "personne",
                "k": 5,
                "motif": "essai",
                "deliberation": "essai",
                "du": "2026-01-01",
                "au": end,
            }
        )
        for end in ends
    )
    return policy.model_copy(update={"derogations": derogations})


def served(guild: Guild, *, policy: Policy | None = None, now: datetime | None = None) -> ServingState:
    drafted = guild.drafted()
    held = policy or drafted.policy
    texts = {drafted.bindings.policy: held}
    return serving_state(guild.course(), held, texts=texts, now=now or guild.clock.now())


def test_what_is_in_force_is_served(guild: Guild) -> None:
    assert served(guild) == Served()


def test_what_never_was_in_force_is_not(guild: Guild) -> None:
    state = serving_state(Course(), guild.drafted().policy, texts={}, now=guild.clock.now())
    assert isinstance(state, Withdrawn)
    assert state.reason is Reason.NEVER_OPENED


@pytest.mark.parametrize(("kind", "reason"), [(ActKind.STOP, Reason.STOPPED), (ActKind.REVOKE, Reason.REVOKED)])
def test_a_stop_and_a_revocation_withdraw_from_their_instant_and_within_the_delay(
    guild: Guild, kind: ActKind, reason: Reason
) -> None:
    guild.does(kind, "p-dpo")
    at = guild.clock.now()
    assert served(guild) == Withdrawn(reason, at, at + timedelta(minutes=15))


def test_half_a_resumption_serves_nothing(guild: Guild) -> None:
    guild.does(ActKind.STOP, "p-dpo")
    since = guild.clock.now()
    guild.does(ActKind.RESUME, "p-dpo")
    state = served(guild)
    assert isinstance(state, Withdrawn)
    assert state.since == since
    guild.does(ActKind.RESUME, "p-garant")
    assert served(guild) == Served()


def test_what_a_former_version_made_stays_until_that_version_is_revoked(guild: Guild) -> None:
    first = guild.drafted().policy
    guild.text = changed(guild.text, ("\nversion: 1\n", "\nversion: 2\n"))
    guild.opens()
    assert served(guild, policy=first) == Served()
    guild.does(ActKind.REVOKE, "p-garant", version=1)
    state = served(guild, policy=first)
    assert isinstance(state, Withdrawn)
    assert state.reason is Reason.REVOKED
    assert served(guild) == Served()


def test_when_the_version_in_force_is_revoked_nothing_is_served(guild: Guild) -> None:
    first = guild.drafted().policy
    guild.text = changed(guild.text, ("\nversion: 1\n", "\nversion: 2\n"))
    guild.opens()
    guild.does(ActKind.REVOKE, "p-garant", version=2)
    assert isinstance(served(guild, policy=first), Withdrawn)
    assert isinstance(served(guild), Withdrawn)


def test_a_changed_source_keeps_serving_what_was_made(guild: Guild) -> None:
    guild.source = type(guild.source)("6" * 64)
    assert served(guild) == Served()


@pytest.mark.parametrize(("after", "is_served"), [(timedelta(days=90, seconds=-1), True), (timedelta(days=90), False)])
def test_what_expired_is_served_for_ninety_days(guild: Guild, after: timedelta, is_served: bool) -> None:
    state = served(guild, now=END + after)
    assert isinstance(state, Served) is is_served
    if isinstance(state, Withdrawn):
        assert (state.reason, state.since) == (Reason.EXPIRED, END + timedelta(days=90))


@pytest.mark.parametrize(("hour", "is_served"), [(23, True), (0, False)])
def test_what_a_derogation_made_goes_with_it_at_midnight_in_paris(guild: Guild, hour: int, is_served: bool) -> None:
    policy = derogating(guild.drafted().policy, "2026-12-31")
    now = datetime(2026, 12, 31, 23, tzinfo=PARIS) if hour else datetime(2027, 1, 1, tzinfo=PARIS)
    state = served(guild, policy=policy, now=now)
    assert isinstance(state, Served) is is_served
    if isinstance(state, Withdrawn):
        assert (state.reason, state.since) == (Reason.DEROGATION_ENDED, datetime(2027, 1, 1, tzinfo=PARIS))


def test_a_renewed_derogation_keeps_serving(guild: Guild) -> None:
    drafted = guild.drafted()
    former, renewed = derogating(drafted.policy, "2026-12-31"), derogating(drafted.policy, "2027-06-30")
    now = datetime(2027, 2, 1, tzinfo=PARIS)
    texts = {drafted.bindings.policy: renewed}
    assert serving_state(guild.course(), former, texts=texts, now=now) == Served()
    assert isinstance(serving_state(guild.course(), former, texts={}, now=now), Withdrawn)


@pytest.mark.parametrize("ends", [(), ("2027-06-30",), ("2027-06-30", "2027-01-31"), ("2029-12-31",)])
def test_what_will_end_the_serving_is_known_beforehand(guild: Guild, ends: tuple[str, ...]) -> None:
    drafted, now = guild.drafted(), guild.clock.now()
    policy = derogating(drafted.policy, *ends)
    ending = ending_after(guild.course(), policy, texts={drafted.bindings.policy: policy}, now=now)
    assert ending is not None
    reason, at = ending
    assert served(guild, policy=policy, now=at - timedelta(seconds=1)) == Served()
    ended = served(guild, policy=policy, now=at)
    assert isinstance(ended, Withdrawn)
    assert ended.reason is reason


def test_nothing_ends_what_ended(guild: Guild) -> None:
    drafted = guild.drafted()
    texts = {drafted.bindings.policy: drafted.policy}
    late = END + timedelta(days=91)
    assert ending_after(guild.course(), drafted.policy, texts=texts, now=late) is None
