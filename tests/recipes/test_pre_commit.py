""".pre-commit-hooks.yaml at work: a commit of a wrong report is stopped, that of the mended one is not."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib

import pytest
import yaml

from tests.recipes.pre_commit import HOOKS, MANIFEST, PRE_COMMIT, commit, git, install
from tests.recipes.shells import HOSTILE, ROOT, mend, publish, run, slip


@pytest.fixture
def repository(workspace):
    """A git repository with nothing in it."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    assert git(workspace, "init", "--quiet").status == 0
    return workspace


def test_a_commit_of_a_wrong_total_is_stopped_until_it_is_mended(repository):
    install(repository, "mlcheck")
    report = publish(repository / "reports" / "rapport d'activité 2023.xlsx")
    stopped = commit(repository)
    assert stopped.status == 1
    assert "attendu 10 024 €" in stopped.log
    mend(report)
    assert commit(repository).status == 0


def test_a_commit_without_reports_is_let_through(repository):
    install(repository, "mlcheck")
    (repository / "README.md").write_text("no figures", "utf-8")
    assert commit(repository).status == 0


def test_options_go_before_the_two_dashes(repository):
    install(repository, "mlcheck", "--ignore", "TOT", "--")
    publish(repository / "-report-2023.xlsx")
    assert commit(repository).status == 0


def test_names_are_names(repository):
    install(repository, "mlcheck")
    for name in HOSTILE:
        slip(repository / name)
    stopped = commit(repository)
    assert stopped.status == 1
    assert stopped.log.count("✗ TOT101") == len(HOSTILE)
    assert {path.name for path in repository.iterdir()} == {*HOSTILE, ".git"}


def test_the_report_of_the_folder_is_checked_at_every_commit(repository):
    install(repository, "mlcheck-configured")
    report = publish(repository / "report-2023.xlsx")
    (repository / "mlcheck.toml").write_text('report = "report-2023.xlsx"\n', "utf-8")
    assert commit(repository).status == 1
    mend(report)
    assert commit(repository).status == 0
    assert commit(repository).status == 0


@pytest.mark.parametrize(
    ("name", "checked"),
    [
        ("report.xlsx", True),
        ("reports/Rapport 2023.XLSX", True),
        ("slides.pptx", True),
        ("rapport.pdf", True),
        ("reports/~$report.xlsx", False),
        ("README.md", False),
        ("data.csv", False),
        ("requirements.txt", False),
        ("xlsx", False),
        ("report.xlsx.sha256", False),
    ],
)
def test_which_files_are_taken_for_reports(name, checked):
    hook = HOOKS["mlcheck"]
    assert bool(re.search(hook["files"], name) and not re.search(hook["exclude"], name)) == checked


def test_the_entry_is_a_program_that_is_installed():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert {shlex.split(hook["entry"])[0] for hook in HOOKS.values()} <= scripts.keys()


@pytest.mark.skipif(PRE_COMMIT is None, reason="pre-commit is not installed")
def test_pre_commit_itself_runs_the_hooks(repository, tmp_path):
    """The hooks as they are, except that the program is the one installed here: nothing is fetched."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    shutil.copy(MANIFEST, hooks)
    assert git(hooks, "init", "--quiet").status == 0
    assert commit(hooks).status == 0
    revision = git(hooks, "rev-parse", "HEAD").log.strip()
    own = [{"id": hook, "language": "system"} for hook in HOOKS]
    held = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": own}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(held), "utf-8")
    report = publish(repository / "-report 2023.xlsx")
    (repository / "mlcheck.toml").write_text('report = "-report 2023.xlsx"\n', "utf-8")
    git(repository, "add", "--all")
    ran = run([PRE_COMMIT, "run"], repository, PRE_COMMIT_HOME=str(tmp_path / "cache"))
    assert (ran.status, ran.log.count("✗ TOT101")) == (1, 2)
    mend(report)
    git(repository, "add", "--all")
    ran = run([PRE_COMMIT, "run"], repository, PRE_COMMIT_HOME=str(tmp_path / "cache"))
    assert (ran.status, ran.log.count("Passed")) == (0, 2)
