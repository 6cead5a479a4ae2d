"""csv: a line of a delimited text file is a row."""

from typing import Final

from harvesters.delimited import OPTIONS, read_columns, read_table
from harvesters.parsing import PayloadProtocol, Shape

PROTOCOL: Final = PayloadProtocol("csv", Shape.TABLE, read_table, OPTIONS, read_columns)
