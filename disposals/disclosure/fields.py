"""What each audience may see: the allow-list of open fields. What is not named here is exempt.

A field of a piece of evidence leaves for the public only if it is named here *and* its row was
declared open. Everything is exempt unless declared open (LGA 1972 s.100A, Schedule 12A).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from disposals.records.base import Evidence
from disposals.vocabulary import Disclosure
from sites.record import Record


class Audience(StrEnum):
    """Who will read it."""

    PUBLIC = "public"
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
        "option": "no title is_do_nothing splits_site parts is_recommended reasons_for "
        "reasons_against source",
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
        "departure": "site_ref part_no left_on boundary_revision area_m2",
        "assessment": "kind outcome assessed_on source",
        "milestone": "no name owner mark only_if source",
        "milestone_date": "milestone_no kind earliest_on latest_on as_written is_reading source",
        "milestone_link": "milestone_no after_no lag lag_unit is_undone",
        "milestone_condition": "title outcome decided_on source",
        # views
        "forthcoming_decision": "number title taker is_key key_criterion notice_on not_before "
        "urgency restriction considered_by references",
        "case_line": "reference name stage part_of overdue next_milestone",
        "milestone_line": "reference no name owner when earliest_on latest_on kind is_reading "
        "met is_overdue source",
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


def may_see(row: Record, audience: Audience) -> bool:
    """Whether an audience may know of a row at all."""
    if audience is Audience.OFFICER or not isinstance(row, Evidence):
        return True
    return row.disclosure is Disclosure.OPEN


def visible(name: str, values: Mapping[str, Any], audience: Audience) -> dict[str, Any]:
    """The values that an audience may see of a view or record of that name, in their order."""
    if audience is Audience.OFFICER:
        return dict(values)
    allowed = OPEN.get(name, frozenset())
    return {field: value for field, value in values.items() if field in allowed}


def fields_of(row: Record, audience: Audience) -> dict[str, Any]:
    """The fields of a row that an audience may see; none where the row itself is exempt."""
    if not may_see(row, audience):
        return {}
    values = {name: getattr(row, name) for name in type(row).model_fields}
    return visible(str(row.__tablename__), values, audience)
