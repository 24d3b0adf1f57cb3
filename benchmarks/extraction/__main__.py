"""Measure the reading of claims, print the tables and, when asked, errors with their sentences.

By default every corpus is read, its seen part, with our own grounding. The dev loop is
``python -m benchmarks.extraction --corpus dev --errors 10``.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

import orjson

from benchmarks.extraction import readers
from benchmarks.extraction.abstracts import NoData
from benchmarks.extraction.agreement import stored, table
from benchmarks.extraction.corpora import CORPORA
from benchmarks.extraction.corpora.annotated import held_out
from benchmarks.extraction.report import as_json, errors, tables, write_page
from benchmarks.extraction.run import Bench, MentionSource, Run, runs

SOURCES: dict[str, tuple[MentionSource, ...]] = {
    "ours": ("ours",),
    "gold": ("gold",),
    "both": ("ours", "gold"),
}


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """Return the parsed options; exits with a message on those that contradict each other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("--corpus", action="append", choices=list(CORPORA), help="repeatable")
    parser.add_argument(
        "--mentions",
        choices=list(SOURCES),
        default="ours",
        help="our grounding, or the entities of the corpus where it has them",
    )
    parser.add_argument(
        "--errors",
        type=int,
        default=0,
        metavar="N",
        help="print N errors of each kind with their sentences (seen parts only)",
    )
    parser.add_argument(
        "--unseen", action="store_true", help="read the parts that are scored once per release"
    )
    parser.add_argument("--no-rules", action="store_true", help="leave out the table of rules")
    parser.add_argument("--json", type=Path, metavar="FILE", help="figures as JSON")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/quality.md")
    parser.add_argument("--reader", default=readers.READER, metavar="MODULE:NAME")
    parser.add_argument("--grounding", default=readers.GROUNDING, metavar="MODULE:NAME")
    parsed = parser.parse_args(arguments)
    if parsed.errors and parsed.unseen:
        parser.error("the errors of unseen parts are not shown")
    if parsed.errors and "heldout" in (parsed.corpus or ()):
        parser.error("the held-out sentences are unseen: their errors are not shown")
    if parsed.write and (parsed.corpus or parsed.mentions == "gold"):
        parser.error("the page quotes every corpus with our own grounding: leave the choice out")
    return parsed


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    asked = options(arguments)
    bench = Bench(readers.load_reader(asked.reader), readers.load_ground(asked.grounding))
    corpora = [CORPORA[name] for name in asked.corpus or CORPORA]
    done: list[Run] = []
    try:
        for run in runs(bench, corpora, asked.unseen, SOURCES[asked.mentions]):
            print(tables(run, rules=not asked.no_rules), end="\n\n", flush=True)
            if asked.errors:
                print(errors(run, asked.errors, held_out()), end="\n\n", flush=True)
            done.append(run)
    except NoData as error:
        print(error, file=sys.stderr)
        return 2
    if asked.json:
        figures = {"reader": bench.reader.name, "version": bench.reader.version}
        held = {**figures, "runs": [as_json(run) for run in done]}
        asked.json.write_bytes(orjson.dumps(held, option=orjson.OPT_INDENT_2))
    if asked.write:
        write_page(_blocks(done) | {"agreement": table(stored())})
    return 0


def _blocks(done: list[Run]) -> dict[str, str]:
    """Return the tables by the part that they are of; rules are shown for our own sentences."""
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for run in done:
        part = "unseen" if run.unseen else "seen"
        parts[part].append(tables(run, rules=run.corpus.name == "dev"))
    return {part: "\n\n".join(found) for part, found in parts.items()}


if __name__ == "__main__":
    sys.exit(main())
