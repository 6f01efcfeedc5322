"""The columns of a table: years side by side, shares, sexes, targets, amounts, quarters and running totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from simulated.meaning import (
    EVERYONE,
    Difference,
    Growth,
    Mean,
    Members,
    Points,
    Share,
    Statistic,
    Total,
    among,
    only,
)
from simulated.population import MONTHS
from simulated.style import wording
from simulated.tables import MONEY, Agency, Column

GROWTHS = ("Évolution", "Évol.", "Variation", "Évolution {b}/{a}")
GROWTHS_SIGNED = ("Évol. en %", "Évolution (%)", "Variation en %", "% d'évolution")
NUMBERS = ("Écart", "Évolution en nombre", "Variation", "Différence")
SHARES = ("%", "Part", "En %", "Part en %", "Répartition en %")
WOMEN = ("% de femmes", "Part des femmes (%)", "Dont femmes en %")
TARGETS = (
    ("Objectif", "Réalisé", "Taux de réalisation"),
    ("Objectifs", "Réalisation", "% de réalisation"),
    ("Prévu", "Réalisé", "Taux"),
)
MEANS = ("Montant moyen", "Moyenne par aide", "Aide moyenne")
QUARTERS = (("T1", "T2", "T3", "T4"), ("1er trimestre", "2e trimestre", "3e trimestre", "4e trimestre"))


def head(agency: Agency, measure: str) -> str:
    """Return how a column of a measure is headed; amounts without a sign say their unit."""
    name = agency.style.word(wording()["measures"][measure]["heads"], measure)
    if agency.in_thousands(measure):
        return f"{name} (en k€)" if not agency.style.unit_lines else name
    bare = measure in MONEY and not agency.style.euro_in_cell
    alone = measure != "montants" and agency.style.unit_lines
    return f"{name} (en €)" if bare and not alone else name


def _of(measure: str, year: int, extra: Members = EVERYONE) -> Callable[[Members], Total]:
    return lambda members: Total(measure, members | extra, year)


def _share(measure: str, year: int, extra: Members = EVERYONE) -> Callable[[Members], Share]:
    """Return the share of the members of a line in the whole column."""
    return lambda members: Share(Total(measure, members | extra, year), Total(measure, extra, year))


def counted(agency: Agency, measure: str) -> list[Column]:
    """Return one column, headed by the measure."""
    return [Column((head(agency, measure),), _of(measure, agency.year), agency.form(measure))]


def years(agency: Agency, measure: str) -> list[Column]:
    """Return years side by side, with their growth where the house shows it."""
    style, last = agency.style, agency.year
    order = {"two": (1, 0), "reversed": (0, 1), "three": (2, 1, 0), "evolution": (1, 0)}.get(
        style.comparison, (0,)
    )
    if style.comparison == "evolution" and style.words % 4 == 0:
        order = (0, 1)
    made = [
        Column((agency.year_name(last - ago),), _of(measure, last - ago), agency.form(measure))
        for ago in order
    ]
    return made + growths(agency, measure) if style.comparison == "evolution" else made


def growths(agency: Agency, measure: str) -> list[Column]:
    """Return the columns that compare this year with the last one."""
    style, last, made = agency.style, agency.year, list[Column]()
    if style.evolution in ("number", "both"):
        form = replace(agency.form(measure), plus="+" if style.growth_plus else "")
        made.append(
            Column((style.word(list(NUMBERS)),), lambda members: Difference(Total(measure, members, last), Total(measure, members, last - 1)), form)
        )  # fmt: skip
    if style.evolution in ("percent", "both"):
        options = GROWTHS if style.sign_in_cell and style.evolution == "percent" else GROWTHS_SIGNED
        name = style.word(list(options)).format(a=last - 1, b=last)
        made.append(
            Column((name,), lambda members: Growth(Total(measure, members, last), Total(measure, members, last - 1)), style.growth(in_cell=style.sign_in_cell))
        )  # fmt: skip
    return made


def share_head(agency: Agency) -> str:
    """Return how a column of shares is headed."""
    options = SHARES if agency.style.sign_in_cell else [one for one in SHARES if "%" in one]
    return agency.style.word(list(options), "share")


def shares(agency: Agency, measure: str) -> list[Column]:
    """Return the number and its share of the whole, of this year or of two years under spanners."""
    style, form = agency.style, agency.style.percent(in_cell=agency.style.sign_in_cell)
    number = "Montant" if measure in MONEY else "ETP" if measure == "etp" else "Nombre"
    if style.comparison == "one":
        return [
            Column((head(agency, measure),), _of(measure, agency.year), agency.form(measure)),
            Column((share_head(agency),), _share(measure, agency.year), form),
        ]
    return [
        column
        for year in (agency.year - 1, agency.year)
        for column in (
            Column((agency.year_name(year), number), _of(measure, year), agency.form(measure)),
            Column((agency.year_name(year), share_head(agency)), _share(measure, year), form),
        )
    ]


def shares_of_years(agency: Agency, measure: str) -> list[Column]:
    """Return the shares of two years and by how many points they differ."""
    year, percent = agency.year, agency.style.percent(in_cell=agency.style.sign_in_cell)
    form = replace(percent, unit="points", after="", plus="+" if agency.style.growth_plus else "")
    now, before = _share(measure, year), _share(measure, year - 1)
    mark = "" if agency.style.sign_in_cell else " (%)"
    return [
        Column((f"{agency.year_name(year - 1)}{mark}",), before, percent),
        Column((f"{agency.year_name(year)}{mark}",), now, percent),
        Column(
            ("Évol. en points",),
            lambda members: Points(now(members), before(members)),
            form,
        ),
    ]


def durations(agency: Agency) -> list[Column]:
    """Return the years for which the durations of contracts are shown."""
    years_shown = (agency.year,) if agency.style.comparison == "one" else (agency.year - 1, agency.year)
    return [Column((agency.year_name(year),), _duration(year), agency.style.tenths()) for year in years_shown]


def _duration(year: int) -> Callable[[Members], Statistic]:
    return lambda members: Statistic(min(among(members, "statistic") or {""}), "durations", EVERYONE, year)


def sexes(agency: Agency, measure: str) -> list[Column]:
    """Return women, men and both, with the share of women in some houses."""
    style, year = agency.style, agency.year
    labels = agency.labels("sexe")
    names = {
        sex: Column((label,), _of(measure, year, only("sexe", sex)), agency.form(measure))
        for sex, label in labels.items()
    }
    both = Column(("Total" if style.words % 2 else "Ensemble",), _of(measure, year), agency.form(measure))
    made = [names["F"], names["H"], both] if style.words % 5 else [both, names["F"], names["H"]]
    if style.words % 3 == 0:
        women = only("sexe", "F")
        made.append(
            Column((style.word(list(WOMEN)),), lambda members: Share(Total(measure, members | women, year), Total(measure, members, year)), style.percent(in_cell=style.sign_in_cell))
        )  # fmt: skip
    return made


def sexes_of_years(agency: Agency, measure: str) -> list[Column]:
    """Return women, men and both of two years, under spanners."""
    made = []
    for year in (agency.year - 1, agency.year):
        for sex, label in agency.labels("sexe").items():
            made.append(
                Column(
                    (agency.year_name(year), label),
                    _of(measure, year, only("sexe", sex)),
                    agency.form(measure),
                )
            )
        made.append(Column((agency.year_name(year), "Total"), _of(measure, year), agency.form(measure)))
    return made


def crossed(agency: Agency, measure: str, dimension: str) -> list[Column]:
    """Return a column for each member of a dimension, and their total."""
    made = [
        Column((label,), _of(measure, agency.year, only(dimension, name)), agency.form(measure))
        for name, label in agency.labels(dimension).items()
    ]
    return [*made, Column(("Total",), _of(measure, agency.year), agency.form(measure))]


def quarters(agency: Agency, measure: str) -> list[Column]:
    """Return the four quarters and the year."""
    names = QUARTERS[agency.style.words % 2]
    made = [
        Column(
            (name,),
            _of(measure, agency.year, only("mois", *MONTHS[3 * at : 3 * at + 3])),
            agency.form(measure),
        )
        for at, name in enumerate(names)
    ]
    return [*made, Column((f"Total {agency.year}",), _of(measure, agency.year), agency.form(measure))]


def running(agency: Agency, measure: str) -> list[Column]:
    """Return the number of each month and the running total."""

    def until(members: Members) -> Total:
        month = max(among(members, "mois") or {MONTHS[-1]})
        upto = MONTHS[: MONTHS.index(month) + 1]
        return Total(measure, EVERYONE if len(upto) == len(MONTHS) else only("mois", *upto), agency.year)

    return [*counted(agency, measure), Column(("Cumul",), until, agency.form(measure))]


def targets(agency: Agency, measure: str) -> list[Column]:
    """Return what was aimed at, what was reached, and the rate."""
    year, names = agency.year, TARGETS[agency.style.words % len(TARGETS)]
    aim = f"objectif_{measure}"
    rate = names[2] if agency.style.sign_in_cell or "%" in names[2] else f"{names[2]} (%)"
    return [
        Column((names[0],), _of(aim, year), agency.form(measure)),
        Column((names[1],), _of(measure, year), agency.form(measure)),
        Column((rate,), lambda members: Share(Total(measure, members, year), Total(aim, members, year)), agency.style.percent(in_cell=agency.style.sign_in_cell)),
    ]  # fmt: skip


def amounts(agency: Agency, number: str, amount: str, years_shown: Sequence[int]) -> list[Column]:
    """Return number, amount and mean of each year."""
    mean = agency.style.word(list(MEANS))
    mean = f"{mean} (en €)" if not agency.style.euro_in_cell else mean
    made = []
    for year in years_shown:
        over = (agency.year_name(year),) if len(years_shown) > 1 else ()
        made += [
            Column((*over, head(agency, number)), _of(number, year), agency.form(number)),
            Column((*over, head(agency, amount)), _of(amount, year), agency.form(amount)),
            Column((*over, mean), _mean(number, amount, year), agency.form(amount, mean=True)),
        ]
    return made


def _mean(number: str, amount: str, year: int) -> Callable[[Members], Mean]:
    return lambda members: Mean(Total(amount, members, year), Total(number, members, year))


def sessions(agency: Agency) -> list[Column]:
    """Return workshops, those who came, and how many came to one."""
    year = agency.year
    return [
        Column((head(agency, "seances"),), _of("seances", year), agency.form("seances")),
        Column((head(agency, "participants"),), _of("participants", year), agency.form("participants")),
        Column(("Participants par atelier",), _mean("seances", "participants", year), agency.style.tenths()),
    ]


def priority_districts(agency: Agency, measure: str) -> list[Column]:
    """Return a number, and how many of them live in a district of priority."""
    return [
        *counted(agency, measure),
        Column(("Dont QPV" if agency.style.words % 2 else "Dont résidant en quartier prioritaire",), _of(measure, agency.year, only("qpv", "oui")), agency.form(measure)),
    ]  # fmt: skip
