"""The tables of `media/data`, read and checked."""

from __future__ import annotations

import csv
from pathlib import Path  # noqa: TC003 - msgspec reads the annotation
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import msgspec

from discriminator import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandas import DataFrame

Kind = Literal["academic", "company", "government", "none", "withheld"]
KINDS: tuple[Kind, ...] = ("academic", "company", "government", "none", "withheld")
"""What an applicant is inferred to be; `none` named nothing, `withheld` named a person."""
YEARS = (2015, 2016, 2017, 2018, 2019)
Year = Annotated[int, msgspec.Meta(ge=1900, le=2100)]


class TableError(ValueError):
    """A table cannot be read; the message says which line of which file, and why."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a table; an empty cell is `None`."""


class Request(Row, frozen=True):
    """One request for the data, as it was listed."""

    year: Annotated[int, msgspec.Meta(ge=YEARS[0], le=YEARS[-1])]
    order: Annotated[int, msgspec.Meta(ge=1)]
    """Its place in the year's list."""
    as_entered: str
    """What the applicant typed; persons, numbers and e-mail names are withheld."""
    organisation: str | None
    """One name for all spellings of one organisation, where one was named."""
    kind: Kind
    """Inferred from the name."""
    country: str | None = None
    """ISO 3166 code, inferred from the name."""
    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)] | None = None
    """Degrees north of the organisation's seat, or of the middle of its country."""
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)] | None = None
    """Degrees east."""
    seat: str | None = None
    notable: str | None = None
    """A short name of the organisations that the film points at."""


class Dataset(Row, frozen=True):
    """A collection of faces that machines learned from."""

    name: str
    year: Year
    """In which it was published, or its size was claimed."""
    images: Annotated[int, msgspec.Meta(ge=1)]
    people: Annotated[int, msgspec.Meta(ge=1)] | None
    pictures_from: str
    fate: str
    fate_year: Year | None
    source: str
    """A key of `media/story/sources.yaml`."""


class Country(Row, frozen=True):
    """A country, and where its name would stand on a map."""

    code: str
    name: str
    latitude: float
    longitude: float


R = TypeVar("R", bound=Row)


def requests(path: Path | None = None) -> list[Request]:
    """The 1,453 requests of 2015 to 2019, in the order of the list.

    Raises:
        TableError: the table is missing or malformed.
    """
    return read(path or _folder() / "requests.csv", Request)


def datasets(path: Path | None = None) -> list[Dataset]:
    """The large collections of faces, oldest first.

    Raises:
        TableError: the table is missing or malformed.
    """
    return sorted(read(path or _folder() / "datasets.tsv", Dataset), key=lambda one: one.year)


def countries(path: Path | None = None) -> dict[str, Country]:
    """Every country of the list by its code.

    Raises:
        TableError: the table is missing or malformed.
    """
    return {one.code: one for one in read(path or _folder() / "countries.tsv", Country)}


def frame(rows: Sequence[Row]) -> DataFrame:
    """A table as a pandas DataFrame, for notebooks; a column for each field."""
    import pandas as pd  # noqa: PLC0415 - a viewer's kernel holds no pandas

    return pd.DataFrame(msgspec.to_builtins(list(rows)))


def read(path: Path, kind: type[R]) -> list[R]:
    """Read a table (`.csv`, or `.tsv` with tabs) whose header names the fields of `kind`.

    Raises:
        TableError: in one sentence that names the file, the line and what is wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        message = f"{path} is missing; `python media/make/tables.py` makes it."
        raise TableError(message) from None
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}."
        raise TableError(message) from error
    delimiter = "\t" if path.suffix == ".tsv" else ","
    told = list(csv.DictReader(lines, delimiter=delimiter))
    if not told:
        message = f"{path} holds no rows."
        raise TableError(message)
    return [_row(path, number, row, kind) for number, row in enumerate(told, 2)]


def _row(path: Path, number: int, row: dict[str, str], kind: type[R]) -> R:
    try:
        return msgspec.convert({k: v or None for k, v in row.items()}, kind, strict=False)
    except (msgspec.ValidationError, TypeError) as error:
        message = f"{path}, line {number}: {error}."
        raise TableError(message) from error


def _folder() -> Path:
    return shipped.folder("media") / "data"
