"""Acts that are refused: how a case stands, and the command that an officer types all the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from openpyxl import Workbook


@dataclass(frozen=True, slots=True)
class RefusedAct:
    """An act that the register refuses.

    Attributes:
        situation: what the officer tries, in a sentence.
        command: as typed after `disposals`.
        names: words that the refusal must not lack: what is wrong, where, or what to do.
        instead: the command that is taken in the same situation, where there is one.
        after: the commands on the example register that bring the situation about.
        typed: what is typed when passphrases are asked for.
        status: 1 where it is refused, 2 where the command itself is wrongly put.
    """

    situation: str
    command: str
    names: tuple[str, ...]
    instead: str = ""
    after: tuple[str, ...] = ()
    typed: str = ""
    status: int = 1


def _csv(text: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    return write


def _with_a_formula(path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["disposal", "bidder", "price"])
    sheet.append(["mill-lane", "Ash Homes", 900_000])
    sheet.append(["mill-lane", "Beech Living", "=SUM(B2:C2)"])
    book.save(path)


def _with_an_unknown_field(path: Path) -> None:
    word = Document()
    word.add_paragraph("{{ fieldd }}")
    word.save(str(path))


FILES: Mapping[str, Callable[[Path], None]] = {
    "bids.xlsx": _with_a_formula,
    "council.docx": _with_an_unknown_field,
    "rates.csv": _csv("disposal,bidder,price,rating\nmill-lane,Ash Homes,900000,good\n"),
    "offers.csv": _csv(
        "disposal,bidder,price\nmill-lane,Ash Homes,900000\nmil-lane,Beech Living,950000\n"
    ),
}

OPENED = (
    "site add mill-lane --name 'Land at Mill Lane'",
    "open mill-lane --name 'Land at Mill Lane' --site mill-lane",
)
MARKETED = (
    *OPENED,
    (
        "campaign add mill-lane --method 'informal tender' --agent Caxtons "
        "--closes-on 2021-09-15 --closes-at 12:00"
    ),
)
STRICT = (
    *MARKETED,
    "campaign edit mill-lane campaign-2 --set late-rule=refuse --because 'As the particulars say'",
)
SEALED = (
    *MARKETED,
    "campaign seal mill-lane --opener 'Estates Manager' --opener Auditor",
    "bid add mill-lane --bidder 'Ash Homes' --price 900000 --on 2021-09-10",
)
BID = (*MARKETED, "bid add mill-lane --bidder 'Ash Homes' --price 900000 --on 2021-09-10")
TWO_BIDS = (
    *BID,
    "bid add mill-lane --bidder 'Beech Living' --price 880000 --on 2021-09-10",
    "bid prefer mill-lane --bidder 'Ash Homes' --because 'Highest'",
    "bid reserve mill-lane --bidder 'Beech Living' --because 'Second'",
)
DRAFTED = (
    *OPENED,
    "terms add mill-lane --buyer 'Ash Homes' --price 900000",
    "terms add mill-lane --buyer 'Ash Homes' --price 890000",
)
AGREED = (*DRAFTED, "terms agree mill-lane --version 2 --on 2021-09-20")
EXCHANGED = (
    *AGREED,
    (
        "completion contract mill-lane --buyer 'Ash Homes' --price 890000 --not-conditional "
        "--on 2021-09-21"
    ),
    "completion receipt mill-lane --amount 89000 --kind deposit --on 2021-09-21",
)

OFFERS = (
    RefusedAct(
        "A bid is entered that came a minute after the deadline, and the rule is to refuse it.",
        "bid add mill-lane --bidder 'Cedar Homes' --price 950000 --received-at 12:01 "
        "--on 2021-09-15",
        ("closed on 15 September 2021 at 12:00", "at 12:01", "return it unopened"),
        "bid add mill-lane --bidder 'Cedar Homes' --price 950000 --received-at 12:00 "
        "--on 2021-09-15",
        after=STRICT,
    ),
    RefusedAct(
        "A late bid is entered, and nobody wrote down what becomes of late bids.",
        "bid add mill-lane --bidder 'Cedar Homes' --price 950000 --on 2021-09-16",
        ("closed on 15 September 2021", "disposals campaign edit mill-lane campaign-2"),
        "campaign edit mill-lane campaign-2 --set late-rule=refuse --because 'As in writing'",
        after=MARKETED,
    ),
    RefusedAct(
        "One opener would open the sealed bids alone.",
        "bid open mill-lane --opener 'Estates Manager' --on 2021-09-20",
        ("Estates Manager and Auditor together", "Nothing was opened"),
        after=SEALED, typed="first opener\n",
    ),
    RefusedAct(
        "Someone else sits in for one of the openers.",
        "bid open mill-lane --opener 'Estates Manager' --opener Clerk --on 2021-09-20",
        ("Estates Manager and Auditor together", "Nothing was opened"),
        after=SEALED, typed="first opener\nsecond opener\n",
    ),
    RefusedAct(
        "The bids would be opened before the closing date.",
        "bid open mill-lane --opener 'Estates Manager' --opener Auditor --on 2021-09-14",
        ("takes offers until 15 September 2021", "stay sealed"),
        "bid open mill-lane --opener 'Estates Manager' --opener Auditor --on 2021-09-15",
        after=SEALED, typed="first opener\nsecond opener\n",
    ),
    RefusedAct(
        "A bidder would be preferred while the bids are sealed.",
        "bid prefer mill-lane --bidder 'Ash Homes' --because 'They rang us'",
        ("are sealed", "disposals bid open mill-lane"),
        after=SEALED,
    ),
    RefusedAct(
        "The bid of someone who made none would be preferred.",
        "bid prefer mill-lane --bidder 'Cedar Homes' --because 'A good name'",
        ("no bid from “Cedar Homes”", "Bids are recorded from Ash Homes"),
        "bid prefer mill-lane --bidder 'Ash Homes' --because 'The only one'",
        after=BID,
    ),
    RefusedAct(
        "The preferred bidder would be named as the reserve.",
        "bid reserve mill-lane --bidder 'Ash Homes' --because 'They asked'",
        ("Ash Homes is the preferred bidder", "disposals bid prefer mill-lane --bidder NAME"),
        "bid prefer mill-lane --bidder 'Beech Living' --because 'Ash Homes withdrew'",
        after=TWO_BIDS,
    ),
    RefusedAct(
        "The preferred bidder would be declined by a shortlist made again.",
        "bid shortlist mill-lane --bidder 'Beech Living' --because 'Surer' "
        "--declined-because 'Too low'",
        ("Ash Homes is the preferred bidder", "disposals bid prefer mill-lane --bidder NAME"),
        "bid prefer mill-lane --bidder 'Beech Living' --because 'Ash Homes withdrew'",
        after=TWO_BIDS,
    ),
    RefusedAct(
        "The same bid is entered twice on one day.",
        "bid add mill-lane --bidder 'Ash Homes' --price 900000 --on 2021-09-10",
        ("recorded already", "bid-18", "10 September 2021"),
        "bid add mill-lane --bidder 'Ash Homes' --price 910000 --on 2021-09-10",
        after=BID,
    ),
    RefusedAct(
        "A bidder's name is mistyped when the changed bid is entered.",
        "bid add mill-lane --bidder 'ash  home' --price 910000 --on 2021-09-12",
        ("Did you mean “Ash Homes”?", "`--another`"),
        "bid add mill-lane --bidder 'Ash Homes' --price 910000 --on 2021-09-12",
        after=BID,
    ),
    RefusedAct(
        "The buyer of the terms is a bidder whose name is mistyped.",
        "terms add mill-lane --buyer 'Ash Home' --price 900000",
        ("Did you mean “Ash Homes”?", "`--another`"),
        "terms add mill-lane --buyer 'Ash Home' --price 900000 --another",
        after=TWO_BIDS,
    ),
    RefusedAct(
        "The buyer's name is mistyped in the next version of the terms.",
        "terms add mill-lane --buyer 'Ash Homes Ltd' --price 880000",
        ("Did you mean “Ash Homes”?", "`--another`"),
        "terms add mill-lane --buyer 'Ash Homes' --price 880000",
        after=DRAFTED,
    ),
    RefusedAct(
        "The next bidder would be taken, and no decision authorises that.",
        "bid reinstate mill-lane --bidder 'Beech Living' --because 'Ash Homes withdrew'",
        ("can't turn to Beech Living", "no decision authorises"),
        "bid prefer mill-lane --bidder 'Beech Living' --because 'Ash Homes withdrew'",
        after=TWO_BIDS,
    ),
)  # fmt: skip
FIGURES = (
    RefusedAct(
        "A likelihood is given as 135 percent.",
        "bid likelihood mill-lane --bidder 'Ash Homes' --condition planning --percent 135 "
        "--because 'The planners are keen'",
        ("percent: 135 is more than 100",),
        "bid likelihood mill-lane --bidder 'Ash Homes' --condition planning --percent 35 "
        "--because 'The planners are keen'",
        after=BID,
    ),
    RefusedAct(
        "An area is given as less than nothing.",
        "terms add mill-lane --buyer 'Ash Homes' --price 900000 --area-m2 -5000",
        ("area", "-5000 is not more than 0."),
        "terms add mill-lane --buyer 'Ash Homes' --price 900000 --area-m2 5000",
        after=OPENED,
    ),
    RefusedAct(
        "A price is given in words.",
        "valuation add mill-lane --valuer 'Wilks Head' --value 'about a million'",
        ("“about a million” is not an amount of money", "£1,250,000.50"),
        "valuation add mill-lane --valuer 'Wilks Head' --value £1,000,000",
        after=OPENED, status=2,
    ),
    RefusedAct(
        "A consent is recorded as granted next month.",
        "land consent mill-lane --kind planning --title 'Outline consent' --body Dartford "
        "--granted-on 2021-10-29",
        ("granted on: 29 October 2021 lies after 30 September 2021",),
        "land consent mill-lane --kind planning --title 'Outline consent' --body Dartford",
        after=OPENED,
    ),
    RefusedAct(
        "Other services would have had to reply before they were asked.",
        "surplus circulate mill-lane --circulated-to 'All services' --reply-by 2021-01-29 "
        "--on 2021-02-02",
        ("reply-by: 29 January 2021 is past on 2 February 2021, the day of the offer",),
        "surplus circulate mill-lane --circulated-to 'All services' --reply-by 2021-02-26 "
        "--on 2021-02-02",
        after=OPENED,
    ),
    RefusedAct(
        "Staged payments of a bid do not come to its price.",
        "bid add mill-lane --bidder 'Cedar Homes' --price 900000 --on 2021-09-10 "
        "--payments '10% now; 80% after 36 months'",
        ("adds up to £810,000", "the price is £900,000"),
        "bid add mill-lane --bidder 'Cedar Homes' --price 900000 --on 2021-09-10 "
        "--payments '10% now; 90% after 36 months'",
        after=MARKETED,
    ),
    RefusedAct(
        "A deposit is entered that is more than the price.",
        "terms add mill-lane --buyer 'Ash Homes' --price 90000 --deposit 900000",
        ("deposit", "£900,000 is more than the price of £90,000"),
        "terms add mill-lane --buyer 'Ash Homes' --price 900000 --deposit 90000",
        after=OPENED,
    ),
    RefusedAct(
        "A receipt is entered with which the buyer would have paid too much.",
        "completion receipt mill-lane --amount 890000 --on 2021-09-30",
        (
            "£979,000", "£890,000 is due",
            "disposals completion edit mill-lane ENTRY --set amount=0",
            "disposals completion line mill-lane",
        ),
        "completion receipt mill-lane --amount 801000 --on 2021-09-30",
        after=EXCHANGED,
    ),
    RefusedAct(
        "The balance is entered, and no contract is recorded.",
        "completion receipt mill-lane --amount 801000 --kind balance --on 2021-09-30",
        (
            "no contract under which “balance” could be due",
            "disposals completion contract mill-lane", "--kind 'deposit'",
        ),
        "completion receipt mill-lane --amount 89000 --kind deposit --on 2021-09-30",
        after=AGREED,
    ),
)  # fmt: skip
SETTLED = (
    RefusedAct(
        "An old version of the terms would be agreed.",
        "terms agree mill-lane --version 1 --on 2021-09-20",
        ("Version 1 is not the latest", "version 2", "disposals terms add mill-lane"),
        "terms agree mill-lane --version 2 --on 2021-09-20",
        after=DRAFTED,
    ),
    RefusedAct(
        "An agreed version of the terms would be corrected.",
        "terms edit mill-lane heads-of-terms-3 --set price=870000 --because 'Renegotiated'",
        ("is agreed", "Draft the next version", "disposals terms add mill-lane"),
        "terms add mill-lane --buyer 'Ash Homes' --price 870000",
        after=AGREED,
    ),
    RefusedAct(
        "A contract is entered that departs from the agreed terms.",
        "completion contract mill-lane --buyer 'Ash Homes' --price 870000 --not-conditional",
        ("departs from version 2", "£890,000", "disposals terms add mill-lane"),
        "completion contract mill-lane --buyer 'Ash Homes' --price 890000 --not-conditional",
        after=AGREED,
    ),
    RefusedAct(
        "Law would be waived.",
        "waive mill-lane bids.best-consideration --authority 'Cabinet Member' --because 'Hurry'",
        ("it is law", "LGA 1972 s.123(2)", "disposals next mill-lane"),
        after=OPENED,
    ),
    RefusedAct(
        "A case that was withdrawn would go on.",
        "bid add mill-lane --bidder 'Cedar Homes' --price 950000 --on 2021-09-30",
        ("is withdrawn", "disposals open"),
        after=(*OPENED, "withdraw mill-lane --because 'Kept for a school'"),
    ),
    RefusedAct(
        "A disposal is named that is not in the register.",
        "advance mil-lane",
        ("There is no disposal “mil-lane”", "Did you mean mill-lane?"),
        after=OPENED,
    ),
)  # fmt: skip
FROM_FILES = (
    RefusedAct(
        "A workbook has a formula where a price should be.",
        "bid add --from bids.xlsx --on 2021-09-10",
        ("bids.xlsx", "row 3", "formula"),
        after=MARKETED,
    ),
    RefusedAct(
        "A row has a column that nothing is known of.",
        "bid add --from rates.csv --on 2021-09-10",
        ("rates.csv", "row 2", "“rating”"),
        after=MARKETED,
    ),
    RefusedAct(
        "A row names a disposal that is not in the register; the other row is right.",
        "bid add --from offers.csv --on 2021-09-10",
        ("row 3", "mil-lane", "Did you mean mill-lane?"),
        after=MARKETED,
    ),
)

TAKEN = (
    *OPENED,
    (
        "decision add mill-lane --number 21/00001 --title 'Sale of land at Mill Lane' "
        "--taker 'Cabinet Member' --not-key --open"
    ),
)
PAPERS = (
    RefusedAct(
        "A section is written that the report does not have.",
        "paper write mill-lane --paper report --section plans --text 'White land.'",
        ("no section “plans”", "planning"),
        "paper write mill-lane --paper report --section planning --text 'White land.'",
        after=OPENED,
    ),
    RefusedAct(
        "The exempt appendix is declared open.",
        "paper write mill-lane --paper exempt-appendix --section risk --text 'High.' --open",
        ("not for publication", "--paper report"),
        "paper write mill-lane --paper exempt-appendix --section risk --text 'High.'",
        after=OPENED,
    ),
    RefusedAct(
        "A record is to be final, and half of it is not recorded.",
        "paper record 21/00001 -o record.html --final",
        ("not final", "the reasons for the decision", "Nothing was written"),
        after=TAKEN,
    ),
    RefusedAct(
        "A record is to be signed before the decision is taken.",
        "paper record 21/00001 -o record.html --signed",
        ("has not been taken", "without --signed"),
        after=TAKEN,
    ),
    RefusedAct(
        "A template asks for a field that papers do not have.",
        "paper record 21/00001 -o record.docx --template council.docx",
        ("“fieldd”", "council.docx", "They have title"),
        after=TAKEN,
    ),
)

VALUED = (*OPENED, "valuation add mill-lane --valuer Caxtons --value 800000 --on 2021-09-10")
DECIDED = (
    *VALUED,
    "decision add mill-lane --number 21/00999 --title Sale --taker 'Cabinet Member' --not-key",
    "decision take 21/00999 --interests 'None declared' --on 2021-09-27",
)
DISCLOSURE = (
    RefusedAct(
        "A valuation is declared exempt under paragraph 8, which is no ground of exemption.",
        "classify mill-lane valuation-1 --exempt --paragraph 8 --because 'Bids are compared.'",
        ("no exemption under paragraph 8", "paragraphs 1 to 7"),
        "classify mill-lane valuation-1 --exempt --paragraph 3 --because 'Bids are compared.'",
        after=VALUED,
    ),
    RefusedAct(
        "A valuation is to be released on a day before the decision was taken.",
        "classify mill-lane valuation-1 --exempt --paragraph 3 --because 'Bids are compared.' "
        "--release-on 2021-09-20",
        ("21/00999 was taken on 27 September 2021", "--release-at decision"),
        "classify mill-lane valuation-1 --exempt --paragraph 3 --because 'Bids are compared.' "
        "--release-on 2022-09-30",
        after=DECIDED,
    ),
    RefusedAct(
        "A request for information is refused without the section relied on.",
        "foi answer FOI-2021-0412 --outcome refused",
        ("s.17", "--exemptions", "--public-interest"),
        after=(
            *OPENED,
            "foi add FOI-2021-0412 mill-lane --requested-by press --asks 'The valuation'",
        ),
    ),
)

REFUSED = {
    "Offers": OFFERS,
    "Figures and days": FIGURES,
    "What is settled": SETTLED,
    "Files": FROM_FILES,
    "Papers": PAPERS,
    "What may be published": DISCLOSURE,
}
