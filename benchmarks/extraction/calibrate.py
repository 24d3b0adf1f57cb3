"""Fit the confidence of the rules' claims, and measure how far it can be trusted.

Prints the cross-validated tables; ``--write`` stores the weights and puts the tables into
docs/quality.md. ``--unseen`` scores the stored weights on the held-out sentences, once per release,
and stores no weights.
"""

import argparse
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import numpy as np
import orjson

from app.extraction.rules.confidence import FILE, NAMES, Weights, weights
from app.extraction.rules.reader import RULES_VERSION
from benchmarks.extraction import readers
from benchmarks.extraction.abstracts import NoData
from benchmarks.extraction.calibration import (
    Floats,
    bins,
    difference,
    losses,
    ranking,
    scores,
)
from benchmarks.extraction.corpora import CORPORA
from benchmarks.extraction.fitting import (
    CONSTANT,
    MODEL,
    OWN,
    SETTINGS,
    Row,
    Setting,
    Tried,
    as_first_read,
    chosen,
    cross_validated,
    fit,
    right_of,
    told_by,
)
from benchmarks.extraction.gathering import PARTS, all_rows, judged_rows
from benchmarks.extraction.intervals import wilson
from benchmarks.extraction.report import table, write_page

VERSION = "1"
"""The version of the model: of its features and how they are combined."""

GATES = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
"""Confidences below which a claim might be left out."""


def tables(tried: Tried) -> str:
    """Return the cross-validated figures as Markdown."""
    own = tried.part(lambda row: row.source == OWN)
    right = right_of(own.rows)
    documents = [row.document for row in own.rows]
    base = losses(own.told[CONSTANT], right)
    found = []
    for name, told in own.told.items():
        gap = difference(losses(told, right), base, documents)
        against = (
            "–" if name == CONSTANT else f"{gap.value:+.3f} ({gap.low:+.3f} to {gap.high:+.3f})"
        )
        order = _figure(ranking(told, right, own.folds))
        found.append((name, *_scored(told, right), order, against))
    picked = "; ".join(f"{_told(one)} (folds: {n})" for one, n in _counted(tried.settings).items())
    return "\n\n".join(
        (
            f"**{len(right)} claims of {len(set(documents))} documents, {int(right.sum())} right; "
            "5 folds by document**",
            table(("confidence by", *_SCORES, "ranking", "log loss against the constant"), found),
            _curve(own.told[MODEL], right),
            _gates(own.told[MODEL], right),
            _by_part(tried),
            f"Settings tried in each fold: {len(SETTINGS)}. Chosen: {picked}.",
        )
    )


_SCORES = ("Brier", "log loss", "calibration error", "by chance")


def _scored(told: Floats, right: Floats) -> tuple[str, ...]:
    one = scores(told, right)
    return tuple(map(_figure, (one.brier, one.log_loss, one.error, one.chance)))


def _figure(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3f}"


def _curve(told: Floats, right: Floats) -> str:
    rows = [
        (
            str(one.number),
            f"{one.promised:.3f}",
            f"{one.kept.value:.3f} ({one.kept.low:.2f}–{one.kept.high:.2f})",
        )
        for one in bins(told, right)
    ]
    return table(("claims, least sure first", "promised", "right"), rows)


def _gates(told: Floats, right: Floats) -> str:
    """Return what is kept, and how much of it is right, where less sure claims are left out."""
    rows = []
    for least in GATES:
        kept = right[told >= least]
        share = wilson(int(kept.sum()), len(kept))
        rows.append(
            (
                f"{least:.2f}",
                str(len(kept)),
                f"{share.value:.3f} ({share.low:.2f}–{share.high:.2f})",
                _figure(kept.sum() / right.sum()),
            )
        )
    return table(("at least as sure as", "claims kept", "right", "of all right ones"), rows)


def _by_part(tried: Tried) -> str:
    """Return how the model does on each corpus; it promises something for our own alone."""
    rows = []
    for name in dict.fromkeys(part if guide == OWN else guide for part, guide in PARTS.items()):
        here = tried.part(lambda row, name=name: name in (row.part, row.source))  # type: ignore[misc]
        right, told = right_of(here.rows), here.told[MODEL]
        if len(right):
            promised = f"{told.mean():.3f}" if PARTS.get(name) == OWN else "–"
            order = _figure(ranking(told, right, here.folds))
            rows.append((name, str(len(right)), promised, f"{right.mean():.3f}", order))
    return table(("corpus", "claims", "promised", "right", "ranking"), rows)


def _counted(settings: Sequence[Setting]) -> dict[Setting, int]:
    return {one: settings.count(one) for one in dict.fromkeys(settings)}


def _told(setting: Setting) -> str:
    beside = ", ".join(setting.sources) or "nothing"
    return f"penalty {setting.penalty:g} with {beside} beside our own"


def unseen_tables(stored: Weights, rows: Sequence[Row]) -> str:
    """Return how the stored weights do on claims that they were not fitted to."""
    right, told = right_of(rows), told_by(stored, rows)
    return "\n\n".join(
        (
            f"**{len(rows)} claims, {int(right.sum())} right**",
            table(_SCORES, [_scored(told, right)]),
            _curve(told, right),
        )
    )


def as_toml(found: Weights, setting: Setting, rows: Sequence[Row], day: str) -> str:
    """Return the weights as they are stored, with what they were fitted to."""
    kept = [row for row in rows if row.source == OWN or row.source in setting.sources]
    sizes = {part: sum(row.part == part for row in kept) for part in PARTS}
    unmeasured = sorted(set(named_rules()) - set(found.rules))
    lines = [
        "# Fitted by python -m benchmarks.extraction.calibrate --write; not written by hand.",
        f'version = "{VERSION}"',
        f'rules_version = "{RULES_VERSION}"',
        f"date = {day}",
        f"penalty = {setting.penalty}",
        f"intercept = {found.intercept}",
        f"unmeasured = {orjson.dumps(unmeasured).decode()}",
        "",
        *_section("claims", {part: size for part, size in sizes.items() if size}),
        *_section("groups", found.groups),
        *_section("rules", found.rules),
        *_section("features", {name: found.features[name] for name in NAMES}),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _section(name: str, values: Mapping[str, float]) -> list[str]:
    return [f"[{name}]", *(f"{key} = {value}" for key, value in values.items()), ""]


def named_rules() -> list[str]:
    """Return the names of the rules whose examples make a claim."""
    file = resources.files("app.extraction.rules").joinpath("rules.toml")
    rules = tomllib.loads(file.read_text(encoding="utf-8"))["rule"]
    return [
        rule["name"]
        for rule in rules
        if rule["name"] != "stance" and any(example["claims"] for example in rule["example"])
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.extraction.calibrate", description=__doc__
    )
    parser.add_argument("--write", action="store_true", help="store weights and tables")
    parser.add_argument(
        "--unseen", action="store_true", help="score the held-out sentences, once per release"
    )
    asked = parser.parse_args(arguments)
    ground = readers.load_ground()
    try:
        if asked.unseen:
            shown = unseen_tables(weights(), judged_rows(CORPORA["heldout"], ground, unseen=True))
            block = "calibration-unseen"
        else:
            rows = all_rows(ground)
            shown, block = tables(cross_validated(rows)), "calibration"
    except NoData as error:
        print(error, file=sys.stderr)
        return 2
    print(shown)
    if asked.write:
        write_page({block: shown})
    if asked.write and not asked.unseen:
        setting = chosen(rows)
        day = datetime.now(UTC).date().isoformat()
        stored = as_toml(as_first_read(fit(rows, setting)), setting, rows, day)
        Path(str(FILE)).write_text(stored, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
