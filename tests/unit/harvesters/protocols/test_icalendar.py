"""icalendar: what an event, a list of busy times and opening hours become, expanded or not."""

import pytest

from eclor.errors import PayloadRefused
from harvesters.calendar_expansion import Expansion, read_window
from harvesters.calendar_rows import entry_of
from harvesters.calendar_times import Zones
from harvesters.content_lines import components
from harvesters.parsing import Row
from harvesters.recurrences import Budget
from tests.payloads import Outcome, read
from tests.payloads_answers import CALENDAR

OCTOBER = "2026-10-01/2026-11-01"


def event(*lines: str) -> bytes:
    body = "\r\n".join(("UID:u", *lines))
    return f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{body}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()


def one(*lines: str, **options: str) -> Row:
    (row,) = read("icalendar", event(*lines), **options).rows
    return row


def starts(outcome: Outcome) -> list[object]:
    return [row["dtstart"] for row in outcome.rows]


class TestUnexpanded:
    def test_an_event_has_its_properties_by_their_names(self) -> None:
        first, second, busy, opening = read("icalendar", CALENDAR.encode()).rows
        assert first["summary"] == "Répétition, salle des fêtes"
        assert (first["dtstart"], first["dtend"]) == ("2026-10-06T18:00:00+02:00", "2026-10-06T20:00:00+02:00")
        assert (first["rrule"], first["exdate"]) == (["FREQ=WEEKLY;COUNT=5"], ["2026-10-13T18:00:00+02:00"])
        assert (second["recurrence_id"], second["dtend"]) == ("2026-10-27T18:00:00+01:00", "2026-10-28T20:30:00+01:00")
        assert [period["fbtype"] for period in busy["freebusy"]] == ["BUSY", "BUSY", "FREE"]  # type: ignore[attr-defined]
        assert busy["freebusy"][0]["end"] == "2026-10-20T09:00:00Z"  # type: ignore[index]
        assert [part["uid"] for part in opening["available"]] == ["piscine-lundi"]  # type: ignore[attr-defined]

    def test_a_floating_time_has_no_offset_and_utc_has_its_own(self) -> None:
        assert one("DTSTART:20261006T180000")["dtstart"] == "2026-10-06T18:00:00"
        assert one("DTSTART:20261006T180000Z")["dtstart"] == "2026-10-06T18:00:00Z"

    def test_a_whole_day_ends_before_the_next(self) -> None:
        row = one("DTSTART;VALUE=DATE:20261006")
        assert (row["dtstart"], row["dtend"], row["all_day"]) == ("2026-10-06", "2026-10-07", True)
        assert one("DTSTART;VALUE=DATE:20261006", "DTEND;VALUE=DATE:20261009")["dtend"] == "2026-10-09"

    def test_a_zone_needs_no_definition_when_the_world_knows_it(self) -> None:
        for zone in ("Romance Standard Time", '"Europe/Paris"', "/freeassociation.sourceforge.net/Europe/Paris"):
            assert one(f"DTSTART;TZID={zone}:20260706T180000")["dtstart"] == "2026-07-06T18:00:00+02:00"
        zone = "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Ushuaia"
        assert one(f"DTSTART;TZID={zone}:20260706T180000")["dtstart"] == "2026-07-06T18:00:00-03:00"

    def test_a_zone_that_nothing_defines_refuses_its_row(self) -> None:
        for zone in ("Maison", "../../etc/passwd", "Europe"):
            outcome = read("icalendar", event(f"DTSTART;TZID={zone}:20260706T180000"))
            assert (outcome.rows, outcome.refused_codes) == ([], ["payload.icalendar-zone"])

    def test_a_zone_may_be_defined_below(self) -> None:
        zone = (
            "BEGIN:VTIMEZONE\nTZID:Maison\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\n"
            "TZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\nEND:VCALENDAR"
        )
        text = event("DTSTART;TZID=Maison:20260706T180000").decode().replace("END:VCALENDAR", zone)
        assert starts(read("icalendar", text.encode())) == ["2026-07-06T18:00:00+03:00"]

    def test_a_fold_may_stand_inside_a_letter(self) -> None:
        folded = event("SUMMARY:été").replace("é".encode(), b"\xc3\r\n \xa9")
        assert read("icalendar", folded).rows[0]["summary"] == "été"

    def test_busy_says_whether_the_time_is_taken(self) -> None:
        assert one("DTSTART:20261006T180000")["busy"] is True
        assert one("DTSTART:20261006T180000", "TRANSP:TRANSPARENT")["busy"] is False
        assert one("DTSTART:20261006T180000", "STATUS:CANCELLED")["busy"] is False

    def test_an_alarm_is_no_event_and_a_task_is_said(self) -> None:
        alarm = event("DTSTART:20261006T180000", "BEGIN:VALARM", "TRIGGER:-PT1H", "END:VALARM")
        assert len(read("icalendar", alarm).rows) == 1
        outcome = read("icalendar", event("SUMMARY:x").replace(b"VEVENT", b"VJOURNAL"))
        assert (outcome.rows, outcome.warning_codes) == ([], ["payload.icalendar-component"])

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("DTSTART:2026-10-06", "time"), ("DTSTART:20261306T180000", "time"), ("DTSTART:20261006T2500", "time"),
            ("DTSTART;;X=1:20261006T180000", "line"), ("une ligne", "line"),
            ("DTSTART:20261006T180000\r\nDTEND:20261006T170000", "period"),
            ("DTSTART:20261006T180000\r\nDTEND;VALUE=DATE:20261007", "period"),
            ("DTSTART:20261006T180000\r\nDURATION:P", "duration"),
            ("DTSTART:20261006T180000\r\nDURATION:P99999W", "duration"),
            ("RDATE:x", "time"), ("DTSTART:00010101T000000", "time"), ("DTSTART:٢٠٢٦1006", "time"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_read_refuses_its_row(self, line: str, code: str) -> None:
        outcome = read("icalendar", event(line))
        assert (outcome.rows, outcome.refused_codes) == ([], [f"payload.icalendar-{code}"])
        assert outcome.refused[0].place.line in {2, 4}

    @pytest.mark.parametrize(
        ("payload", "code"),
        [
            (b"VERSION:2.0\n", "icalendar-root"), (b"BEGIN:VCARD\n", "icalendar-root"),
            (b"BEGIN:VCALENDAR\nEND:VEVENT\n", "icalendar-nesting"), (b"BEGIN:VCALENDAR\n", "icalendar-cut"),
            (b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 9, "too-deep"),
        ],
    )  # fmt: skip
    def test_what_is_no_calendar_is_refused(self, payload: bytes, code: str) -> None:
        assert read("icalendar", payload).code == f"payload.{code}"

    def test_a_line_of_the_calendar_itself_that_cannot_be_read_is_said(self) -> None:
        odd = event("DTSTART:20261006T180000").replace(b"BEGIN:VEVENT", b"X-NOM;;:a\r\nBEGIN:VEVENT")
        outcome = read("icalendar", odd)
        assert (len(outcome.rows), outcome.warning_codes) == (1, ["payload.icalendar-line"])
        assert outcome.warnings[0].place.line == 2

    def test_an_old_calendar_says_its_encoding(self) -> None:
        old = event("SUMMARY:été").decode().encode("cp1252")
        assert read("icalendar", old).code == "payload.not-utf8"
        assert read("icalendar", old, encodage="cp1252").rows[0]["summary"] == "été"


class TestExpanded:
    def test_occurrences_stand_in_the_window_by_the_wall_clock(self) -> None:
        rows = [row for row in read("icalendar", CALENDAR.encode(), fenetre=OCTOBER).rows if row["kind"] == "VEVENT"]
        assert [row["dtstart"] for row in rows] == [
            "2026-10-06T18:00:00+02:00",
            "2026-10-20T18:00:00+02:00",
            "2026-10-28T19:00:00+01:00",
        ]
        assert [row["dtend"] for row in rows][1] == "2026-10-20T20:00:00+02:00"
        assert all(row["rrule"] == [] for row in rows)

    def test_busy_periods_and_openings_are_rows(self) -> None:
        rows = read("icalendar", CALENDAR.encode(), fenetre="2026-10-19/2026-10-27").rows
        busy = [(row["dtstart"], row["busy"]) for row in rows if row["kind"] == "VFREEBUSY"]
        assert busy == [
            ("2026-10-20T08:00:00Z", True), ("2026-10-20T10:00:00Z", True), ("2026-10-20T12:00:00Z", False)
        ]  # fmt: skip
        opened = [(row["uid"], row["dtstart"]) for row in rows if row["kind"] == "VAVAILABILITY"]
        assert opened == [
            ("piscine-lundi", "2026-10-19T09:00:00+02:00"), ("piscine-lundi", "2026-10-26T09:00:00+01:00")
        ]  # fmt: skip

    def test_a_calendar_may_announce_its_own_window(self) -> None:
        said = "UID:court-2\nDTSTART:20261020T000000Z\nDTEND:20261020T113000Z"
        calendar = CALENDAR.replace("UID:court-2", said)
        rows = read("icalendar", calendar.encode(), fenetre="annoncee").rows
        assert [row["dtstart"] for row in rows if row["kind"] == "VFREEBUSY"] == [
            "2026-10-20T08:00:00Z", "2026-10-20T10:00:00Z"
        ]  # fmt: skip
        assert not [row for row in rows if row["kind"] == "VEVENT" and str(row["dtstart"]) > "2026-10-21"]

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ("UID:court-2", "payload.icalendar-unannounced"),
            ("UID:court-2\nDTSTART:20261020T000000Z", "payload.icalendar-unannounced"),
            ("UID:court-2\nDTSTART:20261020T000000Z\nDTEND:20991020T000000Z", "payload.icalendar-window"),
        ],
    )
    def test_what_announces_no_window_or_too_long_a_one_is_refused(self, said: str, code: str) -> None:
        calendar = CALENDAR.replace("UID:court-2", said).encode()
        assert read("icalendar", calendar, fenetre="annoncee").code == code

    def test_dates_added_and_days_left_out(self) -> None:
        lines = ("DTSTART;VALUE=DATE:20261005", "RRULE:FREQ=DAILY;UNTIL=20261008", "EXDATE;VALUE=DATE:20261006",
                 "RDATE;VALUE=DATE:20261020,20261005")  # fmt: skip
        outcome = read("icalendar", event(*lines), fenetre=OCTOBER)
        assert starts(outcome) == ["2026-10-05", "2026-10-07", "2026-10-08", "2026-10-20"]

    def test_until_is_an_instant_and_count_counts_from_the_start(self) -> None:
        lines = ("DTSTART;TZID=Europe/Paris:20261001T080000", "RRULE:FREQ=DAILY;UNTIL=20261003T060000Z")
        assert len(read("icalendar", event(*lines), fenetre=OCTOBER).rows) == 3
        lines = ("DTSTART:19971001T080000", "RRULE:FREQ=YEARLY;COUNT=30")
        assert starts(read("icalendar", event(*lines), fenetre=OCTOBER)) == ["2026-10-01T08:00:00"]

    def test_an_event_outside_the_window_gives_no_row(self) -> None:
        assert read("icalendar", event("DTSTART:20270101T080000"), fenetre=OCTOBER).rows == []
        assert len(read("icalendar", event("DTSTART:20260930T230000", "DURATION:PT2H"), fenetre=OCTOBER).rows) == 1

    @pytest.mark.parametrize(
        "rule", ["FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "X", "FREQ=DAILY;COUNT=x"]
    )
    def test_a_rule_that_cannot_be_run_refuses_its_row(self, rule: str) -> None:
        outcome = read("icalendar", event("DTSTART:20261001T080000", f"RRULE:{rule}"), fenetre=OCTOBER)
        assert (outcome.rows, outcome.refused_codes) == ([], ["payload.icalendar-rule"])

    def test_a_rule_that_leaves_out_occurrences_is_not_passed_over(self) -> None:
        """EXRULE of RFC 2445, which RFC 5545 (A.3) deprecates: what it leaves out does not take place."""
        calendar = event("DTSTART:20261001T080000Z", "RRULE:FREQ=DAILY;COUNT=5", "EXRULE:FREQ=DAILY;INTERVAL=2")
        outcome = read("icalendar", calendar, fenetre=OCTOBER)
        assert (outcome.rows, outcome.refused_codes) == ([], ["payload.icalendar-rule"])
        assert read("icalendar", calendar).rows[0]["exrule"] == "FREQ=DAILY;INTERVAL=2"

    def test_the_work_is_bounded(self) -> None:
        entries = [
            (component.line, entry_of(component, Zones()))
            for component in components(event("DTSTART:19260101", "RRULE:FREQ=DAILY"), name="envoi", encoding=None)
        ]
        expansion = Expansion(read_window(OCTOBER, name="envoi"), "envoi", budget=Budget(1_000))
        with pytest.raises(PayloadRefused) as refused:
            list(expansion.rows(entries))
        assert refused.value.code == "payload.icalendar-too-many"

    def test_a_component_has_so_many_lines_and_no_more(self) -> None:
        assert read("icalendar", event(*["X-A:1"] * 100_000)).code == "payload.icalendar-too-many"
        assert read("icalendar", event(*["BEGIN:X", "END:X"] * 50_000)).code == "payload.icalendar-too-many"

    @pytest.mark.parametrize("start", ["DTSTART:20261002T080000", "DTSTART;TZID=Nowhere:20261002T080000"])
    def test_no_more_is_held_than_of_any_payload(self, start: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("harvesters.decoding.MAX_PAYLOAD_BYTES", 100_000)
        many, zoned = event(start, f"DESCRIPTION:{'x' * 1_000}") * 200, "TZID" in start
        assert read("icalendar", many, fenetre=OCTOBER).code == "payload.too-large"
        assert read("icalendar", many).code == ("payload.too-large" if zoned else "")

    def test_a_component_is_six_mib_at_most(self) -> None:
        assert read("icalendar", event("DTSTART:20261002T080000", *["X-A:" + "x" * 1_000_000] * 7)).code == (
            "payload.too-large"
        )

    def test_busy_times_that_wait_count_for_more_than_their_letters(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("harvesters.decoding.MAX_PAYLOAD_BYTES", 100_000)
        busy = b"FREEBUSY:" + b",".join([b"20261002T080000Z/PT1H"] * 1_000)
        calendar = b"\n".join(
            [b"BEGIN:VFREEBUSY", b"DTSTART:20261001T000000Z", b"DTEND:20261101T000000Z", busy, b"END:VFREEBUSY", b""]
        )
        assert read("icalendar", calendar).code == ""
        assert read("icalendar", calendar, fenetre="annoncee").code == "payload.too-large"

    @pytest.mark.parametrize("window", ["", "2026-10-01", "2026-10-02/2026-10-01", "2026-01-01/2036-01-01", "a/b"])
    def test_a_window_is_two_days(self, window: str) -> None:
        assert read("icalendar", b"", fenetre=window).code == "payload.icalendar-window"


def changed(*master: str, change: tuple[str, ...]) -> bytes:
    parts = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:u", *master, "END:VEVENT"]
    return "\r\n".join([*parts, "BEGIN:VEVENT", "UID:u", *change, "END:VEVENT", "END:VCALENDAR", ""]).encode()


class TestThisAndFuture:
    """RFC 5545 section 3.2.13, as Evolution writes it."""

    DAILY = ("DTSTART;TZID=Europe/Paris:20261023T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=5")

    def test_the_later_occurrences_are_moved_as_the_first_was(self) -> None:
        change = ("RECURRENCE-ID;RANGE=THISANDFUTURE:20261024T080000Z", "DTSTART;TZID=Europe/Paris:20261024T140000",
                  "DURATION:PT2H", "SUMMARY:déplacé")  # fmt: skip
        rows = read("icalendar", changed(*self.DAILY, change=change), fenetre=OCTOBER).rows
        assert sorted(str(row["dtstart"]) for row in rows) == [
            "2026-10-23T10:00:00+02:00", "2026-10-24T14:00:00+02:00", "2026-10-25T14:00:00+01:00",
            "2026-10-26T14:00:00+01:00", "2026-10-27T14:00:00+01:00",
        ]  # fmt: skip
        later = next(row for row in rows if row["dtstart"] == "2026-10-25T14:00:00+01:00")
        assert (later["dtend"], later["summary"]) == ("2026-10-25T16:00:00+01:00", "déplacé")
        assert later["recurrence_id"] == "2026-10-25T10:00:00+01:00"

    def test_one_that_a_change_moves_into_the_window_is_a_row(self) -> None:
        change = ("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20261024T100000",
                  "DTSTART;TZID=Europe/Paris:20261114T100000", "DURATION:PT1H")  # fmt: skip
        moved = read("icalendar", changed(*self.DAILY, change=change), fenetre="2026-11-15/2026-11-16")
        assert starts(moved) == ["2026-11-15T10:00:00+01:00"]
        assert starts(read("icalendar", changed(*self.DAILY, change=change), fenetre="2026-10-25/2026-10-28")) == []

    def test_a_change_by_years_refuses_its_series(self) -> None:
        change = ("RECURRENCE-ID;RANGE=THISANDFUTURE:20261024T080000Z", "DTSTART:20300101T100000Z")
        outcome = read("icalendar", changed(*self.DAILY, change=change), fenetre=OCTOBER)
        assert (outcome.rows, outcome.refused_codes) == ([], ["payload.icalendar-period"])

    def test_a_change_of_one_occurrence_moves_no_other(self) -> None:
        change = ("RECURRENCE-ID;TZID=Europe/Paris:20261024T100000", "DTSTART;TZID=Europe/Paris:20261024T140000")
        found = starts(read("icalendar", changed(*self.DAILY, change=change), fenetre=OCTOBER))
        assert sorted(map(str, found))[1:3] == ["2026-10-24T14:00:00+02:00", "2026-10-25T10:00:00+01:00"]

    def test_a_change_of_what_the_day_alone_names_replaces_its_occurrence(self) -> None:
        change = ("RECURRENCE-ID;VALUE=DATE:20261024", "DTSTART;TZID=Europe/Paris:20261024T140000", "DURATION:PT1H")
        found = starts(read("icalendar", changed(*self.DAILY, change=change), fenetre=OCTOBER))
        assert sorted(map(str, found))[:3] == ["2026-10-23T10:00:00+02:00", "2026-10-24T14:00:00+02:00",
                                               "2026-10-25T10:00:00+01:00"]  # fmt: skip


def test_a_rule_whose_interval_is_zero_is_refused() -> None:
    rule = ("DTSTART:20261024T080000Z", "RRULE:FREQ=DAILY;INTERVAL=0;COUNT=3")
    assert read("icalendar", event(*rule), fenetre=OCTOBER).refused_codes == ["payload.icalendar-rule"]


@pytest.mark.parametrize(
    ("geo", "position"),
    [
        ("49.47;5.93", "5.93,49.47"),
        ("-1;+2.5", "2.5,-1"),
        ("51;-0.0000001", "-0.0000001,51"),
        ("ici", None),
        ("49.47", None),
        ("0;0", None),
        ("5;99.5e9", None),
    ],
)
def test_a_place_is_a_position_longitude_first(geo: str, position: str | None) -> None:
    (row,) = read("icalendar", event(f"DTSTART:20261006T180000Z\r\nGEO:{geo}")).rows
    assert (row["geo"], row["position"]) == (geo, position)
