"""The help of every command, in French and in English."""

from __future__ import annotations

import pytest
import typer.main
from typer.testing import CliRunner

from mlcheck.cli.main import COMMANDS, app
from mlcheck.translation import translator

NAMES = list(COMMANDS)


def help_of(monkeypatch, language, *command):
    monkeypatch.setenv("LANGUAGE", language)
    return CliRunner().invoke(app, [*command, "--help"], terminal_width=200).stdout


@pytest.mark.parametrize("name", NAMES)
def test_every_option_of_a_command_is_told_in_french(monkeypatch, name):
    english = help_of(monkeypatch, "en", name)
    french = help_of(monkeypatch, "fr", name)
    assert english.startswith("Usage: ")
    assert french.startswith("Usage\u00a0: ")
    group = typer.main.get_command(app)
    for parameter in group.get_command(None, name).params:
        if told := getattr(parameter, "help", None):
            assert translator("fr").gettext(told).split()[0] in french
            assert translator("fr").gettext(told) != told


def test_the_program_lists_its_commands_in_french(monkeypatch):
    french = help_of(monkeypatch, "fr")
    assert "Code de sortie" in french
    assert "Vérifie que les chiffres des rapports concordent, et dit ce" in french


@pytest.mark.parametrize(("option", "least", "most"), [("--quiet", 2, 2), ("--verbose", 20, 500)])
def test_as_much_is_told_as_is_asked(monkeypatch, option, least, most):
    shown = CliRunner().invoke(app, ["validate", option]).stdout
    assert least <= len(shown.splitlines()) <= most


def test_a_command_is_imported_when_it_is_asked_for():
    group = typer.main.get_command(app)
    assert set(group.commands) == set(COMMANDS)
    assert group.get_command(None, "rules").name == "rules"
    assert group.get_command(None, "unknown") is None
