"""Steele Avenue, Part 1: from the lead bidder of September 2021 to completed, by the command line.

What the papers do not give (amounts, the days after November 2021) is illustrative. The same sale
is told for officers in `docs/steele-avenue.md`.
"""

from pathlib import Path

from tests.journeys.conftest import QUESTIONS, Officer

ONE = "steele-avenue/part-1"


def choose_the_lead_bidder(officer: Officer) -> None:
    """Estates weigh the final bids by price, time and risk, and say why one is best."""
    for bidder in ("Bidder A", "Bidder B"):
        officer.does(
            f"bid add {ONE} --bidder '{bidder}' --subject-to-planning --on 2021-10-04"
            " --payments '10% now; 90% after 9 months'"
        )
    officer.does(
        f"bid likelihood {ONE} --bidder 'Bidder B' --condition planning --percent 75"
        " --because 'Broadly positive pre-application response' --on 2021-10-11"
    )
    officer.does(
        f"valuation add {ONE} --valuer 'An independent valuer' --value £1,225,000 --on 2021-10-12"
    )
    officer.does(f"bid prefer {ONE} --bidder 'Bidder B' --because 'Best today' --on 2021-10-13")
    officer.does(f"bid reserve {ONE} --bidder 'Bidder A' --because 'Next best' --on 2021-10-13")
    moved = officer.does(f"advance {ONE} --on 2021-10-13").out
    assert "moved from bid shortlist to heads of terms" in moved


def settle_terms(officer: Officer) -> None:
    """Two versions: the buyer agrees the first, the council changes one clause of it."""
    officer.does(
        f"terms add {ONE} --buyer 'Bidder B' --price 1275000 --deposit 127500 --on 2021-10-20"
        " --payments '10% now; 90% after 9 months'"
    )
    officer.does(
        f"terms clause {ONE} --no 1 --heading Use --text 'A medical centre.' --on 2021-10-20"
    )
    officer.does(f"terms clause {ONE} --no 2 --heading 'Car park' --text 'Closed.' --on 2021-10-20")
    officer.does(f"terms agree {ONE} --version 1 --side buyer --on 2021-10-27")
    officer.does(f"terms add {ONE} --buyer 'Bidder B' --price 1275000 --on 2021-11-03")
    officer.does(
        f"terms clause {ONE} --no 2 --heading 'Car park' --on 2021-11-03"
        " --text 'Closed after 28 days of notice.'"
    )
    officer.does(f"terms agree {ONE} --version 2 --side buyer --on 2021-11-04")
    assert "is not agreed" in officer.is_refused(f"advance {ONE} --on 2021-11-04 --dry-run")
    officer.does(f"terms agree {ONE} --version 2 --side seller --on 2021-11-05")

    terms = {entry["entry"]: entry for entry in officer.does(f"terms list {ONE} --json").json}
    second = terms["heads-of-terms-5"]
    assert (second["terms_version"], second["deposit_pence"]) == (2, 127_500_00)
    assert second["agreed_on"] == "2021-11-05"
    clauses = {(c["terms_version"], c["no"]): c["text"] for c in terms.values() if "text" in c}
    assert clauses[2, "1"] == clauses[1, "1"]
    assert (clauses[1, "2"], clauses[2, "2"]) == ("Closed.", "Closed after 28 days of notice.")


def decide(officer: Officer) -> None:
    """Democratic services: notice, the committee of 9 November, the decision, its call-in."""
    officer.does("decision notify 21/00100 --on 2021-10-08")
    too_soon = officer.is_refused(
        "decision take 21/00100 --on 2021-11-05 --interests 'None declared'"
    )
    assert "28 clear days after notice on 8 October 2021 the earliest day is 6 Nov" in too_soon
    assert "The earliest lawful day is 9 November 2021" in too_soon  # the committee comes first
    late = officer.is_refused("decision publish-report 21/00100 --on 2021-11-02")
    assert "they had to be published by 1 November 2021" in late
    officer.does("decision publish-report 21/00100 --on 2021-11-01")
    not_heard = officer.is_refused(
        "decision take 21/00100 --on 2021-11-09 --interests 'None declared'"
    )
    assert "what it made of it is not recorded" in not_heard
    officer.does("decision consider 21/00100 --on 2021-11-09")
    officer.does("decision take 21/00100 --on 2021-11-15 --interests 'None declared'")
    officer.does("decision publish 21/00100 --on 2021-11-16")
    states = {
        on: officer.does(f"decision show 21/00100 --as-of {on} --json").json["state"]
        for on in ("2021-10-01", "2021-10-08", "2021-11-01", "2021-11-09", "2021-11-15")
    }
    assert [*states.values()] == ["proposed", "notified", "published", "considered", "taken"]
    told = officer.does(f"clocks {ONE} --as-of 2021-11-16 --json").json[0]
    exchange = next(step for step in told["lawful"] if step["step"] == "exchange contracts")
    assert exchange["earliest_on"] == "2021-11-24"
    assert exchange["waits_for"] == ["call-in of 21/00100"]
    in_call_in = officer.is_refused(f"advance {ONE} --on 2021-11-23 --dry-run")
    assert "it may be acted on from 24 November 2021" in in_call_in


def answer_for_the_land(officer: Officer) -> None:
    """Legal services answer every question; the local member is spoken to on a named day."""
    for question in QUESTIONS:
        officer.does(
            f"land answer {ONE} --question {question} --answer no --on 2021-12-01"
            " --basis 'Deed of 1973 and searches'"
        )
    officer.does(
        f"land title {ONE} --on 2021-12-06 --reported-by 'Head of Law'"
        " --finding 'Thames Water easement; tram tunnel surveyed'"
    )
    officer.does(
        f"land possession {ONE} --on 2021-12-31"
        " --occupation 'free 30-space car park at the north end'"
    )
    officer.does(
        f"consultation add {ONE} --on 2021-12-02 --capacity 'local member'"
        " --consultee 'Local member, Dartford East' --said Content"
    )
    for no, why in (("1", "Not the best return"), ("2", "Exposes KCC to more risk")):
        officer.does(
            f"option edit steele-avenue option-{no} --set reasons-against='{why}'"
            " --because 'Record of decision' --on 2021-12-31"
        )


def exchange(officer: Officer) -> None:
    """Every gate of exchange is met or does not apply; contract, conditions, deposit follow."""
    moved = officer.does(f"advance {ONE} --on 2022-02-01 --json").json["moved"]
    assert moved[0]["to"] == "completion"
    assert {gate["status"] for gate in moved[0]["gates"]} == {"met", "not applicable"}
    officer.does(
        f"completion contract {ONE} --buyer 'Bidder B' --price 1275000 --conditional"
        " --on 2022-02-01"
    )
    for title in ("Planning consent", "District Valuer's approval", "Tunnel survey"):
        officer.does(
            f'completion condition {ONE} --on 2022-02-01 --title "{title}"'
            " --owner Developer --longstop-on 2022-12-30"
        )
    officer.does(f"completion receipt {ONE} --amount 127500 --kind deposit --on 2022-02-01")


def meet_conditions(officer: Officer) -> None:
    """Two are satisfied, the third is given up by the developer, whom alone it protects."""
    for title in ("Planning consent", "District Valuer's approval"):
        waiting = officer.is_refused(f"advance {ONE} --on 2022-07-01 --dry-run")
        assert title in waiting
        officer.does(f'completion satisfy {ONE} --on 2022-07-01 --title "{title}"')
    officer.does(
        f"completion waive {ONE} --title 'Tunnel survey' --waived-by Developer"
        " --because 'The foundations clear the tunnel' --on 2022-07-04"
    )


def complete(officer: Officer) -> None:
    """The statement adds up, the TP1 names the boundary on its plan, the balance is in."""
    officer.does(
        f"completion line {ONE} --kind apportionment --what 'Rates of the car park'"
        " --amount 850.50 --on 2022-07-14"
    )
    officer.does(
        f"completion line {ONE} --kind fee --what 'Fee of the agent' --amount=-19125"
        " --on 2022-07-14"
    )
    officer.does(f"completion deed {ONE} --form TP1 --boundary-revision 1 --on 2022-07-15")
    too_much = officer.is_refused(f"completion receipt {ONE} --amount 1275000 --on 2022-07-15")
    assert "£1,275,850.50 is due" in too_much
    officer.does(f"completion receipt {ONE} --amount 1148350.50 --on 2022-07-15")
    officer.does(f"milestone meet {ONE} 8 --on 2022-07-15")
    moved = officer.does(f"advance {ONE} --on 2022-07-15").out
    assert f"{ONE} moved from completion to completed." in moved


def test_part_1_is_sold_by_the_command_line(officer: Officer) -> None:
    choose_the_lead_bidder(officer)
    settle_terms(officer)
    decide(officer)
    answer_for_the_land(officer)
    exchange(officer)
    meet_conditions(officer)
    complete(officer)

    shown = officer.does(f"show {ONE} --as-of 2022-07-15 --json").json
    assert shown["stage"] == "completed"
    sale = next(line for line in shown["milestones"] if line["no"] == 8)
    assert (sale["met"], sale["baseline"]) == (True, "Jul 2022")
    told = officer.does(f"history {ONE} --json").json
    assert [entry["to_stage"] for entry in told if entry["act"] == "advance"] == [
        "heads_of_terms",
        "completion",
        "completed",
    ]
    statement = officer.does(f"completion statement {ONE} --as-of 2022-07-15 --json").json
    assert (statement["outstanding"], statement["net_receipt"]) == (0, 1_256_725_50)
    pace = officer.does("pace --since 2021-10-01 --as-of 2022-07-15 --json").json
    assert pace["years"] == [{"year": "2022/23", "completed": 1, "withdrawn": 0}]
    sold = {each["stage"]: each for each in pace["stages"] if each["number"]}
    assert [(stage, each["median"]) for stage, each in sold.items()] == [
        ("heads_of_terms", 111),  # 13 October 2021 to 1 February 2022
        ("completion", 164),
    ]
    assert pace["left_out"] == 1  # it was taken on at bid shortlist
    assert "is completed; nothing follows" in officer.is_refused(f"advance {ONE} --on 2022-07-16")

    # The land has left the estate; its other half, and what is known of both, stays.
    assert "left the council" not in officer.does("site show steele-avenue --as-of 2022-07-14").out
    page = officer.does("site show steele-avenue --as-of 2022-07-15 --json").json
    assert [part.get("left_the_council_on") for part in page["parts"]] == ["2022-07-15", None]
    assert "left_the_council_on" not in page
    assert len(officer.does("site history steele-avenue --json").json) >= len(page["parts"])


def test_the_proposal_on_a_site_sold_in_parts_can_be_corrected(officer: Officer) -> None:
    officer.does(
        "decision edit steele-avenue decision-1 --set price=1275000 --on 2021-10-01"
        " --because 'For the committee of 9 November 2021'"
    )
    [now, before] = officer.does("decision show steele-avenue decision-3 --json").json
    assert (now["price_pence"], before["price_pence"]) == (1_275_000_00, None)


def test_a_paper_is_kept_as_it_was_attached(officer: Officer, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Offers for Part 1 of the site were received from 6 parties.\n")
    officer.does(
        f"document add steele-avenue '{report}' --title 'Report, item 10' --kind report --open"
    )
    report.write_text("Offers for Part 1 of the site were received from 7 parties.\n")
    officer.does(f"document get steele-avenue 1 -o '{tmp_path / 'again.txt'}'")
    assert "from 6 parties" in (tmp_path / "again.txt").read_text()
