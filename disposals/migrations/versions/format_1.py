"""Format 1: What the first released format held."""

from disposals.migrations.building import Gained, Index, Table

revision, down_revision = "1", None
GAINED = Gained(
    tables={
        "register": Table(
            (
                "id whole, format whole, authority text, stands_on day?, example text?, "
                "made_at moment"
            ),
        ),
        "disposal": Table(
            (
                "ref text, name text, whole_ref text? -> disposal.ref, part_no whole?, "
                "authority text, officer text?, workflow text, workflow_version whole, "
                "stage text, held_on day?, held_because text?, review_on day?, opened_on day, "
                "version whole"
            ),
            key="ref",
            checks={"version_counts_acts": "version >= 1"},
        ),
        "site": Table(
            (
                "recorded_by text, recorded_at moment, ref text, name text, address text?, "
                "postcode text?, uprn text?, district text?, division text?, tenure text?, "
                "stated_area text?, holding_power text?, acquired_on_as_written text?, "
                "acquired_for text?, acquired_under_compulsion text, title_nos text?"
            ),
            key="ref",
        ),
        "holding": Table(
            (
                "id whole, disposal_ref text -> disposal.ref, site_ref text -> site.ref, "
                "part_no whole?, interest text?, share_percent whole"
            ),
            unique=(("disposal_ref", "site_ref"),),
            checks={"share_is_a_share": "share_percent > 0 AND share_percent <= 100"},
        ),
        "history_entry": Table(
            (
                "id whole, disposal_ref text -> disposal.ref, no whole, act text, by text, "
                "on day, at moment, because text?, from_stage text?, to_stage text, report text?, "
                "details text?"
            ),
            unique=(("disposal_ref", "no"),),
            is_deferred=True,
        ),
        "site_part": Table(
            (
                "recorded_by text, recorded_at moment, id whole, site_ref text -> site.ref, "
                "no whole, name text, purpose text"
            ),
            unique=(("site_ref", "no"),),
        ),
        "boundary": Table(
            (
                "recorded_by text, recorded_at moment, id whole, site_ref text -> site.ref, "
                "part_no whole?, revision whole, shape bytes, min_x number, min_y number, "
                "max_x number, max_y number, area_m2 number, source text, licence text?, "
                "accuracy_m number?, is_indicative yes-no, because text, effective_from day?, "
                "effective_as_written text?"
            ),
        ),
        "land_constraint": Table(
            (
                "recorded_by text, recorded_at moment, id whole, site_ref text -> site.ref, "
                "kind text, name text, shape bytes?, beneficiary text?, standing text, "
                "source text?"
            ),
        ),
        "occupation": Table(
            (
                "recorded_by text, recorded_at moment, id whole, site_ref text -> site.ref, "
                "use text, occupier text?, shape bytes?, began_as_written text?, "
                "ends_as_written text?, is_current text, notice_days whole?, source text?"
            ),
        ),
    },
    evidence={
        "waiver": "gate text, authority text, because text, until day?",
        "bid": (
            "campaign_no whole, bidder text, bid_version whole, received_on day?, "
            "received_as_written text?, price_pence whole?, vat_basis text?, conditions text?, "
            "standing text, standing_because text?"
        ),
        "valuation": "valuer text, value_pence whole, basis text, valued_on day",
        "consideration_reason": (
            "concern text, because text, advised_by text, secretary_of_state_consent text?, "
            "lapsed_on day?"
        ),
        "campaign": (
            "no whole, method text, agent text, scope text?, began_on day?, closes_on day?, "
            "closes_as_written text?, ended_on day?"
        ),
        "notice": (
            "site_ref text -> site.ref, newspaper text, first_on day, second_on day, "
            "objections_by day, objections whole?, considered_on day?"
        ),
        "milestone": "no whole, name text, owner text?",
        "milestone_date": (
            "milestone_no whole, kind text, earliest_on day, latest_on day, as_written text, "
            "is_reading yes-no, because text?"
        ),
        "declaration": "declared_on day?, as_written text?, declared_by text, because text",
        "circulation": (
            "circulated_to text, sent_on day?, reply_by day?, reply text?, is_claimed text"
        ),
        "consultation": "consultee text, capacity text, held_on day?, said text, answer text?",
        "option": (
            "no text, title text, is_do_nothing yes-no, splits_site yes-no, "
            "is_recommended yes-no, reasons_for text?, reasons_against text?"
        ),
        "direct_sale_reason": "buyer text, because text, advised_by text?",
        "land_answer": (
            "site_ref text -> site.ref, question text, answer text, basis text, checked_on day?"
        ),
        "consent": (
            "site_ref text? -> site.ref, kind text, title text, body text, needed_before text?, "
            "granted_on day?, reference text?"
        ),
        "moratorium_notice": "site_ref text -> site.ref, received_on day, bid_requested text",
        "title_report": (
            "site_ref text? -> site.ref, reported_on day, reported_by text, title_nos text?, "
            "finding text"
        ),
        "possession": "occupation text, ended_on day",
        "decision": (
            "number text, title text, taker text, delegated_to text?, is_key yes-no, "
            "key_criterion text?, notice_on day?, committee text?, considered_on day?, "
            "committee_outcome text?, taken_on day?, published_on day?, urgency text?, "
            "call_in_waived text?, reasons text?, alternatives text?, interests text?"
        ),
        "assessment": "kind text, outcome text, assessed_on day?",
        "heads_of_terms": (
            "terms_version whole, buyer text, price_pence whole, conditions text?, "
            "longstop_on day?, agreed_on day?, lapsed_on day?"
        ),
        "contract": (
            "exchanged_on day, buyer text, price_pence whole, is_conditional yes-no, "
            "longstop_on day?, lapsed_on day?"
        ),
        "condition": "title text, owner text, longstop_on day?, satisfied_on day?, lapsed_on day?",
        "deed": "form text, dated_on day, lapsed_on day?",
        "receipt": "amount_pence whole, kind text, received_on day",
    },
    indexes=(
        Index("disposal", ("stage",)),
        Index("disposal", ("whole_ref",)),
        Index("holding", ("disposal_ref",)),
        Index("holding", ("site_ref",)),
        Index("history_entry", ("disposal_ref",)),
        Index("site_part", ("site_ref",)),
        Index("boundary", ("site_ref",)),
        Index(
            "boundary",
            ("site_ref", "coalesce(part_no, 0)", "revision"),
            name="uq_boundary_site_ref_part_no_revision",
            is_unique=True,
        ),
        Index("land_constraint", ("site_ref",)),
        Index("occupation", ("site_ref",)),
    ),
)
upgrade, downgrade = GAINED.make, GAINED.drop
