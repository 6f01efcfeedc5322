"""A checker that answers what a test tells it, so that these tests are of the command line alone."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from mlcheck.model.constraints import Rule


@pytest.fixture
def checking(monkeypatch):
    """Stand in for mlcheck.checking: `reports` is what `check` yields, `asked` what it was called with."""
    import mlcheck

    module = ModuleType("mlcheck.checking")
    module.__path__ = [str(Path(mlcheck.__file__).with_name("checking"))]  # its parts are the real ones
    module.reports, module.facts, module.asked = [], None, {}

    def check(files, **options):
        module.asked = {"files": [str(file) for file in files], **options}
        yield from module.reports

    def extract(file, **options):
        module.asked = {"files": [str(file)], **options}
        return module.facts

    module.check, module.extract = check, extract
    monkeypatch.setitem(sys.modules, "mlcheck.checking", module)
    return module


@pytest.fixture
def rules(monkeypatch):
    """Two rules, so that these tests do not change with every rule that is added."""

    def total(facts):
        """A printed total is not the sum of its parts.

        Parts marked "/" count as zero.
        """
        return ()

    def share(facts):
        """A percentage is not a / b."""
        return ()

    module = ModuleType("mlcheck.rules")
    module.RULES = (
        Rule("TOT101", "total-differs-from-parts", "error", total, "…"),
        Rule("SHR101", "share-differs", "warning", share, "…"),
    )
    monkeypatch.setitem(sys.modules, "mlcheck.rules", module)
    return module.RULES


@pytest.fixture
def run(monkeypatch, tmp_path, rules):
    """Run mlcheck in an empty folder, in English."""
    from mlcheck.cli.main import app

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("MLCHECK_DEBUG", raising=False)

    def call(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return call
