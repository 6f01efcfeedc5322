"""Whether proofs can fail: of what is proven or verified in any documents, the share of slips that are told.

    python benchmarks/proofs.py                            # the fixtures
    python benchmarks/proofs.py FOLDER REPORT.xlsx --sample 3000 --seconds 100
    python benchmarks/proofs.py FOLDER --of verified       # the claims only, or the "proven" figures

Each proven figure of a table and each figure of a verified claim may be mistyped as `mlcheck coverage --mutate`
does it; of all figures of all documents as many as `--sample` says are, shared out evenly among the documents. A slip
is told where a finding that was not there before, an error or a warning, names its figure. Those that are not are
listed; one step of the last digit of a rounded number is counted apart. A document that cannot be used, or takes longer than `--seconds`, is named and left out.
"""

from __future__ import annotations

import argparse
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from mlcheck.checking.coverage import Solved, solved
from mlcheck.checking.verdicts import checked_claims
from mlcheck.layout.recover import laid_out
from mlcheck.model.errors import MlcheckError, StageError
from mlcheck.model.profile import Profile
from mlcheck.mutation.detection import detected
from mlcheck.mutation.mutants import mutant, sound
from mlcheck.mutation.mutation import chosen, indispensable
from mlcheck.mutation.portions import figure_ids
from mlcheck.mutation.typing_errors import Mistypable, mistypables
from mlcheck.profile import load
from mlcheck.reading import read

ROOT = Path(__file__).parents[1]
KINDS_OF_FILES = (
    ".xlsx", ".xls", ".ods", ".csv", ".docx", ".odt", ".pptx", ".pdf", ".html", ".md", ".txt",
)  # fmt: skip

ROUNDING = "within rounding"


@dataclass
class Tally:
    """What was made of the slips of one document: how many by kind, and those that were not told."""

    proven: int = 0
    verified: int = 0
    made: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)


def documents(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the documents of folders, and those named, in order."""
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        yield from (one for one in inside if one.suffix.lower() in KINDS_OF_FILES and one.stem != "README")


def verified(checked: Solved) -> set[int]:
    """Return the figures of the claims that are verified."""
    verdicts = dict(enumerate(checked.batch.verdicts(checked.solution, 0)))
    claims = checked_claims(checked.facts, checked.job.constraints, verdicts, checked.job.places)
    return {one.claim.figure for one in claims if one.verdict == "consistent"}


def tally_of(path: Path, number: int, seed: int, profile: Profile | None, of: str = "both") -> Tally:
    """Make slips in one document, and return what became of them."""
    checked = solved(path, profile=profile, assumed=profile is not None)
    covered = checked.solution.coverage
    own = {f for f in covered.filter(covered["coverage"] == "proven")["figure"] if f >= checked.job.first}
    claims = verified(checked)
    tally = Tally(len(own), len(claims))
    wanted = {"proven": own, "verified": claims}.get(of, own | claims)
    if not wanted:
        return tally
    report = sound(checked, laid_out(read(path)))
    numbers = dict(zip(figure_ids(report.facts), figure_ids(checked.facts), strict=True))
    spots = [
        one for one in mistypables(report.portions, report.places)
        if numbers[one.place.figure] in wanted
    ]  # fmt: skip
    for spot, kind, digits in chosen(spots, number, Random(seed), indispensable(report.before)):
        one = mutant(report, spot, kind, digits)
        (found,) = detected(report, [one])
        is_claim = of == "verified" or numbers[spot.place.figure] not in own
        if _is_within_rounding(spot, digits):
            kind = ROUNDING
        name = f"{'verified' if is_claim else 'proven'}, {kind}"
        tally.made[name] += 1
        if not found.caught:
            tally.missed[name] += 1
            tally.lines.append(
                f"{path.name} {_where(spot)}: {spot.place.printed} → {one.text or 'empty'} ({name})"
            )
    return tally


def _is_within_rounding(spot: Mistypable, digits: str) -> bool:
    """Tell whether a rounded number is one step of its last digit off: its parts may make either."""
    quantity = spot.place.quantity
    rounded = quantity is not None and quantity.half > 0
    return rounded and abs(int(digits or 0) - int(spot.numeral.digits)) == 1


def _where(spot: Mistypable) -> str:
    place = spot.place.locator
    parts = (place.sheet, place.page, place.slide, place.line, place.cell)
    return "!".join(str(part) for part in parts if part is not None)


def _too_long(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    """Print what was told by kind of slip, and what was not."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("paths", nargs="*", type=Path, default=[ROOT / "fixtures"])
    options.add_argument("--sample", type=int, default=200, metavar="N", help="slips in all")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seconds", type=int, default=100, help="the longest that one document may take")
    options.add_argument("--of", choices=("proven", "verified", "both"), default="both")
    options.add_argument("--profile", help="assumed for documents that fit it")
    chosen_options = options.parse_args()
    files = list(documents(chosen_options.paths))
    profile = load(chosen_options.profile) if chosen_options.profile else None
    each = max(-(-chosen_options.sample // max(len(files), 1)), 1)
    signal.signal(signal.SIGALRM, _too_long)
    every = Tally()
    for path in files:
        signal.alarm(chosen_options.seconds)
        try:
            tally = tally_of(path, each, chosen_options.seed, profile, chosen_options.of)
        except (TimeoutError, StageError):
            print(f"LEFT OUT {path.name}: more than {chosen_options.seconds} s")
            continue
        except MlcheckError as error:
            print(f"LEFT OUT {path.name}: {error}")
            continue
        finally:
            signal.alarm(0)
        every.proven += tally.proven
        every.verified += tally.verified
        every.made += tally.made
        every.missed += tally.missed
        for line in tally.lines:
            print(f"NOT TOLD {line}")
    _print(len(files), every)


def _print(files: int, every: Tally) -> None:
    print(f"{files} documents, {every.proven} proven figures, {every.verified} verified claims")
    for name, made in sorted(every.made.items()):
        print(f"{name:22} {made - every.missed[name]:5} of {made:5} told")
    for what in ("proven", "verified"):
        made, missed = (
            sum(n for name, n in counts.items() if name.startswith(what) and not name.endswith(ROUNDING))
            for counts in (every.made, every.missed)
        )
        if made:
            print(f"{what:22} {made - missed:5} of {made:5} told ({(made - missed) / made:.2%})")


if __name__ == "__main__":
    main()
