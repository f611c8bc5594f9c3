"""What each audience may see: the one projection. What is not named here as open is exempt.

A field of a piece of evidence leaves for the public only if it is named here *and* its entry is
open on the day asked: declared so, or released. Everything else is exempt (LGA 1972 s.100A,
Schedule 12A).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from disposals.disclosure.openness import Openness, Ruling, openness_of
from disposals.exemption import IN_NEGOTIATION, MEMBERS_MAY_SEE
from disposals.records.base import Evidence
from sites.record import Record


class Audience(StrEnum):
    """Who will read it."""

    PUBLIC = "public"
    MEMBER = "member"
    OFFICER = "officer"


_BROWNFIELD = (
    "OrganisationURI OrganisationLabel SiteReference SiteNameAddress SiteplanURL GeoX GeoY "
    "Hectares OwnershipStatus Deliverable PlanningStatus PermissionType PermissionDate "
    "PlanningHistory MinNetDwellings NetDwellingsRangeFrom NetDwellingsRangeTo HazardousSubstances "
    "Notes FirstAddedDate LastUpdatedDate EndDate"
)
OPEN: Mapping[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        # records
        "site": "ref name address postcode uprn district division tenure stated_area",
        "site_part": "site_ref no name purpose",
        "boundary": "site_ref part_no revision area_m2 origin source licence accuracy_m "
        "is_indicative effective_from effective_as_written effective_to "
        "effective_to_as_written",
        "disposal": "ref name whole_ref part_no authority stage workflow opened_on",
        "holding": "site_ref part_no interest share_percent",
        "history_entry": "act on from_stage to_stage",
        "declaration": "declared_on as_written declared_by authority because source",
        "consultation": "consultee capacity held_on said answer source",
        "option": "no title is_do_nothing is_own_development splits_site parts is_recommended "
        "reasons_for reasons_against source",
        "campaign": "no method agent scope particulars advertised_in began_on closes_on "
        "closes_at closes_as_written late_rule source",
        "notice": "site_ref newspaper first_on second_on objections_by considered_on source",
        "consent": "kind title body needed_before granted_on reference source",
        "decision": "number title taker proposed_by delegated_to is_key key_criterion notice_on "
        "committee considered_on committee_outcome taken_on published_on urgency call_in_waived "
        "reasons alternatives interests divisions exception exception_on exception_agreed_by "
        "implementation implemented_on withdrawn_on withdrawn_because source",
        "referral": "number committee meeting_on report_published_on late_because considered_on "
        "recommendation amended abstentions source",
        "private_meeting": "number meeting_on notice_on second_notice_on agreed_by source",
        "call_in": "number called_in_on called_in_by because outcome outcome_on confirmed_on "
        "source",
        "document": "title kind source",
        "paper_section": "paper section text source",
        "departure": "site_ref part_no left_on boundary_revision area_m2",
        "assessment": "kind outcome assessed_on source",
        "milestone": "no name owner mark only_if source",
        "milestone_date": "milestone_no kind earliest_on latest_on as_written is_reading source",
        "milestone_link": "milestone_no after_no lag lag_unit is_undone",
        "milestone_condition": "title outcome decided_on source",
        # A classification's reason is given in words that may be published, and an answer to a
        # request in words that go out; the rows themselves are exempt, so that none is counted.
        "classification": "because",
        "information_request": "reference received_on answered_on outcome exemptions "
        "public_interest",
        # The work programme is a published paper.
        "meeting": "no committee held_on is_under_review is_cancelled because",
        "programme_item": "no meeting_no title kind disposal_ref added_by added_on because",
        # views
        "exemption": "paragraphs",
        "forthcoming_decision": "number title taker is_key key_criterion notice_on not_before "
        "urgency restriction considered_by references",
        "case_line": "reference name stage part_of overdue next_milestone",
        "milestone_line": "reference no name owner when earliest_on latest_on kind is_reading "
        "met is_overdue source",
        "gantt_row": "reference name stage part_of part_no bars",
        "gantt_bar": "no name when earliest_on latest_on state is_reading mark owner hangs_on "
        "baseline baseline_earliest_on baseline_latest_on",
        # sums of enough cases, rounded (open_receipts.py)
        "receipts_period": "period cases received secured to_come total target",
        "site_line": "reference name district area_hectares located_by parts disposals",
        "map_feature": "kind reference name site part purpose stage disposal district tenure "
        "located_by area_hectares area_acres boundary_from boundary_source is_indicative licence "
        "revision edition",
        # registers that the law has published (Local Government Transparency Code 2015, Part 2;
        # Town and Country Planning (Brownfield Land Register) Regulations 2017, Schedule 2)
        "transparency-code": "OrganisationLabel OrganisationURI EffectiveDate UPRN AssetCode "
        "PropertyName StreetNumber StreetName PostTown PostCode CoordinateReferenceSystem GeoX "
        "GeoY TenureType TenureDetail OtherDetail HoldingType BuildingSize LandArea EnergyRating",
        "brownfield": _BROWNFIELD,
        "brownfield-2017": f"{_BROWNFIELD} CoordinateReferenceSystem PreviouslyPartOf "
        "ProposedForPIP DevelopmentDescription NonHousingDevelopment Part2 SiteInformation",
    }.items()
}


# These open by an act alone: a classification with its reason, or the release that it set. Members
# see them while they are exempt under paragraphs that s.100F(2A) opens to them. What names a person
# or holds legal advice stands in neither list.
OPENED: Mapping[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "circulation": "circulated_to sent_on reply_by reply is_claimed source",
        "option": "benefits risks",
        "direct_sale_reason": "buyer because source",
        "criterion": "scored title weight_percent most_points source",
        "score": "scored campaign_no subject criterion points source",
        "likelihood": "campaign_no bidder condition percent because source",
        "option_figure": "option_no flow what amount_pence year source",
        "land_answer": "site_ref question answer checked_on source",
        "title_report": "site_ref reported_on title_nos source",
        "possession": "occupation ended_on source",
        "moratorium_notice": "site_ref received_on bid_requested source",
        "campaign": "asks_price_per_point ended_on",
        "enquiry": "campaign_no kind number noted_on source",
        "bid": "campaign_no bidder bid_version round_no received_on received_at "
        "received_as_written price_pence vat_basis deposit_pence payments "
        "other_consideration_note other_consideration_pence overage overage_guaranteed_pence "
        "overage_after_months abnormal_costs_pence subject_to_planning subject_to_funding "
        "subject_to_board conditions s106_pence cil_pence units affordable_percent proof_of_funds "
        "exclusivity_weeks longstop_on is_compliant is_late standing standing_because source",
        "opening": "campaign_no opened_on bids_opened source",
        "bid_round": "campaign_no no asks reply_by source",
        "valuation": "valuer value_pence basis valued_on source",
        "consideration_reason": "concern because purpose secretary_of_state_consent source",
        "decision": "buyer price_pence area_m2 fallback floor_price_pence",
        "approval": "name approver approved_on because source",
        "heads_of_terms": "terms_version buyer price_pence deposit_pence payments conditions "
        "longstop_on overage overage_guaranteed_pence overage_after_months clawback "
        "easements_reserved collaboration_agreement exclusivity_until area_m2 seller_agreed_on "
        "buyer_agreed_on agreed_on source",
        "clause": "terms_version no heading text longstop_on is_struck_out source",
        "contract": "exchanged_on buyer price_pence is_conditional deposit_pence overage "
        "overage_guaranteed_pence overage_until area_m2 longstop_on source",
        "condition": "title owner longstop_on satisfied_on waived_on source",
        "deed": "form dated_on title_nos boundary_revision source",
        "receipt": "amount_pence kind received_on source",
        "statement_line": "kind what amount_pence source",
        "holding_cost": "what monthly_pence from_on until_on source",
        "waiver": "gate authority because until source",
        "document": "file_name sha256 size_bytes",
    }.items()
}


def may_see(row: Record, audience: Audience, *, on: date | None = None) -> bool:
    """Whether an audience may know of a row at all.

    Args:
        on: the day asked about; without it the day that the register is asked on.
    """
    if audience is Audience.OFFICER or not isinstance(row, Evidence):
        return True
    openness = openness_of(row)
    ruling = openness.ruling(row, on=on)
    return ruling.is_open or (
        audience is Audience.MEMBER and _is_for_members(row, ruling, openness, on)
    )


def visible(name: str, values: Mapping[str, Any], audience: Audience) -> dict[str, Any]:
    """The values that an audience may see of a view or record of that name, in their order."""
    if audience is Audience.OFFICER:
        return dict(values)
    allowed = OPEN.get(name, frozenset())
    return {field: value for field, value in values.items() if field in allowed}


def fields_of(row: Record, audience: Audience, *, on: date | None = None) -> dict[str, Any]:
    """The fields of a row that an audience may see, less what gives away what it may not see.

    Args:
        on: the day asked about; without it the day that the register is asked on.
    """
    values = {name: getattr(row, name) for name in type(row).model_fields}
    if audience is Audience.OFFICER or not isinstance(row, Evidence):
        return visible(str(row.__tablename__), values, audience)
    allowed = _allowed(row, audience, on)
    if not allowed:
        return {}
    given_away = openness_of(row).given_away(
        row, lambda other: _allowed(other, audience, on), (audience.value, on)
    )
    return {
        field: value
        for field, value in values.items()
        if field in allowed and field not in given_away
    }


def openable(name: str, *, is_declared: bool = True) -> frozenset[str]:
    """The fields of a record that open with its entry.

    Args:
        is_declared: it was classified with a reason, and not only recorded as open.
    """
    opened = OPENED.get(name, frozenset()) if is_declared else frozenset()
    return OPEN.get(name, frozenset()) | opened


def _allowed(row: Evidence, audience: Audience, on: date | None) -> frozenset[str]:
    """The fields that an audience may see, before what could be worked out from them."""
    openness, name = openness_of(row), str(row.__tablename__)
    ruling = openness.ruling(row, on=on)
    allowed: frozenset[str] = frozenset()
    if ruling.is_open:
        allowed = openable(name, is_declared=ruling.is_declared)
    if audience is Audience.MEMBER and _is_for_members(row, ruling, openness, on):
        allowed = openable(name)
    for field, own in openness.of_fields(row, on=on).items():
        if field in openable(name) and (
            own.is_open or (audience is Audience.MEMBER and _is_for_members(row, own, openness, on))
        ):
            allowed |= {field}
        else:
            allowed -= {field}
    return allowed


def _is_for_members(row: Evidence, ruling: Ruling, openness: Openness, on: date | None) -> bool:
    """Whether what is exempt is open to members all the same (LGA 1972 s.100F(2A))."""
    name = str(row.__tablename__)
    if not ruling.paragraphs or not MEMBERS_MAY_SEE.issuperset(ruling.paragraphs):
        return False
    if getattr(row, "sealed", None) is not None or name not in OPEN.keys() | OPENED.keys():
        return False
    return name not in IN_NEGOTIATION or openness.is_exchanged(row, on=on)
