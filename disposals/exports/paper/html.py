"""A paper as one HTML file that needs nothing else: no script, no style sheet, no picture."""

from base64 import b64encode
from html import escape
from importlib.resources import files

from disposals.exports.paper.blocks import (
    Block,
    Boxed,
    Cell,
    Drawing,
    Heading,
    Labelled,
    Listing,
    Paper,
    Point,
    Said,
    Sheet,
    Steps,
    Table,
    pieces,
    step_said,
)

# A browser that holds to it runs nothing and asks for nothing, whatever stands in the paper.
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
)


def content(paper: Paper) -> bytes:
    """The bytes of the file (UTF-8); the same paper gives the same bytes."""
    style = (files("disposals.exports.paper") / "paper.css").read_text(encoding="utf-8")
    title = escape(f"{paper.title}: {paper.subtitle}")
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        _POLICY,
        f'<meta name="author" content="{escape(paper.author)}">',
        f'<meta name="date" content="{paper.on.isoformat()}">',
        f"<title>{title}</title>",
        f"<style>\n{style}</style>",
        "</head>",
        "<body>",
        "<header>",
        f'<p class="marking">{escape(paper.marking)}</p>',
        "</header>",
        "<main>",
        f"<h1>{escape(paper.title)}</h1>",
        f'<p class="subtitle">{_said(paper.subtitle)}</p>',
        *map(_block, paper.blocks),
        "</main>",
        f"<footer><p>{escape(paper.foot)}</p></footer>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            made = f"<h{level}>{escape(text)}</h{level}>"
        case Said(text, is_strong):
            said = _said(text)
            made = f"<p><strong>{said}</strong></p>" if is_strong else f"<p>{said}</p>"
        case Boxed(text):
            made = f'<p class="boxed" role="note">{_said(text)}</p>'
        case Point(no, text):
            deep = f"point deep-{no.rstrip('.').count('.')}"
            made = f'<div class="{deep}"><span>{escape(no)}</span> <p>{_said(text)}</p></div>'
        case Listing(items):
            made = "\n".join(["<ul>", *(f"<li>{_said(item)}</li>" for item in items), "</ul>"])
        case Labelled(rows):
            pairs = (
                f"<div><dt>{escape(name)}</dt><dd>{_said(text)}</dd></div>" for name, text in rows
            )
            made = "\n".join(["<dl>", *pairs, "</dl>"])
        case Sheet() | Drawing() | Steps() | Table():
            made = _shown(block)
    return made


def _shown(block: Sheet | Drawing | Steps | Table) -> str:
    """What is more than a text."""
    match block:
        case Sheet():
            return _sheet(block)
        case Drawing():
            return f'<p class="drawing">{_image(block.content, block.described)}</p>'
        case Steps():
            return _steps(block)
        case Table():
            return _table(block)


def _said(text: str) -> str:
    return "".join(
        f"<mark>{escape(piece)}</mark>" if is_missing else escape(piece).replace("\n", "<br>")
        for piece, is_missing in pieces(text)
    )


def _sheet(sheet: Sheet) -> str:
    return (
        f'<figure class="sheet">{_image(sheet.content, sheet.described)}\n'
        f"<figcaption>{escape(sheet.caption)}</figcaption></figure>"
    )


def _image(content: bytes, described: str) -> str:
    # As an image it can't run what an SVG might hold.
    drawn = b64encode(content).decode()
    return f'<img src="data:image/svg+xml;base64,{drawn}" alt="{escape(described)}">'


def _steps(steps: Steps) -> str:
    lines = []
    for at, name in enumerate(steps.names):
        reached = ' aria-current="step"' if at == steps.at else ""
        lines.append(f"<li{reached}>{escape(step_said(name, at, steps))}</li>")
    return "\n".join(['<ol class="steps">', *lines, "</ol>"])


def _table(table: Table) -> str:
    total = sum(table.widths)
    columns = (f'<col style="width:{100 * width / total:.1f}%">' for width in table.widths)
    heads = "".join(
        f'<th scope="col"{_right(table, at)}>{escape(name)}</th>'
        for at, name in enumerate(table.columns)
    )
    return "\n".join(
        [
            "<table>",
            f"<colgroup>{''.join(columns)}</colgroup>",
            f"<thead><tr>{heads}</tr></thead>",
            "<tbody>",
            *(_row(table, row) for row in table.rows),
            "</tbody>",
            "</table>",
        ]
    )


def _row(table: Table, row: tuple[Cell, ...]) -> str:
    cells = []
    for at, cell in enumerate(row):
        name, scope = ("th", ' scope="row"') if at == 0 else ("td", "")
        cells.append(f"<{name}{scope}{_right(table, at)}>{_cell(cell)}</{name}>")
    return f"<tr>{''.join(cells)}</tr>"


def _cell(cell: Cell) -> str:
    was = f"<del>{escape(cell.was)}</del> " if cell.was is not None else ""
    mark = f'<br><span class="changed">{escape(cell.mark)}</span>' if cell.mark is not None else ""
    tall = '<div class="tall"></div>' if cell.is_tall else ""
    return f"{was}{_said(cell.text)}{mark}{tall}"


def _right(table: Table, at: int) -> str:
    return ' class="figure"' if at in table.figures else ""
