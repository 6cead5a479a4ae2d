"""ngsi-ld: an entity is a row (ETSI GS CIM 009), whatever its form."""

from typing import Final

from harvesters.ngsi import OPTIONS, entities
from harvesters.parsing import PayloadProtocol, Shape

PROTOCOL: Final = PayloadProtocol("ngsi-ld", Shape.NESTED, entities, OPTIONS)
