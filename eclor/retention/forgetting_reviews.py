"""A decision on a text ends with the last row that holds it: its mark, what was confirmed, who said so and when."""

import structlog

from charter.reviews import FOLDER, forget_reviews
from eclor.errors import EclorError, PolicyRefusals
from eclor.house import House
from eclor.names import Slug
from eclor.reviewing import held_marks

log = structlog.get_logger()


def forget_old_reviews(house: House) -> None:
    """Let go of the decisions on texts that no row holds any more; those of a dataset that cannot be read stay."""
    for file in sorted((house.settings.home / FOLDER).glob("*.jsonl")):
        try:
            gone = forget_reviews(file, held=held_marks(Slug(file.stem), house))
        except (EclorError, PolicyRefusals, OSError) as refusal:
            log.warning("reviews.kept", dataset=file.stem, kind=type(refusal).__name__)
            continue
        if gone:
            log.info("reviews.ended", dataset=file.stem, count=gone)
