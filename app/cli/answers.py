"""Answers as tables."""

from collections.abc import Iterator, Mapping

from rich.text import Text

from app.cli.console import console, frame, table
from app.model.answer import (
    AnswerEvidence,
    CounterEvidence,
    Exclusion,
    ExclusionVerdict,
    Intervention,
    InterventionAnswer,
    InterventionQuestion,
    Path,
    PathAnswer,
)
from app.model.claim import ClaimView
from app.model.consequence import Consequence, ConsequenceAnswer
from app.model.history import Snapshot
from app.model.signature import SignatureAnswer
from app.model.vocabulary import Agreement

_VERDICT_STYLE = {
    ExclusionVerdict.EXCLUDED: "red",
    ExclusionVerdict.CLEAR: "green",
    ExclusionVerdict.NEVER_MEASURED: "yellow",
}


def print_interventions(answer: InterventionAnswer) -> None:
    """Print the question as it was read, a row for each intervention, and the snapshot."""
    out = console()
    out.print(question_text(answer.query), style="bold", soft_wrap=True)
    out.print()
    if answer.interventions:
        table = frame(lines=True)
        table.add_column("#", justify="right")
        table.add_column("intervention", min_width=18, max_width=28, overflow="fold")
        table.add_column("tier", no_wrap=True)
        table.add_column("belief", no_wrap=True, justify="right")
        table.add_column("arithmetic and best quote", ratio=1, overflow="fold")
        for rank, each in enumerate(answer.interventions, start=1):
            table.add_row(str(rank), _what(each), _tier(each), f"{each.belief:.2f}", _why(each))
        out.print(table)
    else:
        out.print("No intervention is known to have this effect.")
    out.print()
    out.print(shown_of(len(answer.interventions), answer.total, "interventions"), soft_wrap=True)
    out.print(snapshot_text(answer.snapshot), soft_wrap=True)


def print_consequences(answer: ConsequenceAnswer) -> None:
    """Print a row for each consequence, and the snapshot."""
    out = console()
    out.print(_asked(answer), style="bold", soft_wrap=True)
    out.print()
    if answer.consequences:
        table = frame(lines=True)
        table.add_column("#", justify="right")
        table.add_column("outcome", min_width=18, max_width=28, overflow="fold")
        table.add_column("tier", no_wrap=True)
        table.add_column("belief", no_wrap=True, justify="right")
        table.add_column("arithmetic and best quote", ratio=1, overflow="fold")
        for rank, each in enumerate(answer.consequences, start=1):
            table.add_row(str(rank), _happens(each), _tier(each), f"{each.belief:.2f}", _why(each))
        out.print(table)
    if answer.note:
        out.print(answer.note, soft_wrap=True)
    out.print()
    out.print(shown_of(len(answer.consequences), answer.total, "consequences"), soft_wrap=True)
    out.print(snapshot_text(answer.snapshot), soft_wrap=True)


def print_links(answer: ConsequenceAnswer) -> None:
    """Print the signed links of all paths, each once, in the order of the consequences."""
    out = console()
    out.print(_asked(answer), style="bold", soft_wrap=True)
    links = {
        f"{step.subject_name} {_minus(step.sign)} {step.object_name}"
        f"{f' {step.aspect}' if step.aspect else ''} ({step.belief:.2f})": None
        for each in answer.consequences
        for path in each.paths
        for step in path.steps
    }
    for link in links:
        out.print(link, soft_wrap=True)
    if answer.note:
        out.print(answer.note, soft_wrap=True)
    out.print(snapshot_text(answer.snapshot), soft_wrap=True)


def print_matches(answer: SignatureAnswer) -> None:
    """Print a row for each match, what was not used, the method, and the snapshot."""
    out = console()
    asked = answer.query
    out.print(f"What would {asked.goal} it: {asked.used} of {asked.given} entities used",
              style="bold", soft_wrap=True)  # fmt: skip
    rows = [
        (
            f"{each.perturbation.type} of {each.target.name}",
            f"{each.correlation:.3f}",
            f"{each.p:.3g}",
            f"{each.adjusted_p:.3g}",
            f"{each.agreeing} : {each.opposing}",
            each.hits[0].path.arithmetic if each.hits and each.hits[0].path else "",
        )
        for each in answer.matches
    ]
    if rows:
        titles = ("intervention", "correlation", "p", "adjusted p", "for : against", "best path")
        out.print(table(titles, rows))
    for one in answer.unused[:20]:
        out.print(f"not used, {one.reason}: {one.name}: {one.note}", soft_wrap=True)
    if len(answer.unused) > 20:
        out.print(f"and {len(answer.unused) - 20} more that were not used; --json names them")
    for line in filter(None, (answer.note, answer.method, snapshot_text(answer.snapshot))):
        out.print(line, soft_wrap=True)


def print_paths(answer: PathAnswer, claims: Mapping[str, ClaimView]) -> None:
    """Print a row for each path; ``claims`` are the first ones of each step."""
    out = console()
    asked = answer.query
    ends = " to ".join(f"{ends[0].name} ({ends[0].id})" for ends in (asked.sources, asked.targets))
    out.print(f"Paths from {ends}", style="bold", soft_wrap=True)
    out.print()
    if answer.paths:
        table = frame(lines=True)
        table.add_column("#", justify="right")
        table.add_column("sign", justify="center")
        table.add_column("hops", justify="right")
        table.add_column("matched")
        table.add_column("belief", justify="right")
        table.add_column("arithmetic and quotes", ratio=1, overflow="fold")
        for rank, path in enumerate(answer.paths, start=1):
            table.add_row(
                str(rank),
                _minus(path.sign),
                str(len(path.steps)),
                "yes" if path.matched else "no",
                f"{path.belief:.2f}",
                _hops(path, claims),
            )
        out.print(table)
    else:
        out.print("No signed path is known.")
    out.print()
    out.print(snapshot_text(answer.snapshot), soft_wrap=True)


def question_text(query: InterventionQuestion) -> Text:
    """Return a question as it was read."""
    words = [f"Interventions: effect {query.effect}, outcome {query.outcome.name}"]
    words[0] += f" ({query.outcome.id})"
    words += [f"context {one.type}:{one.id}" for one in query.context]
    words.append(f"at most {query.max_hops} hops")
    for name in ("include_candidates", "include_background", "matched_only"):
        if getattr(query, name):
            words.append(name.replace("_", " "))
    return Text(", ".join(words))


def _asked(answer: ConsequenceAnswer) -> Text:
    done = f"{answer.perturbation.type} of {answer.target.name} ({answer.target.id})"
    return Text(f"What follows from {done}, at most {answer.query.max_hops} hops")


def _happens(each: Consequence) -> Text:
    verb = "rises" if each.direction == "+" else "falls"
    text = Text(f"{each.outcome.name} {verb}").append(f"\n{each.outcome.id}", style="dim")
    for one in each.also:
        text.append(f"\n{one.effect} ({one.tier})")
    return text


def _what(each: Intervention) -> Text:
    text = Text(f"{each.perturbation.type} of {each.target.name}")
    return text.append(f"\n{each.target.id}", style="dim")


def _tier(each: Intervention) -> Text:
    text = Text(each.tier, style="bold")
    if not each.matched:
        text.append("\nextrapolated", style="not bold")
    if each.contradicted:
        text.append("\ncontradicted", style="red")
    if each.commits is not None and each.sign_chance is not None:
        word = "committed" if each.commits else "left open"
        text.append(f"\nsign {word} ({each.sign_chance:.2f})", style="not bold")
    return text


def _why(each: Intervention) -> Text:
    text = Text()
    if each.paths:
        text.append(each.paths[0].arithmetic)
    if each.agreement is not Agreement.UNASKED:
        text.append(f"\ncontext: {each.agreement}")
    if each.evidence:
        text.append("\n").append_text(cited(each.evidence[0]))
    if each.claim_count > 1 or each.papers > 1:
        counts = f"{each.claim_count} claims, {each.papers} papers, {each.independent_papers}"
        text.append(f"\n{counts} independent")
    if each.candidates_used:
        text.append(f"\nrests on {len(each.candidates_used)} candidates that nobody has judged")
    for counter in each.counter_evidence:
        text.append("\n").append_text(_against(counter))
    for one in each.exclusions:
        text.append("\n").append_text(exclusion_text(one))
    return text


def exclusion_text(one: Exclusion) -> Text:
    """Return what is known of a side effect, with the first quote that says so."""
    verdict = one.verdict.replace("_", " ")
    style = _VERDICT_STYLE[one.verdict]
    text = Text(f"{one.effect} {one.outcome.name}: {verdict}", style=style)
    for evidence in (*one.evidence, *one.against)[:1]:
        text.append(" ").append_text(cited(evidence))
    if one.predicted is not None:
        text.append(f" (predicted: {one.predicted.arithmetic})", style="not bold")
    if one.note:
        text.append(f" {one.note}", style="not bold")
    return text


def cited(evidence: AnswerEvidence) -> Text:
    """Return a quote with its paper."""
    return _quoted(evidence.quote, evidence.pmid, verified=evidence.verified)


def _against(counter: CounterEvidence) -> Text:
    kind = counter.kind.replace("_", " ")
    relation = counter.relation.replace("_", " ")
    scope = f" ({', '.join(counter.scope)})" if counter.scope else ""
    text = Text(f"against, {kind}, {relation}{scope}: ", style="red")
    return text.append_text(_quoted(counter.quote, counter.pmid, verified=counter.verified))


def _quoted(quote: str | None, pmid: str | None, *, verified: bool | None) -> Text:
    text = Text(f"“{quote}”" if quote else "imported, no sentence", style="italic")
    text.append(f" {pmid or 'no article'}", style="not italic")
    if quote and verified is not True:
        text.append(" (not found in the text)" if verified is False else " (no place in a text)")
    return text


def _hops(path: Path, claims: Mapping[str, ClaimView]) -> Text:
    text = Text(path.arithmetic)
    for quote in _quotes(path, claims):
        text.append("\n").append_text(quote)
    return text


def _quotes(path: Path, claims: Mapping[str, ClaimView]) -> Iterator[Text]:
    for step in path.steps:
        found = claims.get(step.claims[0]) if step.claims else None
        if found is not None:
            quote = found.quotes[0] if found.quotes else None
            yield _quoted(
                quote.text if quote else None,
                found.paper,
                verified=quote.verified if quote else None,
            )


def _minus(sign: str) -> str:
    return "−" if sign == "-" else sign


def shown_of(shown: int, total: int, what: str) -> str:
    """Return how many are shown, and how to see more."""
    if shown < total:
        return f"{shown} of {total} {what}; --limit shows more."
    return f"{total} {what if total != 1 else what.removesuffix('s')}."


def snapshot_text(snapshot: Snapshot) -> str:
    """Return the snapshot that an answer was computed from."""
    return (
        f"snapshot {snapshot.id}, revision {snapshot.revision}, "
        f"{snapshot.created_at:%Y-%m-%dT%H:%M:%SZ}, EviPath {snapshot.version}"
    )
