"""One simulated population per agency and year: young people, and all that happened with them."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from simulated.meaning import Growth, Mean, Meaning, Share, Statistic, Total, among

MONTHS = tuple(f"{month:02}" for month in range(1, 13))
SECTORS = ("commerce", "industrie", "btp", "transport", "sante", "hotellerie", "administratif", "agriculture")
UNIVERSE: dict[str, tuple[str, ...]] = {
    "sexe": ("F", "H"),
    "age": ("16", "18", "22"),
    "niveau": ("sans", "cap", "bac", "sup"),
    "logement": ("parents", "autonome", "precaire", "sans_abri"),
    "permis": ("oui", "non"),
    "qpv": ("oui", "non"),
    "mois": MONTHS,
    "contact": ("entretien", "atelier", "telephone", "sms", "mail", "visite"),
    "contrat": ("cdi", "cdd_long", "cdd_court", "interim", "alternance", "aide", "creation"),
    "temps": ("plein", "partiel"),
    "secteur": SECTORS,
    "domaine": ("tertiaire", "batiment", "soin", "numerique", "langue", "remise"),
    "financeur": ("region", "etat", "operateur", "entreprise"),
    "dispositif": ("cej", "pacea", "aij", "obligation"),
    "aide": ("alimentation", "transport", "logement", "equipement", "permis", "sante"),
    "atelier": ("emploi", "mobilite", "sante", "numerique", "budget", "citoyennete"),
    "partenaire": ("entreprises", "associations", "etablissements", "institutions"),
    "produit": ("etat", "region", "departement", "communes", "operateur", "europe", "autres"),
    "charge": ("personnel", "locaux", "deplacements", "services", "aides", "amortissements"),
    "fonction": ("conseil", "accueil", "direction", "appui"),
}
WEIGHTS: dict[str, tuple[float, ...]] = {
    "sexe": (0.48, 0.52),
    "age": (0.22, 0.5, 0.28),
    "logement": (0.6, 0.22, 0.15, 0.03),
    "permis": (0.28, 0.72),
    "qpv": (0.17, 0.83),
    "contact": (0.3, 0.12, 0.16, 0.2, 0.2, 0.02),
    "contrat": (0.12, 0.2, 0.3, 0.25, 0.08, 0.04, 0.01),
    "temps": (0.64, 0.36),
    "dispositif": (0.35, 0.45, 0.05, 0.15),
    "aide": (0.3, 0.28, 0.1, 0.12, 0.14, 0.06),
}
LEVELS = {"16": (0.78, 0.16, 0.06, 0), "18": (0.38, 0.17, 0.38, 0.07), "22": (0.3, 0.2, 0.32, 0.18)}
AGES = {"16": (16, 17), "18": (18, 19, 20, 21), "22": (22, 23, 24, 25)}
USUAL = {
    "alimentation": 30,
    "transport": 40,
    "logement": 150,
    "equipement": 90,
    "permis": 400,
    "sante": 60,
}
Key = tuple[str, ...]


@dataclass
class Cube:
    """The totals of a measure in a year, by its dimensions."""

    dimensions: tuple[str, ...]
    cells: Counter[Key]
    margins: dict[tuple[int, ...], Counter[Key]] = field(default_factory=dict)

    def total(self, members: frozenset[tuple[str, frozenset[str]]]) -> int:
        """Return how many there are of some members."""
        held = tuple(at for at, name in enumerate(self.dimensions) if among(members, name) is not None)
        margin = self.margins.get(held)
        if margin is None:
            margin = Counter()
            for key, number in self.cells.items():
                margin[tuple(key[at] for at in held)] += number
            self.margins[held] = margin
        sets = [among(members, self.dimensions[at]) or frozenset() for at in held]
        return sum(margin[key] for key in product(*sets) if key in margin)


@dataclass
class Population:
    """All measures of an agency over its years; `scales` are the units that are counted in parts (cents, tenths)."""

    years: tuple[int, ...]
    universe: dict[str, tuple[str, ...]]
    cubes: dict[tuple[str, int], Cube]
    scales: dict[str, int]
    lengths: dict[int, list[int]]

    def dimensions(self, measure: str) -> tuple[str, ...]:
        """Return the dimensions of a measure."""
        return self.cubes[measure, self.years[-1]].dimensions

    def value(self, meaning: Meaning) -> Fraction | None:
        """Return the exact value of what is meant, or None where it is not defined."""
        if isinstance(meaning, Total):
            return self._total(meaning)
        if isinstance(meaning, Statistic):
            named: dict[str, Callable[[list[int]], float]] = {
                "mean": statistics.mean,
                "median": statistics.median,
                "least": min,
                "greatest": max,
            }
            return Fraction(named[meaning.name](self.lengths[meaning.year]))
        if isinstance(meaning, Share):
            whole = self._total(meaning.whole)
            return 100 * self._total(meaning.part) / whole if whole else None
        if isinstance(meaning, Mean):
            number = self._total(meaning.number)
            return self._total(meaning.amount) / number if number else None
        first, second = self.value(meaning.now), self.value(meaning.before)
        if first is None or second is None or (isinstance(meaning, Growth) and not second):
            return None
        return 100 * (first / second - 1) if isinstance(meaning, Growth) else first - second

    def _total(self, meaning: Total) -> Fraction:
        cube = self.cubes[meaning.measure, meaning.year]
        return Fraction(cube.total(meaning.members), self.scales.get(meaning.measure, 1))

    def knows(self, meaning: Meaning) -> bool:
        """Tell whether the years that are meant are among those simulated."""
        if isinstance(meaning, Total | Statistic):
            return (meaning.measure, meaning.year) in self.cubes or isinstance(meaning, Statistic)
        return all(self.knows(one) for one in (getattr(meaning, name) for name in meaning.__annotations__))


@dataclass
class Tendencies:
    """How an agency differs from others: the weights of its members, and how often things happen."""

    chance: random.Random
    universe: dict[str, tuple[str, ...]]
    weights: dict[str, list[float]]

    @classmethod
    def of(cls, chance: random.Random, communes: Sequence[str]) -> Tendencies:
        """Draw the tendencies of an agency."""
        universe = UNIVERSE | {"commune": tuple(communes)}
        weights = {}
        for name, members in universe.items():
            common = WEIGHTS.get(name) or (1.0,) * len(members)
            spread = 1.1 if name == "commune" else 0.35
            weights[name] = [weight * chance.lognormvariate(0, spread) for weight in common]
        return cls(chance, universe, weights)

    def shifted(self) -> Tendencies:
        """Return the tendencies of the next year: the same, but for small changes."""
        weights = {
            name: [one * self.chance.lognormvariate(0, 0.07) for one in held]
            for name, held in self.weights.items()
        }
        return Tendencies(self.chance, self.universe, weights)

    def draw(self, dimension: str, number: int) -> list[str]:
        """Draw a member of a dimension for each of a number of cases."""
        return self.chance.choices(self.universe[dimension], self.weights[dimension], k=number)


def simulate(
    chance: random.Random, communes: Sequence[str], years: Sequence[int], *, cents: bool
) -> Population:
    """Return the population of an agency over some years, each a little larger or smaller than the one before."""
    tendencies = Tendencies.of(chance, communes)
    size = chance.randint(250, 1300)
    cubes: dict[tuple[str, int], Cube] = {}
    lengths: dict[int, list[int]] = {}
    for year in years:
        made = _year(tendencies, size, 100 if cents else 1)
        cubes |= {(measure, year): cube for measure, cube in made.items()}
        lengths[year] = [chance.choice((1, 2, 3, 4, 6, 9, 12)) for _ in range(41)]
        size = round(size * chance.uniform(0.85, 1.2))
        tendencies = tendencies.shifted()
    _budget(cubes, tendencies, years, size)
    money = 100 if cents else 1
    return Population(tuple(years), tendencies.universe, cubes, {"montants": money, "etp": 10}, lengths)


Person = tuple[str, str, str, str, str, str, str]
PERSON = ("commune", "sexe", "age", "niveau", "logement", "permis", "qpv")


def _people(tendencies: Tendencies, number: int) -> list[Person]:
    """Draw young people; their qualification goes with their age."""
    ages = tendencies.draw("age", number)
    levels = [tendencies.chance.choices(UNIVERSE["niveau"], LEVELS[age])[0] for age in ages]
    drawn = {name: tendencies.draw(name, number) for name in PERSON if name not in ("age", "niveau")}
    drawn |= {"age": ages, "niveau": levels}
    return list(zip(*(drawn[name] for name in PERSON), strict=True))


def _year(tendencies: Tendencies, size: int, money: int) -> dict[str, Cube]:
    """Draw one year: those who are new, those who are followed, and what they did."""
    chance = tendencies.chance
    new, known = _people(tendencies, size), _people(tendencies, round(size * 1.4))
    months = tendencies.draw("mois", len(new))
    kept = [person for person in [*new, *known] if chance.random() < 0.75]
    working = [person for person in kept if chance.random() < 0.5]
    ages = Counter[Key]()
    for person in new:
        ages[person[1], person[2]] += chance.choice(AGES[person[2]])
    return {
        "inscrits": Cube(
            (*PERSON, "mois"), Counter((*one, month) for one, month in zip(new, months, strict=True))
        ),
        "ages": Cube(("sexe", "age"), ages),
        "accompagnes": Cube(PERSON, Counter(kept)),
        "en_emploi": Cube(PERSON, Counter(working)),
        **_events(tendencies, kept, working, money),
        **_workshops(tendencies, size),
    }


def _happened(
    tendencies: Tendencies, people: list[Person], often: Sequence[float], *dimensions: str
) -> tuple[tuple[str, ...], list[Key]]:
    """Draw what happened to people: `often` weighs none, once, twice and so on; each time has members of its own."""
    times = tendencies.chance.choices(range(len(often)), often, k=len(people))
    whose = [person for person, number in zip(people, times, strict=True) for _ in range(number)]
    drawn = [tendencies.draw(name, len(whose)) for name in dimensions]
    keys = [(*person[:3], *rest) for person, *rest in zip(whose, *drawn, strict=True)]
    return (*PERSON[:3], *dimensions), keys


def _events(tendencies: Tendencies, kept: list[Person], working: list[Person], money: int) -> dict[str, Cube]:
    """Draw contacts, contracts, trainings, immersions, entries in schemes and aids, with what they cost."""
    kinds = {
        "contrats": (working, (0, 5, 3, 2, 1), ("contrat", "secteur", "temps", "mois")),
        "formations": (kept, (7, 2, 1), ("domaine", "financeur", "mois")),
        "immersions": (kept, (8, 2, 1), ("secteur",)),
        "entrees": (kept, (4, 5), ("dispositif",)),
        "aides": (kept, (6, 2, 1, 1), ("aide", "mois")),
        "contacts": (kept, (0, 1, 2, 3, 2, 1), ("contact", "mois")),
    }
    found: dict[str, Cube] = {}
    for measure, (people, often, dimensions) in kinds.items():
        names, keys = _happened(tendencies, people, often, *dimensions)
        found[measure] = Cube(names, Counter(keys))
    chance, contacts, amounts = tendencies.chance, found["contacts"], Counter[Key]()
    for key in sorted(contacts.cells):
        contacts.cells[key] *= chance.randint(1, 8)
    for key, number in sorted(found["aides"].cells.items()):
        usual = USUAL[key[3]] * money
        amounts[key] = sum(chance.randint(usual // 2, 2 * usual) for _ in range(number))
    return found | {"montants": Cube(found["aides"].dimensions, amounts)}


def _workshops(tendencies: Tendencies, size: int) -> dict[str, Cube]:
    """Draw the workshops that were held, those who came, and the partners."""
    chance, weights = tendencies.chance, tendencies.weights
    held = [max(2, round((5 + size / 60) * weight)) for weight in weights["atelier"]]
    sessions = Counter[Key](dict(zip(((kind,) for kind in UNIVERSE["atelier"]), held, strict=True)))
    came = Counter[Key]()
    for (kind,), number in sorted(sessions.items()):
        for sex in UNIVERSE["sexe"]:
            came[kind, sex] = sum(chance.randint(1, 6) for _ in range(number))
    partners = Counter(
        {
            (kind,): max(2, round(40 * weight))
            for kind, weight in zip(UNIVERSE["partenaire"], weights["partenaire"], strict=True)
        }
    )
    return {
        "seances": Cube(("atelier",), sessions),
        "participants": Cube(("atelier", "sexe"), came),
        "partenaires": Cube(("partenaire",), partners),
    }


def _budget(
    cubes: dict[tuple[str, int], Cube], tendencies: Tendencies, years: Sequence[int], size: int
) -> None:
    """Draw income, expenses, staff and targets of each year."""
    chance = tendencies.chance
    shares = {
        name: [chance.uniform(0.3, 3) for _ in UNIVERSE[name]] for name in ("produit", "charge", "fonction")
    }
    for year in years:
        for measure, name, level in (
            ("produits", "produit", 900),
            ("charges", "charge", 880),
            ("etp", "fonction", 0.25),
        ):
            scale = level * size / sum(shares[name])
            cells = Counter(
                {
                    (one,): max(3, round(scale * share * chance.uniform(0.88, 1.14)))
                    for one, share in zip(UNIVERSE[name], shares[name], strict=True)
                }
            )
            cubes[measure, year] = Cube((name,), cells)
        for measure, name in (("entrees", "dispositif"), ("contrats", "contrat")):
            done = cubes[measure, year]
            aims = Counter[Key]({
                (one,): max(5, 5 * round(done.total(frozenset({(name, frozenset({one}))})) * chance.uniform(0.85, 1.25) / 5))
                for one in UNIVERSE[name]
            })  # fmt: skip
            cubes[f"objectif_{measure}", year] = Cube((name,), aims)
