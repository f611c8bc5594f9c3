"""The sound files that are mangled: `python -m tests.sound_files` makes those of the corpus anew.

With a folder named, it makes there a register and a backup instead.

Made by the program itself, drawn from the published example, or the first lines of what councils
published. A process of its own makes them, because maps are written with threads.
"""

import io
import shutil
import sys
from pathlib import Path

import geopandas
from openpyxl import Workbook

from tests.aftermath import REGISTER
from tests.fuzzing import SOUND
from tests.kinds_of_act import ONE, hand_in
from tests.trying import command_line, folder_of_its_own, prepared

_DATA = Path(__file__).parent / "data"


def sound_files() -> dict[str, bytes]:
    """A sound file of each ending."""
    made: dict[str, bytes] = {}
    with folder_of_its_own() as folder:
        (folder / REGISTER).write_bytes(prepared(()))
        hand_in(folder)
        frame = geopandas.read_file(_DATA / "steele-avenue.geojson").to_crs(27700)
        frame = frame[[frame.geometry.name]].head(2)
        parts = frame.to_crs(4326).assign(no=[1, 2])
        parts.to_file(folder / "parts.geojson", driver="GeoJSON")
        made[".parts.geojson"] = (folder / "parts.geojson").read_bytes()
        frame = frame.head(1).assign(ref="mill-lane", name="Mill Lane")
        for ending, driver in ((".gpkg", "GPKG"), (".gml", "GML"), (".fgb", "FlatGeobuf")):
            frame.to_file(folder / f"a{ending}", driver=driver)
            made[ending] = (folder / f"a{ending}").read_bytes()
        (folder / "shape").mkdir()
        frame.to_file(folder / "shape" / "a.shp")
        made[".shp.zip"] = _zipped(folder / "shape")
        degrees = frame.to_crs(4326)
        for ending, driver in ((".geojson", "GeoJSON"), (".kml", "KML")):
            degrees.to_file(folder / f"a{ending}", driver=driver)
            made[ending] = (folder / f"a{ending}").read_bytes()
        (folder / "keyhole").mkdir()
        (folder / "keyhole" / "doc.kml").write_bytes(made[".kml"])
        made[".kmz"] = _zipped(folder / "keyhole")
        made[".wkt"] = frame.geometry.iloc[0].wkt.encode()
        made[".csv"] = (folder / "sites.csv").read_bytes()
        made[".options.csv"] = (folder / "options.csv").read_bytes()
        made[".options.json"] = b'[{"no": "1", "title": "Sell"}, {"no": "2", "title": "Keep it"}]'
        made[".options.toml"] = (
            b'[[option]]\nno = "1"\ntitle = "Sell"\nrecommended = true\nreasons-for = "Value"\n'
        )
        made[".bids.csv"] = "bidder,price\nAsh Homes,£900000\nBeech,905000.50\n".encode()
        made[".bids.toml"] = (
            b'[[bid]]\nbidder = "Ash"\nprice = 900000\npayments = "10% now; 90% after 36 months"\n'
        )
        made[".programme.xlsx"] = (folder / "programme.xlsx").read_bytes()
        made[".workflow.toml"] = (folder / "garden-land-1.toml").read_bytes()
        for ending, line in {
            ".edited.gpkg": "export gpkg steele-avenue --audience officer -o {}",
            ".edited.geojson": "export geojson steele-avenue --audience officer -o {}",
            ".bundle.zip": f"audit bundle {ONE} -o {{}}",
            ".docx": "paper report steele-avenue -o {}",
        }.items():
            status, said = command_line(line.format(f"made{ending}"), "")
            assert status == 0, said
            made[ending] = (folder / f"made{ending}").read_bytes()
        for ending, text in ((".xlsx", ".csv"), (".options.xlsx", ".options.csv")):
            made[ending] = _workbook(made[text].decode())
        for ending, published in (
            (".assets.csv", "asset-registers/trafford.csv"),
            (".brownfield.csv", "brownfield/dartford-2019.csv"),
        ):
            lines = (_DATA / published).read_bytes().split(b"\n")
            made[ending] = b"\n".join(lines[:8])
    return made


def _zipped(folder: Path) -> bytes:
    return Path(shutil.make_archive(str(folder), "zip", folder)).read_bytes()


def _workbook(table: str) -> bytes:
    book = Workbook()
    for line in table.splitlines():
        book.worksheets[0].append(line.split(","))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def registers() -> dict[str, bytes]:
    """The example register and a backup of it, which no corpus needs to hold."""
    with folder_of_its_own() as folder:
        (folder / REGISTER).write_bytes(prepared(()))
        status, said = command_line("backup made.backup", "")
        assert status == 0, said
        return {".sqlite": prepared(()), ".backup": (folder / "made.backup").read_bytes()}


if __name__ == "__main__":
    place, files = (Path(sys.argv[1]), registers()) if len(sys.argv) > 1 else (SOUND, sound_files())
    place.mkdir(parents=True, exist_ok=True)
    for ending, content in files.items():
        (place / f"sound{ending}").write_bytes(content)
