"""The two registers that councils publish as CSV, with exactly their published columns."""

from itertools import chain, islice
from pathlib import Path

from disposals.disclosure.asked import Asked
from disposals.disclosure.published import Published, columns, rows
from disposals.register import Register
from sites.writing import write_table


def published_register(register: Register, path: Path, kind: Published, asked: Asked) -> int:
    """Write a published register, whole or not at all; says how many sites it holds.

    Transparency Code: Local Government Transparency Code 2015, Part 2, land and building assets,
    positions on the National Grid in metres. Brownfield: the specification of
    digital-land/specification or the standard of 2017, positions in WGS 84.

    Raises:
        NoSuchCase, BadFact: a reference or a stage that is not there.
        CannotWrite: the file can't be written; what was there before stays.
    """
    names = columns(kind)
    told = rows(register, kind, asked)
    first = list(islice(told, 1))  # a wrong reference is refused before a file is begun
    lines = ([row.get(name) for name in names] for row in chain(first, told))
    return write_table(path, names, lines)
