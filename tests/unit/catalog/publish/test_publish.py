"""Door 6: a validated release becomes an immutable version (`tests/contract` runs this file on PostgreSQL)."""

import json
import stat
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from catalog import reading
from catalog.catalogue import copies_folder, open_catalog
from catalog.database import reading as session_of
from catalog.database import writing
from catalog.declaration import DatasetDeclaration
from catalog.metadata.record import Record
from catalog.metadata.recording import described
from catalog.publish import CatalogEntry, Unchanged
from catalog.registry import withdraw
from catalog.validate import former_of_version
from catalog.versions import Reason
from catalog.views import DatasetView
from charter.chain import Kind
from eclor.errors import DeclarationRefused, EclorError, PublicationFailed, SettingsRefused, VerificationFailed
from eclor.settings import Settings
from tests.unit.catalog.publish.released import OCTOBER, PASSAGES, PLACES, SECRET_FIGURE, Home, passages, places

NOVEMBER = (*OCTOBER, ("VIL", "2026-11-01", 80, 60, "publie"))


def seen(home: Home, slug: str = "dechetteries-passages") -> DatasetView:
    with session_of(home.catalog.engine) as session:
        view = reading.dataset(session, slug)
    assert view is not None
    return view


def proof_of(entry: CatalogEntry) -> dict[str, object]:
    found: dict[str, object] = json.loads((entry.folder / "proof.json").read_bytes())
    return found


def test_a_version_holds_its_exports_its_descriptors_its_texts_and_its_proof(home: Home) -> None:
    entry = home.published(passages(home))
    assert sorted(path.name for path in entry.folder.iterdir()) == [
        "actes.jsonl",
        "catalogue.json",
        "charte-socle.yaml",
        "data.csv",
        "data.json",
        "data.ndjson",
        "data.parquet",
        "datapackage.json",
        "politique.yaml",
        "proof.json",
        "roles.yaml",
        "schema.json",
    ]
    assert entry.folder == home.folder / "published" / "dechetteries-passages" / "versions" / "1"
    assert (entry.version, entry.published_at.isoformat()) == ("1", "2026-11-24T05:12:07+00:00")


def test_readers_see_the_version_and_its_files(home: Home) -> None:
    entry = home.published(passages(home))
    current = seen(home).current
    assert current is not None
    assert (current.number, current.rows, current.masked, current.note) == (1, 5, 2, "Octobre 2026")
    assert current.periods == ("2026-10",)
    assert [column.kind for column in current.columns] == ["dimension", "dimension", "measure", "measure", "status"]
    for file in current.files:
        content = (home.catalog.published / current.folder / file.name).read_bytes()
        assert (file.size_bytes, file.sha256) == (len(content), sha256(content).hexdigest())
    assert {file.name for file in current.files} == {path.name for path in entry.folder.iterdir()}
    assert seen(home).state == "served"


def test_positions_are_exported_as_geojson(home: Home) -> None:
    entry = home.published(places(home))
    features = json.loads((entry.folder / "data.geojson").read_bytes())["features"]
    assert [feature["geometry"]["coordinates"] for feature in features] == [[5.89, 49.47], [5.93, 49.46]]
    assert seen(home, "points-de-collecte").current.note == "Livraison du 24 novembre 2026"


def test_the_same_content_makes_no_version(home: Home) -> None:
    home.published(passages(home))
    before = sorted(home.catalog.published.rglob("*"))
    home.clock.move(days=1)
    outcome = home.publish(passages(home))
    assert outcome == Unchanged("dechetteries-passages", "1", Reason.SAME_CONTENT)
    assert sorted(home.catalog.published.rglob("*")) == before
    assert len(list(home.catalog.journal.entries())) == 2


def test_new_content_makes_the_next_version_and_leaves_the_former_untouched(home: Home) -> None:
    first = home.published(passages(home))
    kept = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    home.clock.move(days=30)
    second = home.published(passages(home, NOVEMBER, periods=("2026-10", "2026-11")))
    assert (second.version, proof_of(second)["previous_version"], proof_of(second)["note"]) == ("2", 1, "Novembre 2026")
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == kept
    assert seen(home).current.number == 2


def test_a_new_policy_makes_a_version_of_the_same_content(home: Home) -> None:
    home.published(passages(home))
    with writing(home.catalog.engine) as session:
        session.execute(text("UPDATE version SET policy_digest = :old"), {"old": "0" * 64})
    home.clock.move(days=1)
    assert proof_of(home.published(passages(home)))["note"] == "Nouvelle politique, version 1"


def test_the_same_content_is_published_again_after_a_withdrawal(home: Home) -> None:
    home.published(places(home))
    withdraw(home.catalog, "points-de-collecte", 1, reason="position fausse", now=home.clock.now())
    view = seen(home, "points-de-collecte")
    assert (view.state, view.state_reason, view.served) == ("withdrawn", "position fausse", False)
    assert home.published(places(home)).version == "2"
    assert seen(home, "points-de-collecte").served


def test_a_dataset_that_counts_who_is_there_changes_no_oftener_than_every_five_minutes(home: Home) -> None:
    made = passages(home)
    column = made.plan.entry.columns[0].model_copy(update={"presence": type(made.plan.entry.columns[0].presence).YES})
    presence = made.plan.entry.model_copy(update={"columns": (column, *made.plan.entry.columns[1:])})

    def of_presence(rows: tuple[tuple[object, ...], ...]) -> object:
        made = passages(home, rows)
        return made.of(plan=replace(made.plan, entry=presence))

    home.published(of_presence(OCTOBER))
    home.clock.move(minutes=4, seconds=59)
    assert home.publish(of_presence(NOVEMBER)).reason is Reason.TOO_SOON
    home.clock.move(seconds=1)
    assert home.published(of_presence(NOVEMBER)).version == "2"


def test_the_files_of_a_version_are_read_only(home: Home) -> None:
    entry = home.published(passages(home))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in entry.folder.iterdir()}
    assert modes == {0o444}


def test_nothing_is_left_of_the_work_folder(home: Home) -> None:
    home.published(passages(home))
    home.publish(passages(home))
    assert list(home.catalog.work.iterdir()) == []


def test_no_internal_figure_is_in_a_published_byte_or_in_the_journal(home: Home) -> None:
    entry = home.published(passages(home))
    written = [*entry.folder.iterdir(), *home.catalog.journal.folder.iterdir()]
    assert [path.name for path in written if str(SECRET_FIGURE).encode() in path.read_bytes()] == []


def test_decimals_of_which_nobody_says_the_unit_are_not_published(home: Home) -> None:
    made = passages(home)
    columns = [replace(column, type="decimal") if column.name == "passages" else column for column in PASSAGES]
    release = replace(made.validated.release, columns=tuple(columns))
    unsaid = made.of(validated=replace(made.validated, release=release))
    with pytest.raises(DeclarationRefused) as refused:
        home.publish(unsaid)
    assert (refused.value.code, refused.value.facts["column"]) == ("metadata.no-unit", "passages")
    declared = made.declaration.plain()
    declared["colonnes"] = [{**column, "unite": "m³"} for column in declared["colonnes"]]  # type: ignore[attr-defined]
    assert home.published(unsaid.of(declaration=DatasetDeclaration.model_validate(declared))).version == "1"


def test_a_record_that_is_not_conformant_publishes_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def undescribed(*facts: object) -> Record:
        return replace(described(*facts), descriptions={})  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr("catalog.describing.described", undescribed)
        with pytest.raises(DeclarationRefused) as refused:
            home.publish(passages(home))
    assert (refused.value.code, refused.value.facts["key"]) == ("metadata.unfit", "description")
    assert "La description : un texte, au moins une fois." in refused.value.located()
    assert list(home.catalog.work.iterdir()) == []
    assert [entry.kind for entry in home.catalog.journal.since(0) if entry.kind is Kind.PUBLICATION] == []
    assert home.published(passages(home)).version == "1"


def test_texts_of_another_dataset_are_a_bug(home: Home) -> None:
    with pytest.raises(ValueError, match="texts of another"):
        home.publish(passages(home).of(declaration=places(home).declaration))


def test_a_policy_without_its_acts_publishes_nothing(home: Home) -> None:
    made = passages(home)
    dossier = replace(made.dossier, acts=b"".join(made.dossier.acts.splitlines(keepends=True)[:3]))
    with pytest.raises(VerificationFailed) as refused:
        home.publish(made.of(dossier=dossier))
    assert (refused.value.code, refused.value.facts["state"]) == ("verify.not-in-force", "signee")
    assert list(home.catalog.work.iterdir()) == []
    assert seen(home).state == "waiting"


def test_a_policy_other_than_the_plans_publishes_nothing(home: Home) -> None:
    made = passages(home)
    changed = made.dossier.policy.replace(b"k: 11", b"k: 12")
    with pytest.raises(VerificationFailed) as refused:
        home.publish(made.of(dossier=replace(made.dossier, policy=changed)))
    assert refused.value.code == "verify.other-texts"


def test_a_clock_that_went_back_publishes_nothing_and_the_former_version_stays(home: Home) -> None:
    home.published(places(home))
    home.clock.move(hours=-2)
    with pytest.raises(EclorError) as refused:
        home.publish(places(home, PLACES[:1]))
    assert refused.value.code in {"journal.clock-went-back", "verify.acts"}
    assert seen(home, "points-de-collecte").current.number == 1


def test_a_database_that_fails_at_the_last_step_is_made_up_for_at_the_next(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_args: object, **_named: object) -> None:
        raise OperationalError("INSERT", {}, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr("catalog.completion._record", gone)
        with pytest.raises(PublicationFailed) as refused:
            home.publish(places(home))
    assert refused.value.code == "catalog.not-recorded"
    assert seen(home, "points-de-collecte").current is None
    assert home.publish(places(home)) == Unchanged("points-de-collecte", "1", Reason.SAME_CONTENT)
    assert seen(home, "points-de-collecte").current.number == 1


def test_a_storage_address_is_refused_clearly(tmp_path: Path) -> None:
    world = Home(tmp_path).world
    with pytest.raises(SettingsRefused, match="local folder only"):
        open_catalog(Settings(home=tmp_path, storage_url="s3://seau"), world)


def test_a_number_given_in_vain_is_not_given_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    home.published(places(home))
    for _ in range(2):
        with monkeypatch.context() as broken:
            broken.setattr("catalog.completion.put_in_place", full)
            with pytest.raises(PublicationFailed) as refused:
                home.publish(places(home, PLACES[:1]))
        assert refused.value.code == "catalog.no-room"
    assert home.published(places(home, PLACES[:1])).version == "4"
    told = [(entry.kind.value, entry.facts["version"]) for entry in home.catalog.journal.since(1)]
    expected = [("publication", 1)]
    expected += [(kind, number) for number in (2, 3) for kind in ("publication", "abandonment")]
    assert told == [*expected, ("publication", 4)]


def test_what_the_gates_noted_is_given_back_with_the_next_version_and_is_no_public_file(home: Home) -> None:
    made = passages(home)
    reports = tuple(replace(report, kept={"rows": 3}) for report in made.validated.reports)
    entry = home.published(replace(made, validated=replace(made.validated, reports=reports)))
    served = seen(home).current
    assert served is not None
    former = former_of_version(home.catalog.published, served)
    assert former is not None
    assert former.kept == {"schema": {"rows": 3}}
    notes = copies_folder(home.catalog.published, served.dataset, served.number) / "gates.json"
    assert stat.S_IMODE(notes.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert notes.name not in {file.name for file in entry.files}
    notes.write_text("lost")
    assert former_of_version(home.catalog.published, served) == replace(former, kept={})
