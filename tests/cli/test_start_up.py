"""What a person waits for: the small commands load nothing heavy, and nothing ever loads pandas."""

import subprocess
import sys

import pytest

from mlcheck import __version__
from mlcheck.cli.options import ReportFormat
from mlcheck.rendering import FOLDERS, RENDERERS

HEAVY = {"polars", "pandera", "openpyxl", "python_calamine", "xlrd", "rich", "tabulate", "pandas"}


def loaded(*arguments):
    program = (
        f"import sys; sys.argv = ['mlcheck', *{arguments!r}]\n"
        "from mlcheck.cli.main import main\n"
        "try: main()\n"
        "except SystemExit as error: status = error.code\n"
        "print(status, ' '.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    status, *modules = done.stderr.split()
    return status, {module.partition(".")[0] for module in modules}, done.stdout


@pytest.mark.parametrize("arguments", [("--help",), ("validate", "--help"), ("--version",)])
def test_help_loads_nothing_heavy(arguments):
    status, modules, text = loaded(*arguments)
    assert status in ("0", "None")
    assert text
    assert not modules & HEAVY


def test_the_version():
    assert loaded("--version")[2] == f"mlcheck {__version__}\n"


def test_help_lists_the_commands():
    text = loaded("--help")[2]
    for command in ("validate", "table", "figures", "claims", "relations", "rules", "explain"):
        assert f"  {command} " in text


def test_every_format_of_a_report_can_be_asked_for():
    assert set(ReportFormat) == {*RENDERERS, *FOLDERS}
