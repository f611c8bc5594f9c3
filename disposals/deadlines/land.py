"""Clocks on the land: the moratorium on listed land, notices of open space, an offer back."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from disposals.deadlines.clock import DAY, Clock, Step, period, rule_on
from disposals.policy import Policy
from disposals.vocabulary import Known
from disposals.words import day

if TYPE_CHECKING:
    from disposals.records.notices import MoratoriumNotice, Notice, OfferBack

_LISTED = "the listing authority received notice of the sale"


class Moratorium(NamedTuple):
    """The three periods of Localism Act 2011 s.95(6), each beginning with the day of receipt."""

    interim: Clock
    full: Clock
    protected: Clock


def moratorium(notice: "MoratoriumNotice", policy: Policy) -> Moratorium:
    """The interim and full moratorium and the protected period of one listed site.

    The full one holds the sale back unless it is known that no community group asked to bid.
    """

    def run(which: str, name: str, *, holds: bool) -> Clock:
        return period(
            policy, f"land.community-value.{which}", notice.received_on, Step.EXCHANGE,
            name=f"{name} of {notice.site_ref}", about=notice.site_ref, counts_first=True,
            holds=holds, began=_LISTED,
        )  # fmt: skip

    full = run("full", "full moratorium", holds=notice.bid_requested is not Known.NO)
    asked = {
        Known.YES: "A community group asked to bid, so it runs in full.",
        Known.NO: "No community group asked to bid, so it does not hold the sale back.",
        Known.UNKNOWN: "Whether a community group asked to bid is not recorded.",
    }[notice.bid_requested]
    return Moratorium(
        run("interim", "interim moratorium", holds=True),
        replace(full, says=f"{full.says} {asked}", step=Step.EXCHANGE if full.holds else None),
        run("protected", "protected period", holds=False),
    )


def open_space(notice: "Notice", policy: Policy) -> Clock:
    """The time for objections after two notices in consecutive weeks (LGA 1972 s.123(2A)).

    The Act sets no length; the notice itself names the last day.
    """
    end, considered = notice.objections_by, notice.considered_on
    says = (
        f"Notices appeared on {day(notice.first_on)} and {day(notice.second_on)}; objections may "
        f"be made until {day(end)} and are considered after that, before contracts are exchanged. "
        + (f"They were considered on {day(considered)}." if considered else "")
    ).strip()
    return Clock(
        f"objections on open space at {notice.site_ref}", notice.site_ref, notice.first_on, end,
        Step.EXCHANGE, holds=True, earliest_on=max(end + DAY, considered or end),
        rule=rule_on(policy, "land.open-space", notice.first_on), says=says,
    )  # fmt: skip


def offer_back(offer: "OfferBack", policy: Policy) -> list[Clock]:
    """The former owner's time to reply, and then to agree terms and price.

    A refusal ends the first of them early.
    """
    about = offer.site_ref
    if offer.wanted is Known.NO:
        return []
    reply = period(
        policy, "land.offer-back.reply", offer.offered_on, Step.EXCHANGE,
        name=f"former owner's reply on {about}", about=about, counts_first=False, holds=True,
        began="the land was offered back",
    )  # fmt: skip
    if offer.wanted is not Known.YES or offer.wanted_on is None:
        return [reply]
    terms = period(
        policy, "land.offer-back.terms", offer.wanted_on, Step.EXCHANGE,
        name=f"terms with the former owner of {about}", about=about, counts_first=False,
        holds=True, began="the former owner wrote that they wish to buy",
    )  # fmt: skip
    if offer.terms_agreed_on is None:
        return [terms]
    price = period(
        policy, "land.offer-back.price", offer.terms_agreed_on, Step.EXCHANGE,
        name=f"price with the former owner of {about}", about=about, counts_first=False,
        holds=True, began="terms were agreed with the former owner",
    )  # fmt: skip
    return [price]
