"""ngsi-v2: an entity is a row (FIWARE NGSI v2), normalized or key-values."""

from typing import Final

from harvesters.ngsi import OPTIONS, entities
from harvesters.parsing import PayloadProtocol, Shape

PROTOCOL: Final = PayloadProtocol("ngsi-v2", Shape.NESTED, entities, OPTIONS)
