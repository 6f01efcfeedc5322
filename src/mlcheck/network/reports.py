"""The reports of a run in order, however they are made: in this process, in several, on a cluster, or kept from before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mlcheck.network.chunks import FILES, Checker, Tell, chunks_of
from mlcheck.network.garbage import collect
from mlcheck.network.processes import mapped
from mlcheck.network.run import Run

if TYPE_CHECKING:
    from mlcheck.checking.suppression import Policy
    from mlcheck.model.finding import Report
    from mlcheck.network.cache import Cache


def reports(
    run: Run, files: Sequence[Path], *, processes: int = 1, cluster: str | None = None, cache: Cache | None = None,
    policy: Policy | None = None, tell: Tell | None = None,
) -> Iterator[Report]:  # fmt: skip
    """Yield the report of each file, in order and alike wherever they are made; see `mlcheck.checking.check`.

    `cluster` is the address of a Dask scheduler. In this process alone `tell` is given each file before it is
    read. Raises MlcheckError where last year's report cannot be used, or the cluster.
    """
    tell = tell or (lambda _: None)
    if processes == 1 and cluster is None and cache is None:
        yield from _here(run, files, policy, tell)
        return
    from mlcheck.checking.suppression import settled
    from mlcheck.network.coding import Unreadable, decoded

    made = _made(run, files, processes, cluster, cache, tell)
    try:
        for file, one in zip(files, made, strict=True):
            try:
                report = decoded(one) if isinstance(one, bytes) else one
            except Unreadable:  # what another program left in the cache: it is checked after all
                (report,) = _here(run, [file], None, tell)
            yield settled(report, policy) if policy else report
    finally:
        if cache is not None:
            cache.trim()


def _made(
    run: Run, files: Sequence[Path], processes: int, cluster: str | None, cache: Cache | None, tell: Tell
) -> Iterator[bytes | Report]:
    """Return the reports of chunks, made on a cluster, in several processes or here."""
    if cluster is not None:
        from mlcheck.network.cluster import mapped as on_cluster

        return on_cluster(run, files, cluster, cache)
    return mapped(run, files, processes, cache) if processes > 1 else _chunked(run, files, cache, tell)


def _chunked(run: Run, files: Sequence[Path], cache: Cache | None, tell: Tell) -> Iterator[bytes | Report]:
    checker = Checker(run, cache)
    for chunk in chunks_of(files, 1):
        yield from checker(chunk.files, tell)


def _here(run: Run, files: Sequence[Path], policy: Policy | None, tell: Tell) -> Iterator[Report]:
    from mlcheck.checking import check

    found = check(
        files, prior=run.prior, profile=run.profile, year=run.year, select=run.select, ignore=run.ignore,
        assumed=run.assumed, policy=policy, tolerances=run.tolerances, tell=tell, relations=run.relations,
    )  # fmt: skip
    for number, report in enumerate(found, 1):
        yield report
        if number % FILES == 0:
            collect()
