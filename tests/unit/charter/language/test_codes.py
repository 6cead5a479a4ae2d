"""Codes, sentences and the DPO's guide say the same set; words and keys are one-to-one."""

import re
from pathlib import Path
from typing import get_args

from anonymizers.cells import TOGETHER, UNKNOWN
from charter.model import Catalogue, Charter, Policy, Roles
from charter.vocabulary import KEYS, RESERVED_LABELS, french_key
from eclor.sentences import SENTENCES
from eclor.sentences.language_variants import VARIANTS

ROOT = Path(__file__).parents[4]
CODE = re.compile(r'"([LSJMPGDV][0-9]{3})"')
FAMILY = re.compile(r"[LSJMPGDV][0-9]{3}")


def used() -> set[str]:
    files = [*(ROOT / "charter").rglob("*.py"), *(ROOT / "eclor").rglob("*.py")]
    sources = [file for file in files if "sentences" not in file.parts]
    return {code for file in sources for code in CODE.findall(file.read_text(encoding="utf-8"))}


def said() -> set[str]:
    return {code for code in SENTENCES if FAMILY.fullmatch(code)}


def explained() -> list[str]:
    guide = (ROOT / "docs" / "dpo" / "refus.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `([A-Z][0-9]{3})` \| .+ \| .+ \|$", guide, flags=re.MULTILINE)


def test_each_code_has_its_sentence_and_its_line_in_the_guide_and_none_is_orphan() -> None:
    assert used() == said()
    assert set(explained()) == said()


def test_the_guide_has_one_line_a_code_in_order_within_its_family() -> None:
    lines = explained()
    assert len(lines) == len(set(lines))
    for family in "LSJMPGDV":
        of_family = [code for code in lines if code.startswith(family)]
        assert of_family == sorted(of_family)


def test_each_sentence_stands_in_both_languages_with_the_same_facts() -> None:
    sentences = [SENTENCES[code] for code in said()] + [s for wordings in VARIANTS.values() for s in wordings.values()]
    for sentence in sentences:
        facts = re.compile(r"(?<!\{)\{(\w+)")
        assert sentence.fr
        assert sentence.en
        assert set(facts.findall(sentence.fr)) == set(facts.findall(sentence.en))
        assert set(facts.findall(sentence.cure_fr)) == set(facts.findall(sentence.cure_en))
        assert bool(sentence.cure_fr) == bool(sentence.cure_en)


def test_each_key_of_the_language_has_one_english_name_in_its_block() -> None:
    blocks = [Policy, Charter, Roles, Catalogue]
    seen = set()
    while blocks:
        block = blocks.pop()
        if block in seen:
            continue
        seen.add(block)
        keys = [french_key(name) for name in block.model_fields]
        assert len(keys) == len(set(keys)), block
        for field in block.model_fields.values():
            blocks += [inner for inner in _inner(field.annotation) if inner not in seen]
    names = {name for block in seen for name in block.model_fields}
    assert names == set(KEYS)


def test_the_reserved_labels_are_those_that_a_table_writes() -> None:
    assert set(RESERVED_LABELS) == {TOGETHER, UNKNOWN}


def _inner(annotation: object) -> list[type]:
    found = [annotation] if isinstance(annotation, type) and hasattr(annotation, "model_fields") else []
    return found + [inner for part in get_args(annotation) for inner in _inner(part)]
