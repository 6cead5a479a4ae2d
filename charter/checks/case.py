"""One policy before its judges: what every check reads, and how it says where a fault stands."""

from dataclasses import dataclass
from datetime import date

from charter.document import Document
from charter.model import CatalogueColumn, CatalogueEntry, Charter, Policy, PolicyField
from charter.respelt import near_word
from charter.territory import Territory
from charter.vocabulary import FieldType, Operation, Shape, State, YesNo
from eclor.errors import PolicyRefused
from eclor.sentences.variants import variant


@dataclass(frozen=True, slots=True)
class Case:
    """A well-shaped policy, the territory it is held against, the day in Paris and the state its acts give."""

    document: Document
    policy: Policy
    territory: Territory
    today: date
    state: State

    @property
    def charter(self) -> Charter:
        """Return the charter in force."""
        return self.territory.charter

    @property
    def entry(self) -> CatalogueEntry | None:
        """Return the dataset's input contract; without one (J801) nothing of it can be checked."""
        return self.territory.entry(self.policy.dataset)

    @property
    def has_minors(self) -> bool:
        """Tell whether the register says that minors are present."""
        return self.policy.processing_record.minors is YesNo.YES

    @property
    def is_table(self) -> bool:
        """Tell whether a release has cells."""
        return self.policy.publication.shape is Shape.TABLE

    def field(self, name: str) -> PolicyField | None:
        """Return the field that is declared under a name and not dropped, if any."""
        return next((field for field in self.kept() if field.name == name), None)

    def unkept(self, name: str) -> dict[str, dict[str, str]]:
        """Return the facts of G502, for a name under which no field is kept: misspelt, undeclared or dropped."""
        kept = [field.name for field in self.kept()]
        near = near_word(name, kept)
        is_dropped = any(field.name == name for field in self.policy.fields)
        wording = "dropped" if is_dropped else "near" if near else "absent"
        return variant("G502", wording, column=name, near=near, kept=", ".join(kept))

    def kept(self) -> list[PolicyField]:
        """Return the fields that are treated otherwise than by dropping, in order."""
        return [field for field in self.policy.fields if field.treatment.operation is not Operation.DROP]

    def unfit(self, field: PolicyField) -> str | None:
        """Return what keeps a field from serving a table at all, a reviewed text or a geometry; None in rows."""
        given = field.treatment.operation if field.treatment.operation is Operation.MASK else field.type
        return given if self.is_table and given in {Operation.MASK, FieldType.GEOMETRY} else None

    def dimensions(self) -> list[PolicyField]:
        """Return the declared, kept dimensions of a table, in the order of the publication."""
        found = (self.field(name) for name in self.policy.publication.dimensions or ())
        return [field for field in found if field is not None]

    def column(self, name: str) -> CatalogueColumn | None:
        """Return the catalogue's column of that name, if any."""
        return self.entry.column(name) if self.entry else None

    def rank(self, field: PolicyField) -> int:
        """Return the rank of a field in `champs`."""
        return next(rank for rank, other in enumerate(self.policy.fields) if other is field)

    def refuse(self, code: str, /, *names: str | int, **facts: object) -> PolicyRefused:
        """Return a refusal at the key that stands under English names and ranks."""
        return PolicyRefused(code, place=self.document.at(*names), **facts)
