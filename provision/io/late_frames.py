"""Tables that are laid out as data frames when somebody asks for one.

pandas takes longer to load than a record to read. What a command or a page says of a record mostly
comes from its arrays; a table is held as it was read until it is wanted as a frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, overload

if TYPE_CHECKING:
    import pandas as pd


class Columns(Protocol):
    """What a data frame and a :class:`PlainTable` share: columns by name, each with a value for
    every row, and the codes of the rows."""

    def __getitem__(self, name: str, /) -> Any: ...

    @property
    def index(self) -> Any: ...


@dataclass(frozen=True, eq=False)
class PlainTable:
    """A table as it was read.

    Attributes
    ----------
    columns
        Its columns by name, all of one length.
    codes
        The area codes that its rows stand for; None where rows stand for nothing but themselves."""

    columns: Mapping[str, Sequence[Any]]
    codes: Sequence[str] | None = None

    def __getitem__(self, name: str) -> Sequence[Any]:
        """A column."""
        return self.columns[name]

    @property
    def index(self) -> Sequence[str]:
        """The codes, by the name that a data frame has for them."""
        assert self.codes is not None
        return self.codes

    def row(self, number: int) -> dict[str, Any]:
        """One row by the names of its columns."""
        return {name: values[number] for name, values in self.columns.items()}

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each code with its row."""
        return ((code, self.row(number)) for number, code in enumerate(self.index))

    def frame(self) -> pd.DataFrame:
        """The table as a data frame, indexed by ``code`` where its rows stand for areas."""
        import pandas as pd

        index = None if self.codes is None else pd.Index(list(self.codes), name="code")
        return pd.DataFrame(dict(self.columns), index=index)


class LateFrame:
    """A field of a frozen dataclass that is given a data frame or a :class:`PlainTable`, and read
    as a data frame. It is set on the class once the dataclass is made."""

    def __init__(self, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, of: None, owner: type) -> LateFrame: ...

    @overload
    def __get__(self, of: object, owner: type | None = None) -> pd.DataFrame: ...

    def __get__(self, of: object | None, owner: type | None = None) -> LateFrame | pd.DataFrame:
        if of is None:
            return self
        held = of.__dict__[self._name]
        if isinstance(held, PlainTable):
            held = of.__dict__[self._name] = held.frame()
        found: pd.DataFrame = held
        return found

    def __set__(self, of: object, value: pd.DataFrame | PlainTable) -> None:
        of.__dict__[self._name] = value


def held_column(of: object, table: str, name: str) -> Sequence[Any]:
    """A column of a table as it is held, whether it has been laid out or not.

    Parameters
    ----------
    of
        What has the table.
    table
        The name of its field.
    name
        The column's name.

    Returns
    -------
    sequence
        The values, in the order of the rows; none where a data frame has no row."""
    held = of.__dict__[table]
    if isinstance(held, PlainTable):
        return held.columns[name]
    return held[name].tolist() if len(held) else []
