"""No path skips a gate: random acts on a real register against an independent table."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from disposals.casework import (
    bids,
    cases,
    completion,
    evidence,
    marketing,
    moves,
    offers,
    opening,
    recording,
    returns,
    sites,
    terms,
    waivers,
)
from disposals.disclosure.cases import history
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import AlreadyRecorded, BadFact, NoneReady, NotAllowed, NotRecorded
from disposals.finding import own_in_force
from disposals.records.terms import HeadsOfTerms
from disposals.register import create_register, open_register
from tests.conftest import AT, stamp
from workflows.errors import NoSuchMove, NoSuchStage

REF = "mill-lane"
TODAY = date(2021, 9, 30)
PRICE = 90_000_000
ONWARD = {
    "surplus_declaration": "options_appraisal",
    "options_appraisal": "marketing",
    "marketing": "bid_shortlist",
    "bid_shortlist": "heads_of_terms",
    "heads_of_terms": "completion",
    "completion": "completed",
}
BACK = {
    "options_appraisal": {"surplus_declaration"},
    "marketing": {"options_appraisal"},
    "bid_shortlist": {"marketing", "options_appraisal"},
    "heads_of_terms": {"bid_shortlist", "marketing", "options_appraisal"},
    "completion": {"heads_of_terms", "bid_shortlist", "marketing"},
}
QUESTIONS = (
    "other-purpose", "open-space", "community-value", "school", "housing", "allotment",
    "highway", "trust",
)  # fmt: skip
GATES = {
    "surplus_declaration": ["surplus.declared", "surplus.circulated"],
    "options_appraisal": [
        "options.appraised", "land.crichel-down", "land.consents-before-marketing",
        "marketing.agent-appointed",
    ],
    "marketing": ["marketing.closed", "bids.received", "offers.opened"],
    "bid_shortlist": [
        "bids.received", "offers.opened", "offers.late-decided", "bids.shortlisted",
        "bids.preferred", "bids.best-consideration",
    ],
    "heads_of_terms": [
        "surplus.declared", "options.appraised", "land.crichel-down", "land.holding-power",
        "land.open-space", "land.community-value", "land.school", "land.housing",
        "land.allotment", "land.highway", "land.trust", "land.title",
        "land.dissolution-direction", "bids.preferred", "bids.best-consideration",
        "bids.valuation-current", "bids.undervalue", "bids.signed-off", "bids.subsidy",
        "decisions.key-test", "decisions.within-delegation", "decisions.not-own-proposal",
        "decisions.notice-given", "decisions.in-force", "decisions.local-member-consulted",
        "terms.agreed", "terms.within-decision",
    ],
    "completion": [
        "completion.conditions-satisfied", "completion.within-terms", "completion.deed",
        "completion.plan", "completion.deposit", "completion.receipt", "completion.adds-up",
    ],
}  # fmt: skip
LAW = {
    "land.holding-power", "land.open-space", "land.community-value", "land.school",
    "land.housing", "land.allotment", "land.highway", "land.trust",
    "land.dissolution-direction", "bids.best-consideration", "bids.undervalue", "bids.subsidy",
    "decisions.notice-given", "decisions.private-meeting", "decisions.in-force",
    "completion.deed",
    "decisions.key-test", "completion.plan",
}  # fmt: skip
NEVER_ASKED = {
    "offers.opened", "offers.late-decided", "bids.signed-off", "terms.within-decision",
    "land.consents-before-marketing", "land.dissolution-direction",
}  # fmt: skip
SINGLE: dict[str, dict[str, Any]] = {
    "declaration": {"declared_by": "Highways", "because": "Closed", "declared_on": TODAY},
    "circulation": {"circulated_to": "All", "reply_by": date(2021, 9, 1)},
    "consultation": {
        "consultee": "Local member", "capacity": "local member", "said": "Content",
        "held_on": TODAY,
    },
    "title_report": {"reported_by": "Law", "reported_on": TODAY, "finding": "Clean"},
    "valuation": {"valuer": "V", "value_pence": PRICE, "valued_on": TODAY},
    "decision": {
        "number": "21/00077", "title": "Sell", "taker": "Director", "is_key": False,
        "proposed_by": "Surveyor",
        "taken_on": date(2021, 9, 1), "published_on": date(2021, 9, 1),
    },
    "deed": {"form": "TR1", "dated_on": TODAY},
    "receipt": {"amount_pence": PRICE, "received_on": TODAY},
    "crichel": {"question": "crichel-down", "answer": "no", "basis": "Bought by agreement"},
}  # fmt: skip

RECORDS = {
    "surplus.declared": "declaration",
    "surplus.circulated": "circulation",
    "land.crichel-down": "crichel",
    "land.title": "title_report",
    "bids.valuation-current": "valuation",
    "decisions.key-test": "decision",
    "decisions.within-delegation": "decision",
    "decisions.not-own-proposal": "decision",
    "decisions.notice-given": "decision",
    "decisions.private-meeting": "decision",
    "decisions.committee-first": "decision",
    "decisions.in-force": "decision",
    "decisions.local-member-consulted": "consultation",
}

PAPERS = {
    "completion.deed": "deed",
    "completion.plan": "deed",
    "completion.receipt": "receipt",
    "completion.adds-up": "receipt",
}


class Sale(RuleBasedStateMachine):
    """A case acted on at random, beside what an independent reader says must come of it."""

    @initialize(start=st.sampled_from(list(ONWARD)), data=st.data())
    def open(self, start: str, data: st.DataObject) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "register.sqlite"
        create_register(path, authority="kent", at=AT)
        self.register = open_register(path)
        sites.add_site(self.register, REF, {"name": "Land"}, stamp())
        opening.open_case(self.register, REF, stamp(), name="Land", holds=[opening.Share(REF)])
        self.stage, self.held = "surplus_declaration", False
        self.has: set[str] = set()
        self.waived: set[str] = set()
        self.bidders: dict[str, str] = {}
        self.campaigns, self.running = 0, False
        self.terms: str | None = None
        self.count = 0
        while self.stage != start:
            if self.may_advance():
                self.advance()
            else:
                self.clear_an_open_gate(data)

    def teardown(self) -> None:
        if hasattr(self, "register"):
            self.register.close()
            shutil.rmtree(self.folder)

    @property
    def seen(self) -> int:
        return versions(self.register, REF)[REF]

    @property
    def going(self) -> bool:
        return self.stage in ONWARD

    def preferred(self) -> list[str]:
        return [name for name, standing in self.bidders.items() if standing == "preferred"]

    def met(self, gate: str) -> bool:
        preferred = self.preferred()
        answers: dict[str, Callable[[], bool]] = {
            "surplus.declared": lambda: "declaration" in self.has,
            "surplus.circulated": lambda: "circulation" in self.has,
            "options.appraised": lambda: "options" in self.has,
            "land.crichel-down": lambda: "crichel" in self.has,
            "land.title": lambda: "title_report" in self.has,
            "marketing.agent-appointed": lambda: self.running,
            "marketing.closed": lambda: self.running,
            "bids.received": lambda: bool(self.bidders),
            "bids.shortlisted": lambda: (
                bool(self.bidders) and "received" not in self.bidders.values()
            ),
            "bids.preferred": lambda: bool(preferred),
            "bids.best-consideration": lambda: bool(preferred),
            "bids.valuation-current": lambda: "valuation" in self.has,
            "bids.undervalue": lambda: "valuation" in self.has and self.has_price(),
            "bids.subsidy": lambda: "valuation" in self.has and self.has_price(),
            "decisions.key-test": lambda: "decision" in self.has,
            "decisions.within-delegation": lambda: "decision" in self.has,
            "decisions.not-own-proposal": lambda: "decision" in self.has,
            "decisions.notice-given": lambda: "decision" in self.has,
            "decisions.private-meeting": lambda: "decision" in self.has,
            "decisions.committee-first": lambda: "decision" in self.has,
            "decisions.in-force": lambda: "decision" in self.has,
            "decisions.local-member-consulted": lambda: "consultation" in self.has,
            "terms.agreed": lambda: (
                self.terms is not None and (not preferred or self.terms in preferred)
            ),
            "completion.conditions-satisfied": lambda: "contract" in self.has,
            "completion.deed": lambda: {"contract", "deed"} <= self.has,
            "completion.receipt": lambda: {"contract", "receipt"} <= self.has,
            "completion.adds-up": lambda: {"contract", "receipt"} <= self.has,
            "completion.deposit": lambda: "contract" in self.has,
            "completion.plan": lambda: "deed" in self.has,
            "completion.within-terms": lambda: (
                "contract" in self.has and self.contracted == self.terms
            ),
        } | {gate: lambda: True for gate in NEVER_ASKED}
        if gate in answers:
            return answers[gate]()
        return "answers" in self.has

    def has_price(self) -> bool:
        return bool(self.everyone_preferred) or self.terms is not None

    @property
    def everyone_preferred(self) -> list[str]:
        """The preferred of any campaign: a price stands until it falls through."""
        return self.preferred() + getattr(self, "left_behind", [])

    def may_advance(self) -> bool:
        if self.held:
            return False
        return all(
            self.met(gate) or (gate in self.waived and gate not in LAW)
            for gate in GATES[self.stage]
        )

    @precondition(lambda self: self.going)
    @rule(what=st.sampled_from(sorted(SINGLE)))
    def record(self, what: str) -> None:
        kind = "land_answer" if what == "crichel" else what
        if what == "receipt" and "contract" not in self.has:
            with pytest.raises((AlreadyRecorded, NotRecorded)):
                recording.record(self.register, REF, kind, SINGLE[what], stamp(), seen=self.seen)
            return
        if what == "receipt" and "receipt" in self.has:
            if "contract" in self.has:
                with pytest.raises((AlreadyRecorded, BadFact)):
                    recording.record(
                        self.register, REF, kind, SINGLE[what], stamp(), seen=self.seen
                    )
            return
        if what == "decision" and "decision" in self.has:
            with pytest.raises((AlreadyRecorded, NotAllowed)):
                recording.record(self.register, REF, kind, SINGLE[what], stamp(), seen=self.seen)
            return
        try:
            recording.record(self.register, REF, kind, SINGLE[what], stamp(), seen=self.seen)
        except AlreadyRecorded:
            assert self.has & {what, "answers"}
            return
        self.has.add(what)

    @precondition(lambda self: self.going and self.terms)
    @rule()
    def exchange(self) -> None:
        facts = {
            "exchanged_on": TODAY, "buyer": self.terms, "price_pence": PRICE,
            "is_conditional": False,
        }  # fmt: skip
        completion.exchanged(self.register, REF, facts, stamp(), seen=self.seen)
        self.has.add("contract")
        self.contracted = self.terms

    @precondition(lambda self: self.going and "answers" not in self.has)
    @rule()
    def answer_for_the_land(self) -> None:
        for question in QUESTIONS:
            facts = {"question": question, "answer": "no", "basis": "Searches"}
            evidence.add(self.register, REF, "land_answer", facts, stamp(), seen=self.seen)
        self.has.add("answers")

    @precondition(lambda self: self.going and "options" not in self.has)
    @rule()
    def appraise(self) -> None:
        for facts in (
            {"no": "1", "title": "Keep", "is_do_nothing": True},
            {"no": "2", "title": "Sell", "is_recommended": True, "reasons_for": "No use"},
        ):
            evidence.add(self.register, REF, "option", facts, stamp(), seen=self.seen)
        self.has.add("options")

    @precondition(lambda self: self.going and self.campaigns < 3)
    @rule()
    def begin_campaign(self) -> None:
        facts: dict[str, Any] = {
            "method": "open market", "agent": "An agent", "closes_on": date(2021, 9, 1),
        }  # fmt: skip
        marketing.begin(self.register, REF, facts, stamp(), seen=self.seen)
        if self.running:  # a first campaign, or one after an end, takes in the bids before it
            self.left_behind = self.everyone_preferred
            self.bidders = {}
        self.campaigns, self.running = self.campaigns + 1, True

    @precondition(lambda self: self.going and self.count < 8)
    @rule()
    def bid(self) -> None:
        self.count += 1
        facts = {"bidder": f"Bidder {self.count}", "price_pence": PRICE}
        offers.receive(self.register, REF, facts, stamp(), seen=self.seen)
        self.bidders[facts["bidder"]] = "received"  # type: ignore[index]

    @precondition(lambda self: self.going and self.bidders)
    @rule()
    def shortlist(self) -> None:
        taken = list(self.bidders)
        bids.shortlist(self.register, REF, taken, stamp(), seen=self.seen, because="All of them")
        self.bidders = dict.fromkeys(taken, "shortlisted") | dict.fromkeys(
            self.preferred(), "preferred"
        )

    @precondition(lambda self: self.going and self.bidders)
    @rule(data=st.data())
    def prefer(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.bidders)))
        bids.prefer(self.register, REF, chosen, stamp(), seen=self.seen, because="The best")
        for name in self.preferred():
            self.bidders[name] = "shortlisted"
        self.bidders[chosen] = "preferred"

    @precondition(lambda self: self.going and self.preferred())
    @rule()
    def agree_terms(self) -> None:
        [buyer] = self.preferred()
        terms.draft(
            self.register, REF, {"buyer": buyer, "price_pence": PRICE}, stamp(), seen=self.seen
        )
        with self.register.read() as session:
            number = own_in_force(session, HeadsOfTerms, REF)[-1].terms_version
        terms.agree(self.register, REF, stamp(), seen=self.seen, version=number, agreed_on=TODAY)
        self.terms = buyer

    @precondition(lambda self: self.going and not self.may_advance())
    @rule(data=st.data())
    def clear_an_open_gate(self, data: st.DataObject) -> None:
        """Lead the case on, so that the later stages are met with as often as the first."""
        gate = next((gate for gate in GATES[self.stage] if not self.met(gate)), "held")
        acts: dict[str, Callable[[], None]] = {
            "held": self.hold_or_resume,
            "options.appraised": self.appraise,
            "marketing.agent-appointed": self.begin_campaign,
            "marketing.closed": self.begin_campaign,
        }
        if gate in acts:
            acts[gate]()
        elif gate in RECORDS:
            self.record(RECORDS[gate])
        elif gate.startswith("completion.") and "contract" not in self.has and self.terms:
            self.exchange()
        elif gate in PAPERS and "contract" in self.has:
            self.record(PAPERS[gate])
        elif gate == "completion.within-terms":
            self.go_back(to="heads_of_terms")
        elif gate.startswith("land."):
            self.answer_for_the_land()
        else:
            self.find_a_buyer(gate, data)

    def find_a_buyer(self, gate: str, data: st.DataObject) -> None:
        if not self.bidders:
            self.bid()
        elif gate == "bids.shortlisted":
            self.shortlist()
        elif not self.preferred():
            self.prefer(data)
        elif gate.startswith(("terms.", "completion.")):
            self.agree_terms()
        else:
            self.record("valuation")

    @rule()
    def advance(self) -> None:
        event(f"advance at {self.stage}")
        seen = {REF: self.seen}
        if not self.going:
            with pytest.raises(NotAllowed):
                moves.advance(self.register, REF, stamp(), seen=seen)
        elif self.may_advance():
            outcome = moves.advance(self.register, REF, stamp(), seen=seen)
            assert outcome.moved[0].to_stage == ONWARD[self.stage]
            self.stage = ONWARD[self.stage]
        else:
            with pytest.raises(NoneReady):
                moves.advance(self.register, REF, stamp(), seen=seen)

    @rule(to=st.sampled_from([*ONWARD, "completed", "withdrawn", "in_parts", "moon"]))
    def go_back(self, to: str) -> None:
        def act() -> None:
            returns.back(self.register, REF, stamp(), seen=self.seen, to=to, because="Fell through")

        if self.going and not self.held and to in BACK.get(self.stage, set()):
            act()
            self.stage = to
            self.has -= {"contract", "deed"}
            if to == "heads_of_terms":  # the buyer stays; the terms are settled anew
                return
            self.bidders = {
                name: standing for name, standing in self.bidders.items() if standing != "preferred"
            }
            self.left_behind = []
            self.terms = None
            if to != "bid_shortlist" and self.campaigns:  # marketed again, or not yet
                self.bidders, self.running = {}, False
        else:
            with pytest.raises((NoSuchMove, NoSuchStage, NotAllowed)):
                act()

    @rule(gate=st.sampled_from(sorted({gate for each in GATES.values() for gate in each})))
    def waive(self, gate: str) -> None:
        def act() -> None:
            waivers.waive(
                self.register, REF, gate, stamp(), seen=self.seen,
                authority="Director", because="No need",
            )  # fmt: skip

        if not self.going or gate in LAW:
            with pytest.raises(NotAllowed):
                act()
        else:
            act()
            self.waived.add(gate)

    @precondition(lambda self: self.going)
    @rule()
    def hold_or_resume(self) -> None:
        if self.held:
            cases.resume(self.register, REF, stamp(), seen=self.seen)
        else:
            cases.hold(self.register, REF, stamp(), seen=self.seen, because="Waiting")
        self.held = not self.held

    @precondition(lambda self: self.going and self.stage == "completion")
    @rule()
    def withdraw(self) -> None:
        returns.withdraw(self.register, REF, stamp(), seen=self.seen, because="Kept")
        self.stage = "withdrawn"

    @invariant()
    def the_stage_is_where_the_table_and_the_history_say(self) -> None:
        if not hasattr(self, "register"):
            return
        entries = history(self.register, REF, audience=Audience.OFFICER)
        stage = "surplus_declaration"
        for no, entry in enumerate(entries, start=1):
            assert entry["no"] == no
            assert entry["from_stage"] in {None, stage}
            stage = entry["to_stage"]
        assert stage == self.stage


TestSale = Sale.TestCase
TestSale.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
