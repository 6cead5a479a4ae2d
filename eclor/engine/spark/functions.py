"""Session functions in Spark's words: temporary SQL functions that join small tables in memory.

A key stands in its table alone: what a function holds is in every plan, so no function holds a key (engine facts,
section 2). Spark has no NFC of its own; ICU, which it carries for collations, has (`reflect` calls it).
"""

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

BLANKS: Final = "".join(
    f"\\u{place:04x}" for place in (0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
)
"""Unicode's space separators, which DuckDB trims and Spark alone would not."""

NORMALISED: Final = f"""
CREATE OR REPLACE TEMPORARY FUNCTION eclor_normalised(content STRING) RETURNS STRING RETURN
  CASE WHEN content IS NOT NULL
    THEN reflect('com.ibm.icu.text.Normalizer', 'compose', trim(BOTH '{BLANKS}' FROM content), false)
  END"""
"""A text without blanks around it, in NFC."""


@dataclass(frozen=True, slots=True)
class Held:
    """A table in memory that a session function looks into, and the function."""

    table: str
    schema: pa.Schema
    function: str


KEYS: Final = Held(
    table="eclor_keys",
    schema=pa.schema([("period", pa.date32()), ("inner_pad", pa.binary()), ("outer_pad", pa.binary())]),
    function="""
CREATE OR REPLACE TEMPORARY FUNCTION eclor_pseudonym(scope STRING, content STRING, at_period DATE) RETURNS STRING RETURN
  sha2(concat(
    (SELECT max(k.outer_pad) FROM eclor_keys k WHERE k.period = at_period),
    unhex(sha2(concat(
      (SELECT max(k.inner_pad) FROM eclor_keys k WHERE k.period = at_period),
      CAST(concat(scope, eclor_normalised(content)) AS BINARY)
    ), 256))
  ), 256)""",
)
COMPARISON: Final = Held(
    table="eclor_comparison",
    schema=pa.schema([("inner_pad", pa.binary()), ("outer_pad", pa.binary())]),
    function="""
CREATE OR REPLACE TEMPORARY FUNCTION eclor_mark(scope STRING, content STRING) RETURNS BIGINT RETURN
  CAST(conv(substr(sha2(concat(
    (SELECT max(k.outer_pad) FROM eclor_comparison k),
    unhex(sha2(concat(
      (SELECT max(k.inner_pad) FROM eclor_comparison k), CAST(concat(scope, eclor_normalised(content)) AS BINARY)
    ), 256))
  ), 256), 1, 16), 16, -10) AS BIGINT)""",
)
ZONES: Final = Held(
    table="eclor_zones",
    schema=pa.schema([("commune", pa.string()), ("epci", pa.string())]),
    function="""
CREATE OR REPLACE TEMPORARY FUNCTION eclor_epci(code STRING) RETURNS STRING RETURN
  (SELECT max(z.epci) FROM eclor_zones z WHERE z.commune = code)""",
)
VALUES: Final = Held(
    table="eclor_held_values",
    schema=pa.schema([("scope", pa.string()), ("content", pa.string()), ("known", pa.string())]),
    function="""
CREATE OR REPLACE TEMPORARY FUNCTION eclor_known(name STRING, value STRING) RETURNS STRING RETURN
  (SELECT max(v.known) FROM eclor_held_values v WHERE v.scope = name AND v.content = value)""",
)

LABEL: Final = "CREATE OR REPLACE TEMPORARY FUNCTION eclor_label(content STRING) RETURNS STRING RETURN content"
"""Spark sorts texts by their bytes at the price that it has: a label stays a text."""

LOCAL_TIME: Final = """
CREATE OR REPLACE TEMPORARY FUNCTION eclor_paris(instant TIMESTAMP_NTZ) RETURNS TIMESTAMP_NTZ RETURN {body}"""
BY_CALENDAR: Final = "convert_timezone('UTC', 'Europe/Paris', instant)"

PERIOD: Final = """
CREATE OR REPLACE TEMPORARY FUNCTION eclor_period(instant TIMESTAMP_NTZ, at_period DATE) RETURNS DATE RETURN {body}"""
