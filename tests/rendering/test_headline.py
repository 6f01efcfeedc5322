"""The one sentence for who reads no further."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mlcheck.model.document import Locator
from mlcheck.rendering.headline import headline
from mlcheck.rendering.wording import Wording
from tests.rendering import cases

FRENCH, ENGLISH = Wording("fr"), Wording("en")


def finding(severity="error", **place):
    return replace(cases.finding(severity=severity), location=Locator("r.xlsx", **place))


def said(*findings, wording=FRENCH, **more):
    text = headline(cases.report(findings=findings, **more), wording)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_figures_to_correct_and_where():
    errors = [finding(sheet=f"S{n % 3}", cell="A1") for n in range(5)]
    text = said(*errors)
    assert text.startswith("5 chiffres à corriger, dans 3 feuilles ; ")
    assert text.endswith(" % des chiffres sont contrôlés.")
    assert said(*errors, wording=ENGLISH).startswith("5 figures to correct, in 3 sheets; ")


@pytest.mark.parametrize(
    ("places", "start"),
    [
        ([{"sheet": "A", "cell": "B1"}], "1 chiffre à corriger, dans 1 feuille ; "),
        ([{"slide": 2}, {"slide": 2}], "2 chiffres à corriger, dans 1 diapositive ; "),
        ([{"page": 2}, {"page": 4}], "2 chiffres à corriger, sur 2 pages ; "),
        ([{"line": 2}], "1 chiffre à corriger ; "),
    ],
)
def test_places_are_those_of_the_format(places, start):
    assert said(*(finding(**place) for place in places)).startswith(start)


def test_warnings_are_to_look_at_again():
    assert said(finding(), finding("warning")).startswith("1 chiffre à corriger et 1 à revoir")
    assert said(finding("warning"), finding("info")).startswith("Aucune erreur relevée, 1 à revoir")
    assert said(finding("info")).startswith("Aucune erreur relevée ; ")


def test_what_was_not_checked_is_not_praised():
    assert said(unusable="x") == "Ce fichier n’a pas pu être contrôlé."
    assert said(crashes=(cases.CRASH,)).startswith("Le contrôle est incomplet")
    assert said(constraints={}).startswith("Rien n’a pu être contrôlé")
