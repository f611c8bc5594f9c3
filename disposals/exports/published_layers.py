"""The open layers of a register in PostgreSQL, published to a schema that any GIS can read.

They are those of `exports/maps.py` for the public, so what is open is judged in one place alone.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import count

from disposals.disclosure.asked import Asked
from disposals.disclosure.audit import seal
from disposals.disclosure.fields import Audience
from disposals.disclosure.layers import LayerName, fields_shown, layers
from disposals.errors import BadFact
from disposals.exports.maps import COLUMNS
from disposals.register import Register
from disposals.storage.address import Address
from sites.writing import Batch

_AREA, _POINT = "MultiPolygon", "Point"
_POINTS = {LayerName.SITES: "sites_points"}  # sites of which a position is all there is
_WKB_POINT = b"\x01\x01\x00\x00\x00"


def publish(register: Register, *, on: date, at: datetime) -> Mapping[str, int]:
    """Publish the open layers as at a day, in place of those published before.

    Returns:
        The number of features by layer.

    Raises:
        BadFact: the register is a file.
        RegisterMoved: the register is in use elsewhere.
        NotRecorded: there is no schema for what is published.
        RegisterInUse: someone publishes already, or reads for longer than the wait.
        CannotWriteRegister: this user does not own the register, or something else is in the way.
    """
    place = register.place
    if not isinstance(place, Address):
        raise BadFact(
            f"{place} is a file. For a GIS, write its open layers to another file: "
            "`disposals export gpkg`."
        )
    from disposals.storage.postgres.published import publishing

    asked = Asked(Audience.PUBLIC, on)
    made: dict[str, int] = {}
    with layers(register, asked) as take, publishing(place) as target:
        for name in LayerName:
            shown = set(fields_shown(name, Audience.PUBLIC))
            fields = [(each.name, each.kind) for each in COLUMNS[name] if each.name in shown]
            if not fields:
                continue
            names = [field for field, _ in fields]
            tables = {False: name.value, True: _POINTS.get(name, name.value)}
            for is_point, table in tables.items():
                if table not in made:
                    target.layer(table, fields, _POINT if is_point else _AREA)
                    made[table] = 0
            numbers = count(1)
            for batch in take(name):
                rows = list(_rows(batch, names, numbers))
                for is_point, table in tables.items():
                    some = [row for row in rows if _is_point(row[-1]) is is_point]
                    target.add(table, names, some)
                    made[table] += len(some)
        target.say(on, at, seal(register))
    return made


def _rows(batch: Batch, names: list[str], numbers: Iterator[int]) -> Iterator[tuple[object, ...]]:
    values = zip(*(batch.columns[name] for name in names), strict=True)
    for number, row, shape in zip(numbers, values, batch.shapes, strict=False):
        yield (number, *row, shape)


def _is_point(shape: object) -> bool:
    return isinstance(shape, bytes) and shape.startswith(_WKB_POINT)
