"""The command that carries out each act a gate names as its remedy, with the options it needs."""

# A test holds this table against the commands themselves.
ARGUMENTS = {
    "surplus add": "{ref} --declared-by WHO --because REASON --on DATE",
    "surplus circulate": "{ref} --to SERVICES --reply-by DATE --on DATE",
    "consultation add": "{ref} --consultee WHO --capacity 'local member' --said WORDS --on DATE",
    "option add": "{ref} --no NO --title TITLE",
    "option direct-sale": "{ref} --buyer WHO --because REASON",
    "land answer": "{ref} --question QUESTION --answer yes|no --basis WORDS",
    "land consent": "{ref} --kind KIND --title TITLE --body WHO --granted-on DATE",
    "land notice": "{ref} --newspaper NAME --first-on DATE --second-on DATE --objections-by DATE",
    "land moratorium": "{ref} --received-on DATE --bid-requested yes|no",
    "land title": "{ref} --reported-by WHO --finding WORDS --on DATE",
    "land possession": "{ref} --occupation USE --on DATE",
    "site split": "SITE --parts FILE",
    "campaign add": "{ref} --method METHOD --agent NAME",
    "campaign close": "{ref} --closes-on DATE",
    "bid add": "{ref} --bidder NAME --price POUNDS --on DATE",
    "bid shortlist": "{ref} --bidder NAME --bidder NAME --because REASON",
    "bid prefer": "{ref} --bidder NAME --because REASON",
    "bid reserve": "{ref} --bidder NAME --because REASON",
    "bid justify": "{ref} --concern CONCERN --because REASON --advised-by WHO",
    "valuation add": "{ref} --valuer NAME --value POUNDS --on DATE",
    "decision add": "{ref} --number NN/NNNNN --title TITLE --taker WHO",
    "decision notify": "NUMBER --on DATE",
    "decision take": "NUMBER --interests 'None declared' --on DATE",
    "decision publish": "NUMBER --on DATE",
    "decision screen": "{ref} --kind KIND --outcome WORDS",
    "terms add": "{ref} --buyer NAME --price POUNDS",
    "terms agree": "{ref} --version N --on DATE",
    "completion contract": "{ref} --buyer NAME --price POUNDS --on DATE",
    "completion satisfy": "{ref} --title TITLE --on DATE",
    "completion deed": "{ref} --form TR1|TP1 --on DATE",
    "completion receipt": "{ref} --amount POUNDS --on DATE",
}


def command_for(act: str, ref: str) -> str:
    """The command line of an act on a case, as an officer would type it."""
    return f"disposals {act} {ARGUMENTS[act].format(ref=ref)}"
