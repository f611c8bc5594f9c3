"""Every kind of write there is, as an officer types it: what is killed, starved of disk and raced.

A command runs in a folder of its own, beside its register, with the files in `handed_in` there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from tests.trying import command_line, folder_of_its_own, prepared

ONE, TWO = "steele-avenue/part-1", "steele-avenue/part-2"
_REGISTERS = Path(__file__).parent / "data" / "registers"
_GARDEN = Path(__file__).parents[1] / "workflows" / "definitions" / "open-market-sale-2.toml"


@dataclass(frozen=True, slots=True)
class KindOfAct:
    """A kind of write.

    Attributes:
        command: as typed after `disposals`.
        after: the commands on the example register that bring the situation about.
        makes_register: whether there is no register before it.
        has_threads: whether it works with a library that has threads, which no fork survives.
        of_format: that of the register before it, if it is not this version's.
    """

    command: str
    after: tuple[str, ...] = ()
    makes_register: bool = False
    has_threads: bool = False
    of_format: int | None = None

    @property
    def is_in_file(self) -> bool:
        """Whether it starts from a register in a file, wherever else it leads."""
        return "{database}" in self.command

    def start(self) -> bytes | None:
        """The register before it, if there is one."""
        if self.of_format is not None:
            return (_REGISTERS / f"format-{self.of_format}.sqlite").read_bytes()
        return None if self.makes_register else prepared(self.after)


KINDS: Mapping[str, KindOfAct] = {
    "a move": KindOfAct("advance steele-avenue"),
    "a hold": KindOfAct(f"hold {TWO} --because 'Waiting for consent'"),
    "a resumption": KindOfAct(
        f"resume {TWO}", after=(f"hold {TWO} --because 'Waiting for consent'",)
    ),
    "a waiver": KindOfAct(
        "waive wayfarers surplus.circulated --authority Cabinet --because 'Known to all'"
    ),
    "a withdrawal": KindOfAct("withdraw gibson-drive --because 'Kept for a school'"),
    "a way back": KindOfAct(f"back {ONE} --to marketing --because 'The bidder fell through'"),
    "a case opened": KindOfAct(
        "open the-verge --name 'The verge' --site the-verge",
        after=("site add the-verge --name 'The verge'",),
    ),
    "a bid": KindOfAct(f"bid add {ONE} --bidder 'Bidder G' --price £900,000"),
    "a valuation": KindOfAct(f"valuation add {ONE} --valuer Valuer --value £1,250,000"),
    "a correction": KindOfAct(
        f"bid edit {ONE} bid-12 --set price=£865,000 --because 'As the letter says'"
    ),
    "terms": KindOfAct(f"terms add {ONE} --buyer 'Bidder B' --price £1,275,000"),
    "a notice on a whole and its parts": KindOfAct("decision notify 21/00100"),
    "a report published": KindOfAct(
        "decision publish-report 21/00100 --on 2021-11-01",
        after=("decision notify 21/00100 --on 2021-10-08",),
    ),
    "a meeting": KindOfAct("meeting add 'Cabinet' --held-on 2021-12-06"),
    "a meeting moved": KindOfAct("meeting move 2 --to 2022-01-26 --because 'No quorum'"),
    "an item of a programme": KindOfAct("meeting item 2 'Sale of Wayfarers' --disposal wayfarers"),
    "a classification": KindOfAct(f"classify {ONE} bid-12 --open --because 'It is sold'"),
    "a request for information": KindOfAct(
        f"foi add FOI-1 steele-avenue {ONE} --requested-by press --asks 'The bids'"
    ),
    "a request answered": KindOfAct(
        "foi answer FOI-1 --outcome disclosed",
        after=(f"foi add FOI-1 steele-avenue {ONE} --requested-by press --asks 'The bids'",),
    ),
    "a milestone": KindOfAct(f"milestone add {ONE} --name 'Keys handed over' --when 'Aug 2022'"),
    "a milestone met": KindOfAct(f"milestone meet {ONE} 2"),
    "a forecast and what follows": KindOfAct(
        f"milestone forecast {ONE} 5 --when 'Oct 2022' --because 'Consent is late' --follow"
    ),
    "a programme taken back": KindOfAct("milestone take programme.xlsx --apply"),
    "a target": KindOfAct("target add 2022/23 --amount £2,000,000 --because MTFS"),
    "a site": KindOfAct("site add the-verge --name 'The verge' --address 'Steele Avenue'"),
    "a boundary": KindOfAct(
        "site draw wayfarers boundary.geojson --source Survey --because 'Surveyed'",
        has_threads=True,
    ),
    "sites from a file": KindOfAct("site import sites.csv"),
    "a burden": KindOfAct("site constraint steele-avenue --kind covenant --name 'No shops'"),
    "a split of a part": KindOfAct(
        f"site split {TWO} --area 0.1ha --because 'Sold in two' --source Sketch"
    ),
    "a merger of parts": KindOfAct(
        "site merge steele-avenue --parts 2,3 --because 'One buyer'",
        after=(f"site split {TWO} --area 0.1ha --because 'Sold in two' --source Sketch",),
    ),
    "a workflow of the council's own": KindOfAct("workflow add garden-land-1.toml"),
    "twelve options from a file": KindOfAct("option add wayfarers --from options.csv"),
    "a document": KindOfAct("document add wayfarers notice.txt --title Notice --kind notice"),
    "a name erased": KindOfAct(
        "audit erase-name 'Disposals Surveyor' --because 'Left the council' --by Auditor",
        after=("site add the-verge --name 'The verge'",),
    ),
    "a register made": KindOfAct("init --authority kent", makes_register=True),
    "an example made": KindOfAct(
        "init --example kent", makes_register=True, has_threads=True
    ),
    "a backup": KindOfAct("backup made.backup"),
    "a backup restored": KindOfAct("restore estate.backup", makes_register=True),
}  # fmt: skip


# What is written in a database alone.
ON_POSTGRES: Mapping[str, KindOfAct] = {
    "layers published": KindOfAct("db publish", has_threads=True),
}


# What is about a whole register, and goes on where it was cut short once it is said again.
GOING_ON: Mapping[str, KindOfAct] = {
    "a register brought up": KindOfAct("db upgrade", of_format=4),
    "a register brought up from the first format": KindOfAct("db upgrade", of_format=1),
    "a register brought back": KindOfAct("db downgrade 4 --lose"),
    "a register moved to a file": KindOfAct("db move moved.sqlite"),
}
GOING_ON_ON_POSTGRES: Mapping[str, KindOfAct] = {
    "a register brought up": KindOfAct("db upgrade", of_format=4),
    "a register brought back": KindOfAct("db downgrade 4 --lose"),
    "a register moved to a file": KindOfAct("db move moved.sqlite"),
    "a register moved to a database": KindOfAct("db move {database}"),
    "a database made ready": KindOfAct("db create --authority kent", makes_register=True),
}


def hand_in(folder: Path) -> None:
    """Lay the files that the commands name in a folder."""
    lines = [f"{number},Option {number}" for number in range(1, 13)]
    (folder / "options.csv").write_text("\n".join(["no,title", *lines]))
    (folder / "notice.txt").write_text("Notice of intention to dispose")
    (folder / "sites.csv").write_text(
        "ref,name,easting,northing\nthe-verge,Verge,558350,174750\nthe-yard,Yard,558400,174800\n"
    )
    garden = _GARDEN.read_text(encoding="utf-8").replace("open-market-sale", "garden-land")
    (folder / "garden-land-1.toml").write_text(garden.replace("version = 2", "version = 1"))
    (folder / "boundary.geojson").write_text(
        '{"type": "Polygon", "coordinates": [[[0.28, 51.45], [0.281, 51.45], [0.281, 51.451], '
        "[0.28, 51.451], [0.28, 51.45]]]}"
    )
    with folder_of_its_own() as made:
        (made / "register.sqlite").write_bytes(prepared(()))
        for line in (
            f"document add wayfarers {folder / 'notice.txt'} --title Notice --kind notice",
            "milestone sheet steele-avenue -o programme.xlsx",
            "backup estate.backup",
        ):
            status, said = command_line(line, "")
            assert status == 0, said
        book = load_workbook(made / "programme.xlsx")
        for row in book["Programme"].iter_rows(min_row=2):
            if row[2].value == 9:
                row[6].value, row[8].value = "Nov 2022", "The contractor starts later"
        book.save(folder / "programme.xlsx")
        (folder / "estate.backup").write_bytes((made / "estate.backup").read_bytes())


# What is made of a register and changes nothing in it.
OUTPUTS: Mapping[str, KindOfAct] = {
    "a layer as GeoJSON": KindOfAct(
        "export geojson steele-avenue -o out.geojson", has_threads=True
    ),
    "a layer as GeoPackage": KindOfAct("export gpkg -o out.gpkg", has_threads=True),
    "a layer as FlatGeobuf": KindOfAct("export flatgeobuf -o out.fgb", has_threads=True),
    "a calendar": KindOfAct("export calendar -o out.ics"),
    "a sheet of the programme": KindOfAct(
        "milestone sheet steele-avenue -o out.xlsx", has_threads=True
    ),
    "a plan": KindOfAct("plan steele-avenue --show site -o out.pdf", has_threads=True),
    "a paper in Word": KindOfAct("paper report steele-avenue -o out.docx"),
    "a chart": KindOfAct("gantt steele-avenue -o out.pdf", has_threads=True),
    "a bundle for auditors": KindOfAct(f"audit bundle {ONE} -o out.zip"),
}
