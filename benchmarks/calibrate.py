"""Fit the weights of evidence on labelled documents, and say how far findings can be trusted.

    python benchmarks/calibrate.py [--corpus FOLDER] [--aggrecol DATA.jl.gz] [--agencies FOLDER] [--fixtures FOLDER]
                                   [--slips 6] [--write | --page]

What is told of each document, and nearly told, is an example: true where it accuses a figure that is known to be
wrong. Documents as they are give the false alarms, slips planted in them the true findings. A logistic regression
that starts from benchmarks/calibrating/prior.toml learns from both. The table counts examples that were judged by
weights which never saw their document, or none of its kind; what it says holds of documents with one slip each.

CORPUS has files/ and truths.json ({"files": {NAME: {"wrong": [PRINTED], "arguable": [PRINTED]}}}), AGENCIES is what
benchmarks/agencies.py makes, DATA is the data set of AggreCol. --write writes the weights, docs/verdicts.md and what
`mlcheck explain` says of a rule. Since the weights say what is weighed at all, a second run may still move them.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from calibrating.documents import ROOT, Document, agencies, aggrecol, corpus, fixtures
from calibrating.examples import Example, Gathered, gathered
from calibrating.reliability import Judged, by_folds, by_rules, by_sources, counted, table
from calibrating.weighing import Learned, learned, sections, with_learned
from mlcheck.judging.weights import ERROR, weights

WEIGHTS = ROOT / "src" / "mlcheck" / "data" / "judging" / "weights.toml"
RELIABILITY = WEIGHTS.with_name("reliability.toml")
PAGE = ROOT / "docs" / "verdicts.md"
START, END = "<!-- reliability -->", "<!-- /reliability -->"


def main() -> None:
    """Gather, fit, validate; print and write."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--corpus", type=Path, help="real files, and what is known of them")
    options.add_argument("--aggrecol", type=Path, help="annotated tables")
    options.add_argument("--agencies", type=Path, help="simulated reports")
    options.add_argument("--fixtures", type=Path, default=ROOT / "fixtures")
    options.add_argument("--slips", type=int, default=6, help="slips planted in a document at most")
    options.add_argument(
        "--seconds", type=float, default=5, help="processor time of a document and of its slips"
    )
    options.add_argument("--write", action="store_true", help="write what was learned")
    options.add_argument(
        "--page", action="store_true", help="write how far the weights as they stand can be trusted"
    )
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="tables-") as folder:
        everything = [*_gathered(_documents(asked, Path(folder)), asked.slips, asked.seconds)]
    examples = [example for one in everything for example in one.examples]
    known, judged = learned(examples), by_folds(examples)
    shown = table(counted(judged, everything), counted(by_sources(examples), everything))
    _tell(known, examples, judged)
    print(shown)
    present = [Judged(one, Learned({}, {}, weights()).odds(one)) for one in examples]
    print("by the weights as they stand, which may have seen these documents:")
    standing = table(counted(present, everything))
    print(standing)
    if asked.page and not asked.write:
        RELIABILITY.write_text(by_rules(present, everything), "utf-8")
        PAGE.write_text(with_table(PAGE.read_text("utf-8"), standing), "utf-8")
    if asked.write:
        WEIGHTS.write_text(with_learned(WEIGHTS.read_text("utf-8"), known), "utf-8")
        RELIABILITY.write_text(by_rules(judged, everything), "utf-8")
        PAGE.write_text(with_table(PAGE.read_text("utf-8"), shown), "utf-8")


def _documents(asked: argparse.Namespace, folder: Path) -> Iterator[Document]:
    """Yield the documents of all sources that are given."""
    yield from fixtures(asked.fixtures)
    if asked.corpus:
        yield from corpus(asked.corpus)
    if asked.agencies:
        yield from agencies(asked.agencies)
    if asked.aggrecol:
        yield from aggrecol(asked.aggrecol, folder)


def _gathered(documents: Iterator[Document], slips: int, seconds: float) -> Iterator[Gathered]:
    """Yield what is made of each document, and say of which nothing or not all."""
    start, number = time.process_time(), 0
    for document in documents:
        number += 1
        found = gathered(document, slips, seconds)
        if found.trouble:
            print(f"{document.source} {document.label}: {found.trouble}")
        yield found
    print(f"{number} documents read in {time.process_time() - start:.0f} s of processor time")


def _tell(known: Learned, examples: Sequence[Example], judged: Sequence[Judged]) -> None:
    """Print what there was to learn from, the weights that moved, and the false alarms that are sure."""
    for source in dict.fromkeys(one.source for one in examples):
        own = [one for one in examples if one.source == source]
        counts = Counter((one.true, bool(one.slips), one.remark) for one in own)
        print(
            f"{source}: {len(own)} examples; as they are {counts[True, False, False]} true, {counts[False, False, False]} false; "
            f"slips {counts[True, True, False]} true, {counts[False, True, False]} false; "
            f"remarks {counts[True, False, True] + counts[True, True, True]} true, {counts[False, False, True]} false"
        )
    seen: Counter[str] = Counter(name for one in examples for name, count in one.features.items() if count)
    for section, values in sections(known).items():
        before = getattr(known.thought, section)
        for name, value in values.items():
            now = getattr(weights(), section).get(name, 0)
            often = seen[name] + seen[f"rule {name}"]
            print(f"{section:9}{name:40}{before.get(name, 0):6}{now:6}{value:6}{often:7}")
    for one in judged:
        if one.odds >= ERROR and not one.example.true and not one.example.slips:
            told = one.example
            print(f"false at {one.odds}: {told.source} {told.document} {told.code} {told.place}")


def with_table(page: str, shown: str) -> str:
    """Return a page with the table between its markers."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    if not rest:
        raise ValueError(f"{PAGE.name} has no {START}")
    return f"{before}{START}\n\n{shown}\n\n{END}{after}"


if __name__ == "__main__":
    main()
