"""Format 3: bids, terms and documents in full."""

from disposals.migrations.building import Gained, Index, Table

revision, down_revision = "3", "2"
GAINED = Gained(
    tables={
        "own_workflow": Table(
            ("id whole, name text, version whole, text text, recorded_by text, recorded_at moment"),
            unique=(("name", "version"),),
        ),
    },
    evidence={
        "opening": (
            "campaign_no whole, opened_on day, first_opener text, second_opener text, "
            "bids_opened whole"
        ),
        "bid_round": "campaign_no whole, no whole, asked_of text, asks text, reply_by day?",
        "likelihood": (
            "campaign_no whole, bidder text, condition text, percent whole, because text, "
            "advised_by text?"
        ),
        "enquiry": "campaign_no whole, kind text, number whole, noted_on day, note text?",
        "clause": (
            "terms_version whole, no text, heading text, text text, longstop_on day?, "
            "is_struck_out yes-no"
        ),
        "approval": "name text, approver text, approved_on day, because text?, lapsed_on day?",
        "option_figure": "option_no text, flow text, what text, amount_pence whole, year whole",
        "criterion": "scored text, title text, weight_percent whole, most_points whole",
        "score": (
            "scored text, campaign_no whole?, subject text, criterion text, points whole, "
            "because text"
        ),
        "statement_line": "kind text, what text, amount_pence whole, lapsed_on day?",
        "departure": (
            "site_ref text -> site.ref, part_no whole?, left_on day, boundary_revision whole?, "
            "area_m2 number?"
        ),
        "document": "title text, kind text, file_name text, sha256 text, size_bytes whole",
    },
    columns={
        "bid": (
            "round_no whole = 0, received_at text?, deposit_pence whole?, payments text?, "
            "other_consideration_note text?, other_consideration_pence whole?, overage text?, "
            "overage_guaranteed_pence whole?, overage_after_months whole?, "
            "abnormal_costs_pence whole?, subject_to_planning yes-no = no, "
            "subject_to_funding yes-no = no, subject_to_board yes-no = no, s106_pence whole?, "
            "cil_pence whole?, units whole?, affordable_percent whole?, proof_of_funds text?, "
            "exclusivity_weeks whole?, longstop_on day?, is_compliant yes-no = yes, "
            "is_late yes-no = no, sealed text?"
        ),
        "consideration_reason": "purpose text?, signed_off_by text?",
        "campaign": (
            "particulars text?, advertised_in text?, closes_at text?, late_rule text?, "
            "asks_price_per_point yes-no = no, first_opener text?, second_opener text?, "
            "public_key text?, locked_key text?"
        ),
        "heads_of_terms": (
            "deposit_pence whole?, payments text?, overage text?, "
            "overage_guaranteed_pence whole?, overage_after_months whole?, clawback text?, "
            "easements_reserved text?, collaboration_agreement text?, seller_solicitor text?, "
            "buyer_solicitor text?, exclusivity_until day?, area_m2 number?, "
            "seller_agreed_on day?, buyer_agreed_on day?"
        ),
        "decision": (
            "proposed_by text?, buyer text?, price_pence whole?, area_m2 number?, fallback text?, "
            "floor_price_pence whole?"
        ),
        "declaration": "authority text?",
        "option": "parts text?, benefits text?, risks text?",
        "contract": (
            "deposit_pence whole?, overage text?, overage_guaranteed_pence whole?, "
            "overage_until day?, area_m2 number?"
        ),
        "condition": "waived_on day?, waived_by text?, waived_because text?",
        "deed": "title_nos text?, boundary_revision whole?",
    },
    indexes=(Index("departure", ("site_ref",)),),
)
upgrade, downgrade = GAINED.make, GAINED.drop
