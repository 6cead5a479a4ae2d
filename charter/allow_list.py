"""Step 1 of the pipeline: the columns delivered are those declared, of the declared types, or nothing is read.

Source: LANGUAGE.md section 9.
"""

from charter.model import Policy
from charter.raw_table import collected_fields
from eclor.errors import GuaranteeBroken
from harvesters.intake import RawDataset


def refuse_other_columns(policy: Policy, raw: RawDataset) -> None:
    """Refuse a dataset that is not the policy's, or whose columns are not exactly those it lets in."""
    assert raw.dataset == policy.dataset, "a plan is applied to its own dataset"
    declared = {field.name: (field.type.value, field.decimals or 0) for field in collected_fields(policy)}
    delivered = {str(column.name): (column.type, column.decimals) for column in raw.columns}
    for name in sorted(declared.keys() | delivered.keys()):
        if name not in declared:
            raise GuaranteeBroken("release.undeclared-column", dataset=policy.dataset, column=name)
        if name not in delivered:
            raise GuaranteeBroken("release.missing-column", dataset=policy.dataset, column=name)
        if declared[name] != delivered[name]:
            raise GuaranteeBroken("release.retyped-column", dataset=policy.dataset, column=name)
