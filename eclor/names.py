"""Small types for what must not be mixed up."""

from typing import NewType

Slug = NewType("Slug", str)
"""A dataset's identifier, the `jeu` of its policy: ``[a-z][a-z0-9]*(-[a-z0-9]+)*``."""

FieldName = NewType("FieldName", str)
"""A column: ``[a-z][a-z0-9_]{0,62}``."""

SourceName = NewType("SourceName", str)
"""A source's identifier, the `source` of the territory's catalogue."""

VersionId = NewType("VersionId", str)
"""A published version of one dataset: "1", "2", … given at publication only, never reused."""

Sha256 = NewType("Sha256", str)
"""64 lower-case hexadecimal digits."""

PersonId = NewType("PersonId", str)
"""A person of `roles.yaml`."""

Period = NewType("Period", str)
"""The label of a calendar period: ``2026-11-22``, ``2026-W47``, ``2026-10``, ``2026-T4``, ``2026``."""
