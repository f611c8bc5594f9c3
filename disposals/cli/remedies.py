"""The command that carries out each act a gate names as its remedy, with the options it needs."""

import shlex

from workflows.gates import Remedy

# What a gate knows of an act fills the braces; what only the officer knows is left in capitals, and
# of two options with a stroke between them the officer leaves one.
# A test holds this table against the commands themselves.
ARGUMENTS = {
    "surplus add": "{ref} --declared-by {declared_by} --because {reason} --on {date}",
    "surplus edit": "{ref} {entry} --set {name}={words} --because {reason}",
    "surplus circulate": "{ref} --circulated-to {to} --reply-by {date} --on {date}",
    "consultation add": "{ref} --consultee {who} --capacity 'local member' --said {words} "
    "--on {date}",
    "option add": "{ref} --no {no} --title {title} --reasons-for {reason} --recommended",
    "option add --do-nothing": "{ref} --no {no} --title {title} --reasons-against {reason}",
    "option add --not-recommended": "{ref} --no {no} --title {title} --reasons-against {reason}",
    "option add --splits-site": "{ref} --no {no} --title {title} --parts {words} "
    "--reasons-for {reason} --recommended",
    "option edit": "{ref} {entry} --set {name}={words} --because {reason}",
    "option direct-sale": "{ref} --buyer {who} --because {reason}",
    "land answer": "{ref} --site {site} --question {question} --answer {yes_or_no} --basis {words}",
    "land consent": "{ref} --site {site} --kind {kind} --title {title} --body {body} "
    "--granted-on {date}",
    "land notice": "{ref} --site {site} --newspaper {name} --first-on {date} "
    "--second-on {date} --objections-by {date} --considered-on {date}",
    "land moratorium": "{ref} --site {site} --received-on {date} --bid-requested {yes_or_no}",
    "land title": "{ref} --site {site} --reported-by {who} --finding {words} --on {date}",
    "land possession": "{ref} --occupation {occupation} --on {date}",
    "site split": "{site} --parts {file}",
    "campaign add": "{ref} --method {method} --agent {name}",
    "campaign edit": "{ref} {entry} --set late-rule={rule} --because {reason}",
    "campaign close": "{ref} --closes-on {date}",
    "bid add": "{ref} --bidder {bidder} --price {pounds} --on {date}",
    "bid open": "{ref} --opener {first} --opener {second} --on {date}",
    "bid round": "{ref} --bidder {first} --bidder {second} --asks {words} --reply-by {date}",
    "bid criterion": "{ref} --title {title} --weight-percent {percent}",
    "bid score": "{ref} --subject {subject} --criterion {criterion} --points {points} "
    "--because {reason}",
    "bid shortlist": "{ref} --bidder {name} --bidder {name} --because {reason} "
    "--declined-because {reason}",
    "bid prefer": "{ref} --bidder {name} --because {reason}",
    "bid reserve": "{ref} --bidder {name} --because {reason}",
    "bid edit": "{ref} {entry} --set {name}={words} --because {reason}",
    "bid justify": "{ref} --concern {concern} --because {reason} --advised-by {who} "
    "--signed-off-by {who} --purpose {words}",
    "valuation add": "{ref} --valuer {name} --value {pounds} --on {date}",
    "approval give": "{ref} --name {name} --approver {approver} --on {date}",
    "decision add": "{ref} --number {number} --title {title} --taker {who} --key/--not-key",
    "decision add --key": "{ref} --number {number} --title {title} --taker {who}",
    "decision edit": "{ref} {entry} --set {name}={who} --because {reason}",
    "decision notify": "{number} --on {date}",
    "decision consider": "{number} --committee {committee} --recommendation {recommendation} "
    "--on {date}",
    "decision private": "{number} --meeting-on {date} --on {date}",
    "decision call-in --outcome": "{outcome} {number} --on {date}",
    "decision confirm": "{number} --on {date}",
    "decision take": "{number} --interests 'None declared' --on {date}",
    "decision publish": "{number} --on {date}",
    "decision screen": "{ref} --kind {kind} --outcome {words}",
    "terms add": "{ref} --buyer {name} --price {pounds}",
    "terms agree": "{ref} --version {version} --on {date}",
    "back": "{ref} --to heads_of_terms --because {reason}",
    "completion contract": "{ref} --buyer {name} --price {pounds} --conditional --on {date}",
    "completion condition": "{ref} --title {title} --owner {who}",
    "completion satisfy": "{ref} --title {title} --on {date}",
    "completion deed": "{ref} --form {form} --on {date}",
    "completion edit": "{ref} {entry} --set {name}={words} --because {reason}",
    "completion line": "{ref} --kind {kind} --what {words} --amount {pounds}",
    "completion receipt": "{ref} --amount {pounds} --on {date}",
}


class _Known(dict[str, str]):
    """What is known of an act; what is not stands in capitals for the officer to fill in."""

    def __missing__(self, name: str) -> str:
        return name.upper()


def command_for(remedy: Remedy, ref: str) -> str:
    """The command line of a remedy on a case, as typed; empty where waiting is all there is."""
    if not remedy.act:
        return ""
    # What is to be corrected may be recorded on the whole, and then its remedy names the whole.
    known = _Known({"ref": ref} | {name: shlex.quote(value) for name, value in remedy.given})
    return f"disposals {remedy.act} {ARGUMENTS[remedy.act].format_map(known)}"
