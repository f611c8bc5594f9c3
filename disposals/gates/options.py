"""Gates on the options appraisal, and on selling to one buyer without marketing."""

from disposals.casefile import CaseFile
from disposals.gates import gate, to_edit
from disposals.records.options import Option
from disposals.words import counted, listed
from workflows.gates import Answer, by, met, not_applicable, unmet


@gate(
    "options.appraised",
    asks="Are the options appraised and one of them recommended?",
    rule="options.minimum",
    owner="estates officer",
    remedy="option add",
    reads=(Option,),
)
def appraised(file: CaseFile) -> Answer:
    """One option is no appraisal, and an appraisal without a recommendation decides nothing."""
    options = file.of(Option)
    least = file.policy.number("options.minimum")
    if len(options) < least:
        found = counted(len(options), "option is", "options are") if options else "No option is"
        return unmet(f"{found} recorded; at least {least} are asked for.")
    chosen = [option for option in options if option.is_recommended]
    if not chosen:
        return unmet(f"One option must be recommended; of {len(options)}, none is.")
    if len(chosen) > 1:
        which = listed(option.no for option in chosen)
        return unmet(
            f"One option must be recommended; of {len(options)}, {which} are. Correct all but one.",
            remedy=to_edit(file, "option edit", chosen[0], "recommended", "no"),
        )
    if not chosen[0].reasons_for:
        return unmet(
            f"Option {chosen[0].no} is recommended without reasons.",
            remedy=to_edit(file, "option edit", chosen[0], "reasons-for"),
        )
    return met(f"Option {chosen[0].no} is recommended of {len(options)} appraised.")


@gate(
    "options.do-nothing-appraised",
    asks="Is keeping the land among the options?",
    rule="options.do-nothing",
    owner="estates officer",
    remedy="option add --do-nothing",
    reads=(Option,),
)
def do_nothing_appraised(file: CaseFile) -> Answer:
    """The gain from selling is measured against not selling."""
    kept = [option.no for option in file.of(Option) if option.is_do_nothing]
    if not kept:
        return unmet("None of the options is to keep the land as it is.")
    return met(f"Option {kept[0]} keeps the land.")


@gate(
    "options.rejected-with-reasons",
    asks="Does each rejected option have its reasons?",
    rule="options.rejected-with-reasons",
    owner="estates officer",
    remedy="option add",
    reads=(Option,),
)
def rejected_with_reasons(file: CaseFile) -> Answer:
    """The record of decision gives the alternatives considered and why they were rejected."""
    rejected = [option for option in file.of(Option) if not option.is_recommended]
    silent = [option for option in rejected if not option.reasons_against]
    if silent:
        return unmet(
            f"Rejected without reasons: option {listed(option.no for option in silent)}.",
            remedy=to_edit(file, "option edit", silent[0], "reasons-against"),
        )
    if not rejected:
        return unmet("No alternative is recorded.", remedy=by("option add --not-recommended"))
    return met(f"{counted(len(rejected), 'option')} rejected, each with reasons.")


@gate(
    "options.parts-named",
    asks="Does the option that splits the site name its parts?",
    rule="options.parts-named",
    owner="estates officer",
    remedy="option add",
    reads=(Option,),
)
def parts_named(file: CaseFile) -> Answer:
    """What was accepted is the sale of these parts, not of any."""
    chosen = [option for option in file.of(Option) if option.is_recommended]
    if not chosen or not chosen[0].splits_site:
        return not_applicable("No option that splits the site is recommended.")
    if not chosen[0].parts:
        return unmet(
            f"Option {chosen[0].no} splits the site and does not name its parts.",
            remedy=to_edit(file, "option edit", chosen[0], "parts"),
        )
    return met(f"Option {chosen[0].no}: {chosen[0].parts}")


@gate(
    "options.split-accepted",
    asks="Does the recommended option split the site?",
    rule="options.split",
    owner="estates officer",
    remedy="option add --splits-site",
    reads=(Option,),
)
def split_accepted(file: CaseFile) -> Answer:
    """A site is sold in parts because an accepted option says so."""
    chosen = [option for option in file.of(Option) if option.is_recommended]
    if not chosen:
        return unmet("No option is recommended.")
    if not chosen[0].splits_site:
        return unmet(f"The recommended option {chosen[0].no} sells the site undivided.")
    return met(f"The recommended option {chosen[0].no} splits the site.")
