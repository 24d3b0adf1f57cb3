"""Tables of numbers: dataclasses whose fields are arrays of one length."""

from dataclasses import fields
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int32]
Bytes: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]
Table = TypeVar("Table")


def taken(table: Table, rows: Rows) -> Table:
    """Return the rows of a table, which is a dataclass of columns, in the order of ``rows``."""
    columns = (getattr(table, field.name)[rows] for field in fields(table))  # type: ignore[arg-type]
    return type(table)(*columns)


def joined(one: Table, other: Table) -> Table:
    """Return two tables of the same columns, one below the other."""
    columns = (
        np.concatenate((getattr(one, field.name), getattr(other, field.name)))
        for field in fields(one)  # type: ignore[arg-type]
    )
    return type(one)(*columns)
