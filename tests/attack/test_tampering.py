"""Who changes a published version, by one byte or with care but without the journal's key, is seen."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from catalog.export import Table
from catalog.exports import export
from catalog.proof import Proof, ProvenFile, read_proof
from catalog.verify import verify_folder
from catalog.witnesses import verify_journal
from catalog.workspace import digest_of
from charter.chain import Kind, Segment, key_text, new_entry, sign_head
from eclor.errors import VerificationFailed
from tests.unit.catalog.publish.released import OCTOBER, PASSAGES, Home, passages, places

FLIPS = 40
"""Places tried in each file, spread over its length; the proof is tried at every third byte."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("home"))
    made.published(passages(made))
    made.published(places(made))
    return made


@pytest.fixture
def folder(home: Home, tmp_path: Path) -> Path:
    """A downloaded copy that the attacker may write."""
    copy = tmp_path / "version"
    shutil.copytree(home.catalog.version_folder("dechetteries-passages", 1), copy)
    for path in copy.iterdir():
        path.chmod(0o644)
    return copy


def refusal(folder: Path) -> str:
    with pytest.raises(VerificationFailed) as refused:
        verify_folder(folder)
    return refused.value.code


def seen(folder: Path) -> bool:
    try:
        verify_folder(folder)
    except VerificationFailed:
        return True
    return False


def test_an_untouched_version_holds(folder: Path) -> None:
    verified = verify_folder(folder)
    assert (verified.dataset, verified.version, len(verified.checked)) == ("dechetteries-passages", 1, 4)


def test_a_changed_byte_of_any_file_is_seen(folder: Path) -> None:
    unseen = []
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        step = 3 if path.name == "proof.json" else max(1, len(whole) // FLIPS)
        for place in range(0, len(whole), step):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            unseen += [] if seen(folder) else [(path.name, place)]
        path.write_bytes(whole)
    assert unseen == []
    verify_folder(folder)


@pytest.mark.parametrize("change", [lambda whole: whole[:-1], lambda whole: whole + b"\n"], ids=["shorter", "longer"])
def test_a_file_cut_or_made_longer_is_seen(folder: Path, change: Callable[[bytes], bytes]) -> None:
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        path.write_bytes(change(whole))
        assert seen(folder), path.name
        path.write_bytes(whole)


def test_a_missing_file_is_seen(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        path.unlink()
        assert seen(folder), path.name
        path.write_bytes(whole)


def test_a_file_that_the_proof_does_not_name_is_seen(folder: Path) -> None:
    (folder / "data.xlsx").write_bytes(b"")
    assert refusal(folder) == "verify.stranger"


# --- a forger who rewrites the proof -------------------------------------------------------------------------------


def rewrite(folder: Path, change: Callable[[dict[str, object]], None]) -> Proof:
    """Change the proof with care: canonical form, digests of files, everything but the journal's signature."""
    plain = json.loads((folder / "proof.json").read_bytes())
    change(plain)
    for file in plain["files"]:
        if (folder / file["name"]).exists():
            file["sha256"] = digest_of(folder / file["name"])
            file["size_bytes"] = (folder / file["name"]).stat().st_size
    plain["content_digest"] = digest_of(folder / "data.csv")
    (folder / "proof.json").write_bytes(rfc8785.dumps(plain) + b"\n")
    return read_proof((folder / "proof.json").read_bytes())


def sign_anew(folder: Path, home: Home) -> None:
    """Be the territory itself, or a thief of its key: journal the changed proof and sign it."""
    proof = read_proof((folder / "proof.json").read_bytes())
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex((home.folder / "keys" / "journal.key").read_text()))
    before = home.catalog.journal.since(0)[0]
    facts = {
        "dataset": proof.dataset,
        "version": proof.version,
        "digest": proof.digest,
        "policy_digest": proof.policy.digest,
        "policy_version": proof.policy.version,
    }
    entry = new_entry(before, kind=Kind.PUBLICATION, instant=proof.instant, facts=facts)
    segment = Segment((entry,), sign_head(entry, key), key_text(key.public_key()))
    (folder / "proof.json").write_bytes(proof.proven(segment))


def test_a_changed_file_with_its_digest_rewritten_is_seen_by_the_journal(folder: Path) -> None:
    csv = folder / "data.csv"
    csv.write_bytes(csv.read_bytes().replace(b"60,45", b"60,50"))
    rewrite(folder, lambda _plain: None)
    assert refusal(folder) == "verify.other-entry"


@pytest.mark.parametrize("name", ["note", "title", "how_to_verify", "published_at"])
def test_a_changed_word_of_the_proof_is_seen_by_the_journal(folder: Path, name: str) -> None:
    rewrite(folder, lambda plain: plain.update({name: "2026-11-23T05:12:07Z"}))
    assert refusal(folder) == "verify.other-entry"


def test_an_entry_written_by_another_key_is_told_by_its_key(folder: Path, home: Home) -> None:
    rewrite(folder, lambda plain: plain.update(note="Tout va bien"))
    proof = read_proof((folder / "proof.json").read_bytes())
    own = Ed25519PrivateKey.generate()
    before = home.catalog.journal.since(0)[0]
    facts = json.loads(json.loads((folder / "proof.json").read_bytes())["journal"]["entries"][0])
    facts = {name: facts[name] for name in ("dataset", "version", "policy_digest", "policy_version")}
    entry = new_entry(before, kind=Kind.PUBLICATION, instant=proof.instant, facts={**facts, "digest": proof.digest})
    forged = Segment((entry,), sign_head(entry, own), key_text(own.public_key()))
    (folder / "proof.json").write_bytes(proof.proven(forged))
    territory = key_text(
        Ed25519PrivateKey.from_private_bytes(
            bytes.fromhex((home.folder / "keys" / "journal.key").read_text())
        ).public_key()
    )
    assert verify_folder(folder).key != territory


# --- even who holds the key cannot publish against the acts or the policy ------------------------------------------


def test_a_policy_made_weaker_than_the_signed_one_is_seen(folder: Path, home: Home) -> None:
    policy = folder / "politique.yaml"
    policy.write_bytes(policy.read_bytes().replace(b"k: 11", b"k: 3"))
    rewrite(folder, lambda _plain: None)
    sign_anew(folder, home)
    assert refusal(folder) == "verify.other-texts"


def test_a_weaker_policy_with_its_digest_rewritten_is_seen_by_the_acts(folder: Path, home: Home) -> None:
    from catalog.dossier import read_texts  # noqa: PLC0415 - the forger's own tool

    policy = folder / "politique.yaml"
    policy.write_bytes(policy.read_bytes().replace(b"k: 11", b"k: 3"))
    weaker = read_texts(folder, source_digest="5" * 64).bindings.policy
    rewrite(folder, lambda plain: plain["policy"].update(digest=weaker))
    sign_anew(folder, home)
    assert refusal(folder) == "verify.not-in-force"


def test_acts_without_the_garant_are_seen(folder: Path, home: Home) -> None:
    acts = folder / "actes.jsonl"
    acts.write_bytes(b"".join(acts.read_bytes().splitlines(keepends=True)[:2]))
    rewrite(folder, lambda plain: plain.update(signatories=plain["signatories"][:2]))
    sign_anew(folder, home)
    assert refusal(folder) == "verify.not-in-force"


def test_signatories_that_did_not_sign_are_seen(folder: Path, home: Home) -> None:
    rewrite(folder, lambda plain: plain["signatories"][1].update(person="p-dpo-suppleant"))
    sign_anew(folder, home)
    assert refusal(folder) == "verify.signatories"


def republish(folder: Path, rows: tuple[tuple[object, ...], ...], *names: str) -> None:
    """Write other rows in some formats, with the project's own exports."""
    types = [pa.string(), pa.string(), pa.int64(), pa.int64(), pa.string()]
    columns = zip(PASSAGES, zip(*rows, strict=True), types, strict=True)
    source = folder.parent / "rows.parquet"
    pq.write_table(pa.table({column.name: pa.array(list(values), kind) for column, values, kind in columns}), source)
    for name in names:
        path = folder / export(name).file_name
        export(name).write(Table(source, PASSAGES), path)


@pytest.mark.parametrize("name", ["csv", "json", "ndjson", "parquet"])
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("AUD", "2026-10-02", 5, 5, "masque"), "verify.promise"),
        (("AUD", "2026-10-02", None, 5, "masque"), "verify.promise"),
        (("AUD", "2026-10-02", 5, 5, "publie"), "verify.counts"),
        (("AUD", "2026-10-02", None, None, "caché"), "verify.counts"),
    ],
    ids=["masked but filled", "masked but half filled", "unmasked", "another status"],
)
def test_a_masked_row_that_shows_in_one_format_is_seen(
    folder: Path, home: Home, name: str, row: tuple[object, ...], code: str
) -> None:
    republish(folder, (OCTOBER[0], row, *OCTOBER[2:]), name)
    rewrite(folder, lambda _plain: None)
    sign_anew(folder, home)
    assert refusal(folder) == code


@pytest.mark.parametrize(("foyers", "held"), [(5, False), (10, True), (0, True), (-5, False), (None, False)])
def test_a_count_under_the_threshold_is_seen(folder: Path, home: Home, foyers: int | None, held: bool) -> None:
    """The threshold is 11 households, rounded to a multiple of 5: 10 may be 11 or 12, 5 may not; empty cells show 0."""
    republish(folder, (("AUD", "2026-10-01", 25, foyers, "publie"), *OCTOBER[1:]), "csv", "json", "ndjson", "parquet")
    rewrite(folder, lambda _plain: None)
    sign_anew(folder, home)
    if held:
        verify_folder(folder)
    else:
        assert refusal(folder) == "verify.promise"


def test_a_path_that_leaves_the_folder_is_no_proof(folder: Path) -> None:
    plain = json.loads((folder / "proof.json").read_bytes())
    plain["files"][0]["name"] = "../../etc/passwd"
    (folder / "proof.json").write_bytes(rfc8785.dumps(plain) + b"\n")
    assert refusal(folder) == "verify.unreadable"
    with pytest.raises(ValueError, match="name"):
        ProvenFile(name="../a.csv", media_type="", size_bytes=0, sha256=sha256().hexdigest(), served=True)


# --- the home's journal against what was published ------------------------------------------------------------------


def test_the_journal_and_its_published_proofs_agree(home: Home) -> None:
    held = verify_journal(home.catalog.journal, home.catalog.published)
    assert (held.entries, held.versions) == (3, 2)


def test_a_journal_begun_anew_is_told_by_what_was_published(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    other.published(places(other))
    with pytest.raises(VerificationFailed) as refused:
        verify_journal(other.catalog.journal, home.catalog.published)
    assert refused.value.code == "verify.other-journal"
