"""The interest that marketing drew, counted for officers."""

from collections import Counter

from disposals.finding import find_case, own_in_force
from disposals.records.interest import Enquiry
from disposals.records.marketing import Campaign
from disposals.register import Register
from disposals.vocabulary import Interested


def interest(register: Register, ref: str) -> dict[int, dict[str, int]]:
    """By campaign, how many viewings and enquiries there were.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        find_case(session, ref)
        campaigns = own_in_force(session, Campaign, ref)
        logged = own_in_force(session, Enquiry, ref)
    found: dict[int, Counter[str]] = {campaign.no: Counter() for campaign in campaigns}
    for each in logged:
        found.setdefault(each.campaign_no, Counter())[each.kind.value] += each.number
    return {
        no: {kind.value: counts[kind.value] for kind in Interested} for no, counts in found.items()
    }
