"""Labels and the members they name."""

from __future__ import annotations

import pytest

from mlcheck.model.profile import Dimension
from mlcheck.profile import load
from mlcheck.profile.members import derived, member

DIMENSIONS = {dimension.name: dimension for dimension in load("metropole-nord-ouest").dimensions}


@pytest.mark.parametrize(
    ("dimension", "label", "canonical"),
    [
        ("sexe", "Homme", "Hommes"),
        ("sexe", "jeunes femmes", "Femmes"),
        ("age", "16-17 ans", "16 - 17 ans"),
        ("age", "18 à 21 ans", "18 - 21 ans"),
        ("age", "26 ans et plus", "26 et +"),
        ("qualification", "Sans\ndiplôme", "Aucun diplôme"),
        ("qualification", "Supérieur à BAC", "Supérieur au BAC"),
        ("nature", "Email", "E-mail"),
        ("thematique", "Emploi", "Accès à l'emploi"),
        ("type", "Contrats à Durée Indéterminée", "CDI (dont CIE en CDI)"),
        (
            "type",
            "Auto entrepreneur - Créateur / Repreneur d’entreprise",
            "Auto entrepreneur – Créateur/Repreneur d'entreprise",
        ),
    ],
)
def test_any_spelling_names_its_member_and_is_no_variant(dimension, label, canonical):
    assert member(label, DIMENSIONS[dimension]) == (canonical, False)


@pytest.mark.parametrize(
    ("label", "variant"),
    [
        ("Saint-André-lez-Lille", False),
        ("Saint‑André‑lez‑Lille", False),  # hyphens that do not break
        ("  Saint-André-lez-Lille :", False),
        ("SAINT-ANDRÉ-LEZ-LILLE", False),
        ("Saint-André-Lez-Lille", True),
        ("Saint André lez Lille", True),
        ("Saint-Andre-lez-Lille", True),
        ("St-André", True),
    ],
)
def test_a_commune_is_recognised_and_its_variant_spelling_told(label, variant):
    assert member(label, DIMENSIONS["commune"]) == ("Saint-André-lez-Lille", variant)


@pytest.mark.parametrize("label", ["", "Total", "Lille", "Saint-André-sur-Mer", "Lambersart et Lompret"])
def test_what_is_no_member_is_none(label):
    assert member(label, DIMENSIONS["commune"]) is None


def test_the_ligature_of_marcq_en_baroeul_does_not_matter_to_recognise_it():
    assert member("Marcq-en-Baroeul", DIMENSIONS["commune"]) == ("Marcq-en-Barœul", True)


def test_derived_words_sum_members():
    assert derived("Inférieur au bac", DIMENSIONS["qualification"]) == ("BEP/CAP", "Aucun diplôme")
    assert derived("mineurs", DIMENSIONS["age"]) == ("16 - 17 ans",)
    assert derived("majorettes", DIMENSIONS["age"]) == ()


def test_a_canonical_label_goes_before_the_spelling_of_another_dimension_made_later():
    first = Dimension("a", {"x": ("y",)})
    second = Dimension("a", {"y": ("x2",)})
    assert member("y", first) == ("x", False)
    assert member("y", second) == ("y", False)
