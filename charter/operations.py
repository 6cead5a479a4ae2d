"""The readable plan: the ordered operations of a run, a line each, in the words of the language.

The lines are what a plan's digest is made of: two policies that do the same to the same columns read the same.
"""

from collections.abc import Iterator

from anonymizers.guarantees import added
from charter.model import Policy, PolicyField, Treatment
from charter.raw_table import collected_fields
from charter.vocabulary import KEYS, Operation, Shape, YesNo, french_key
from eclor.errors import GuaranteeBroken


def operations(policy: Policy) -> tuple[str, ...]:
    """Return the operations of a policy in the order of the pipeline (LANGUAGE.md section 9), deterministic.

    The guarantees that installed packages add to every table end them, by name, package and version; refuses
    (`GuaranteeBroken`) one that cannot be loaded.
    """
    return (*_columns(policy), *_publication(policy), *_guarantees(policy), *_ladder(policy), *_added(policy))


def _columns(policy: Policy) -> Iterator[str]:
    yield f"{KEYS['fields']}: " + ", ".join(_column(field) for field in collected_fields(policy))
    order = (Operation.DROP, Operation.PSEUDONYMISE, Operation.COUNT_UNITS)
    for operation in (*order, *(each for each in Operation if each not in order)):
        for field in policy.fields:
            if field.treatment.operation is operation and field.collected is YesNo.YES:
                yield f"{operation.value} {field.name}{_parameters(field.treatment)}"
    if policy.pseudonyms is not None:
        yield f"{KEYS['rotation']} {policy.pseudonyms.rotation}"


def _column(field: PolicyField) -> str:
    return f"{field.name} {field.type.value}" + (f"({field.decimals})" if field.decimals else "")


def _parameters(treatment: Treatment) -> str:
    if treatment.levels is not None:
        return " " + " < ".join(level.value for level in treatment.levels)
    if treatment.bins is not None:
        return " " + ", ".join(str(bound) for bound in treatment.bins)
    if treatment.grouping is not None:
        return " " + "; ".join(f"{group.value} = {' | '.join(group.sources)}" for group in treatment.grouping)
    number = treatment.round_to if treatment.round_to is not None else treatment.ceiling
    return "" if number is None else f" {number}"


def _publication(policy: Policy) -> Iterator[str]:
    publication = policy.publication
    yield f"{KEYS['shape']} {publication.shape.value}"
    for key, names in (("dimensions", publication.dimensions), ("columns", publication.columns)):
        if names is not None:
            yield f"{french_key(key)}: {', '.join(names)}"
    for measure in publication.measures or ():
        yield f"{measure.statistic.value} {measure.field or ''}".strip() + f" : {measure.name}"
    if publication.margins is not None and not isinstance(publication.margins, str):
        for margin in publication.margins:
            yield f"{KEYS['margins']} {KEYS['by']} [{', '.join(margin.by)}]"
    yield f"{KEYS['frequency']} {publication.frequency.value}"


def _guarantees(policy: Policy) -> Iterator[str]:
    guarantees = policy.guarantees
    for entry in guarantees.minimum_counts or ():
        yield f"{KEYS['minimum_counts']} {entry.unit.value} ({', '.join(entry.fields)}) k = {entry.k}"
    for name in ("dominance", "diversity", "complementary_suppression", "rounding"):
        block = getattr(guarantees, name)
        if block is not None and block.active is YesNo.YES:
            values = block.model_dump(exclude={"active"}, exclude_none=True)
            yield f"{french_key(name)} " + ", ".join(f"{french_key(key)} {value}" for key, value in values.items())
    if guarantees.empty_cells is not None:
        yield f"{KEYS['empty_cells']} {guarantees.empty_cells.value}"
    if guarantees.differencing is not None:
        compared = ", ".join(guarantees.differencing.compared_with)
        yield f"{KEYS['differencing']} {compared} : {guarantees.differencing.late_rows.value}"
    yield f"{KEYS['publication_delay']} {guarantees.publication_delay}"


def _ladder(policy: Policy) -> Iterator[str]:
    guarantees = policy.guarantees
    for step in guarantees.ladder or ():
        yield f"{KEYS['step']} " + ", ".join(f"{level.field} {level.level.value}" for level in step.step)
    if guarantees.max_loss_percent is not None:
        yield f"{KEYS['max_loss_percent']} {guarantees.max_loss_percent}"
    if guarantees.small_populations is not None:
        small = guarantees.small_populations
        yield f"{KEYS['small_populations']} {small.threshold} : {small.action.value}"


def _added(policy: Policy) -> Iterator[str]:
    if policy.publication.shape is Shape.TABLE:
        for extension in added():
            extension.load()
            yield f"extension {extension}"


def refuse_other_operations(policy: Policy, planned: tuple[str, ...]) -> None:
    """Refuse a plan that this process would not make: other extensions are installed than when it was made."""
    if operations(policy) != planned:
        raise GuaranteeBroken("extension.changed", dataset=policy.dataset)
