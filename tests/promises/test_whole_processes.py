"""Every recording command works as a process of its own, with only what it loads itself."""

import os
import shlex
import subprocess
import sys

import pytest

from disposals.storage.address import Place

ONE = "steele-avenue/part-1"
LINES = f"""
surplus add {ONE} --declared-by Highways --because Closed
surplus circulate {ONE} --circulated-to All --reply-by 2021-12-01
consultation add {ONE} --consultee Member --capacity 'local member' --said Content
option add {ONE} --no 9 --title Keep --do-nothing
option direct-sale {ONE} --buyer B --because Neighbour
land answer {ONE} --question school --answer no --basis Deeds
land consent {ONE} --kind planning --title Consent --body Council
land notice {ONE} --newspaper N --first-on 7/7/2021 --second-on 14/7/2021 --objections-by 4/8/2021
land moratorium {ONE} --received-on 2021-01-01 --bid-requested no
land title {ONE} --reported-by Law --finding Clean
land possession {ONE} --occupation 'car park'
campaign add {ONE} --method auction --agent A
campaign close {ONE} --closes-on 2021-09-29
bid add {ONE} --bidder Z --price 1
bid shortlist steele-avenue/part-1 --bidder 'Bidder B' --because Best --declined-because Less
bid prefer {ONE} --bidder 'Bidder A' --because Best
bid justify {ONE} --concern undervalue --because Good --purpose Social --advised-by Valuer
valuation add {ONE} --valuer V --value 1
decision notify 21/00100
decision screen {ONE} --kind equality --outcome None
terms add {ONE} --buyer B --price 1
completion condition {ONE} --title Consent --owner B
completion deed {ONE} --form TP1
completion receipt {ONE} --amount 1 --kind deposit
milestone add {ONE} --name N --when 2023
milestone forecast {ONE} 8 --when 2023 --because Late
milestone meet {ONE} 2
site add mill-lane --name Mill
site occupation steele-avenue --use shed --current yes
site constraint steele-avenue --kind covenant --name C
waive {ONE} bids.reserve-named --authority Director --because Time
--version
""".strip().splitlines()


@pytest.mark.parametrize("line", LINES)
def test_it_records_and_says_so(kent_place: Place, line: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "disposals", *shlex.split(line)],
        env=os.environ | {"DISPOSALS_REGISTER": str(kent_place), "DISPOSALS_USER": "Officer"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout
