"""A whole report: sections of headings, paragraphs, key figures and tables in the order and the layout of the house."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

from simulated import columns, stubs
from simulated.arrangements import arranged, with_unknown
from simulated.blocks import Heading, KeyFigures, Paragraph
from simulated.columns import head
from simulated.figures import Figure
from simulated.meaning import EVERYONE, Total
from simulated.population import PERSON
from simulated.prose import Topic, paragraph
from simulated.style import wording
from simulated.tables import MONEY, Agency, Column, Line, Table, tabulate

Block = Heading | Paragraph | KeyFigures | Table
SECTIONS: dict[str, tuple[str, ...]] = {
    "inscrits": ("commune", "age", "niveau", "sexe", "logement", "permis", "mois", "qpv"),
    "accompagnes": ("commune", "niveau", "age", "sexe"),
    "contacts": ("contact", "commune", "mois"),
    "entrees": ("dispositif", "commune", "age", "sexe"),
    "contrats": ("contrat", "secteur", "commune", "temps", "mois"),
    "en_emploi": ("niveau", "sexe", "age", "commune"),
    "formations": ("domaine", "financeur", "commune", "sexe"),
    "immersions": ("secteur", "commune", "sexe"),
    "aides": ("aide", "commune", "mois"),
    "seances": ("atelier",),
    "partenaires": ("partenaire",),
    "produits": ("produit",),
    "charges": ("charge",),
    "etp": ("fonction",),
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
KEY = ("inscrits", "accompagnes", "contacts", "contrats", "formations", "aides", "entrees", "immersions")
KEY_HEADS = ("Chiffres clés", "L'essentiel", "L'année en chiffres", "Indicateurs")
NOTES = (
    "Source : logiciel de suivi, extraction au 31 décembre.",
    "Données déclarées par les équipes.",
    "Lecture : chaque ligne porte sur l'année entière.",
    "Données arrêtées en fin d'année.",
)
TITLES = (
    "Rapport d'activité {year}",
    "Bilan d'activité {year}",
    "Rapport annuel {year}",
    "L'activité en {year}",
)


@dataclass
class Section:
    """What stands under one heading."""

    name: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Report:
    """A report as printed."""

    agency: Agency
    title: str
    sections: list[Section]

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks in their order."""
        for section in self.sections:
            yield from section.blocks

    def figures(self) -> list[Figure]:
        """Return all figures in their order."""
        return [figure for block in self.blocks() for figure in block.figures()]


@dataclass
class Writing:
    """What is needed while a report grows: the choices that both years share, those of this year, and the next number."""

    agency: Agency
    structure: random.Random
    chance: random.Random
    next_block: int
    said: set[tuple[str, ...]] = field(default_factory=set)

    def block(self) -> int:
        """Return the number of a new block."""
        self.next_block += 1
        return self.next_block


def written(agency: Agency, first_block: int = 0) -> Report:
    """Return the report of an agency; blocks are numbered from one after the first."""
    style = agency.style
    writing = Writing(
        agency, random.Random(style.words), random.Random(f"{style.phrases}/{agency.year}"), first_block
    )
    title = f"{style.word(list(TITLES)).format(year=agency.year)} – {agency.name}"
    if style.year_names == "N":
        title += f" (N = {agency.year})"
    chosen = sorted(writing.structure.sample(list(SECTIONS), style.sections), key=list(SECTIONS).index)
    sections = [_key_section(writing)] if writing.structure.random() < 0.6 else []
    for measure in chosen:
        sections.append(_section(writing, measure, len(sections)))
    return Report(agency, title, sections)


def _numbered(writing: Writing, name: str, at: int) -> str:
    """Return a heading with the number that the house gives it."""
    form = writing.agency.style.headings
    number = {"1.": f"{at + 1}. ", "1)": f"{at + 1}) ", "I.": f"{ROMAN[min(at, 11)]}. "}.get(form, "")
    return number + name


def _section(writing: Writing, measure: str, at: int) -> Section:
    """Return the section of a measure: prose and some tables."""
    agency, structure = writing.agency, writing.structure
    name = agency.style.word(wording()["measures"][measure]["section"], measure)
    section = Section(name, [Heading(_numbered(writing, name, at))])
    dimensions = SECTIONS[measure]
    shown = structure.sample(dimensions, min(len(dimensions), structure.randint(1, 3)))
    spoken = [one for one in dimensions if one != "mois"]
    _add_prose(writing, section, measure, spoken)
    for dimension in shown:
        section.blocks.append(_table(writing, measure, dimension))
        if structure.random() < 0.3:
            _add_prose(writing, section, measure, [dimension] if dimension != "mois" else spoken)
    if measure == "contrats" and structure.random() < 0.3:
        section.blocks.append(_durations(writing))
    if wording()["measures"][measure]["persons"] and structure.random() < 0.4:
        section.blocks.append(_profile(writing, measure))
    return section


def _add_prose(writing: Writing, section: Section, measure: str, dimensions: list[str]) -> None:
    """Add one to three paragraphs, or as many bullets."""
    if writing.agency.style.format == "csv":
        return
    topic = Topic(writing.agency, measure, dimensions, writing.said)
    most = 3 if writing.agency.style.prose == "rich" else 1
    for _ in range(writing.structure.randint(0 if most == 1 else 1, most)):
        made = paragraph(topic, writing.chance, writing.block(), writing.chance.randint(1, 3))
        if made:
            section.blocks.append(made)


def _title(writing: Writing, measure: str, dimension: str) -> str:
    """Return the title of a table, which names what it counts or leaves that to its section."""
    style, words = writing.agency.style, wording()
    of = style.word(words["dimensions"][dimension]["title"], dimension)
    noun = {"montants": "aides", "produits": "produits", "charges": "charges"}.get(measure) or words[
        "measures"
    ][measure]["noun"]
    if of[0].isupper():
        return f"{of} {words['measures'][measure]['des']}" if style.words % 2 else of
    title = f"{noun[0].upper()}{noun[1:]} {of}"
    return f"{title} en {writing.agency.year}" if style.words % 3 == 0 else title


def _columns(writing: Writing, measure: str, dimension: str) -> list[Column]:
    """Return columns that suit a measure and a dimension, as the house likes them."""
    agency, structure = writing.agency, writing.structure
    if measure == "aides" and structure.random() < 0.7:
        two = structure.random() < 0.3
        return columns.amounts(
            agency, "aides", "montants", (agency.year - 1, agency.year) if two else (agency.year,)
        )
    if measure == "seances":
        return columns.sessions(agency)
    held = agency.population.dimensions(measure)
    thousands = agency.in_thousands(measure)
    if thousands:
        return (columns.years if agency.style.comparison != "one" else columns.counted)(agency, measure)
    plain = columns.counted if agency.style.comparison == "one" else columns.years
    options: list[Callable[[Agency, str], list[Column]]] = [plain] * 3
    options += [columns.shares, columns.shares_of_years]
    if "sexe" in held and dimension != "sexe":
        options += [columns.sexes, columns.sexes, columns.sexes_of_years]
    if "qpv" in held and dimension != "qpv":
        options += [columns.priority_districts]
    if "mois" in held and dimension != "mois":
        options += [columns.quarters]
    if (measure, dimension) in (("entrees", "dispositif"), ("contrats", "contrat")):
        options += [columns.targets] * 4
    crossed = [
        one for one in ("age", "niveau", "contrat", "dispositif", "temps") if one in held and one != dimension
    ]
    options += [partial(columns.crossed, dimension=one) for one in crossed]
    if dimension == "mois":
        options += [columns.running] * 2
    return structure.choice(options)(agency, measure)


def _unit_line(agency: Agency, made: list[Column]) -> str:
    """Return the line that says in which unit the numbers are, where it is needed."""
    units = {column.form.unit for column in made} - {"%"}
    if any(column.form.scale == 1000 for column in made):
        return "(en milliers d'euros)" if agency.style.words % 2 else "en k€"
    if units == {"€"} and not agency.style.euro_in_cell:
        return "(en euros)" if agency.style.words % 2 else "en €"
    return "(en ETP)" if units == {"etp"} and agency.style.unit_lines else ""


def _table(writing: Writing, measure: str, dimension: str) -> Table:
    """Return the table of a measure by a dimension."""
    agency = writing.agency
    shown = _columns(writing, measure, dimension)
    made = stubs.months(agency, measure) if dimension == "mois" else stubs.lines(agency, measure, dimension)
    if any(column.form.unit == "%" and "éalis" in " ".join(column.heads) for column in shown):
        made = [line for line in made if line.kind != "dont"]
    table = tabulate(
        agency,
        writing.block(),
        _title(writing, measure, dimension),
        stubs.stub_heads(agency, dimension),
        made,
        shown,
    )
    table.unit_line = _unit_line(agency, shown)
    if agency.style.notes and writing.structure.random() < 0.5:
        table.notes.append(writing.structure.choice(NOTES))
    if writing.structure.random() < agency.style.unknown:
        table = with_unknown(table, agency.year, writing.structure)
    return arranged(table, agency.style, writing.structure)


def _durations(writing: Writing) -> Table:
    """Return the table of the durations of contracts."""
    shown = columns.durations(writing.agency)
    title = "Durée des contrats (en mois)"
    return tabulate(writing.agency, writing.block(), title, ["Statistique"], stubs.statistics(), shown)


def _profile(writing: Writing, measure: str) -> Table:
    """Return a long table with a panel for each of some dimensions."""
    agency = writing.agency
    options = [one for one in PERSON if one not in ("commune", "qpv")]
    dimensions = tuple(writing.structure.sample(options, 3))
    noun = wording()["measures"][measure]["noun"]
    shown = (
        columns.shares(agency, measure)
        if writing.structure.random() < 0.6
        else columns.years(agency, measure)
    )
    return tabulate(
        agency,
        writing.block(),
        f"Profil des {noun}",
        ["Caractéristiques"],
        stubs.profile(agency, measure, dimensions),
        shown,
    )


def _key_section(writing: Writing) -> Section:
    """Return the page of key figures: numbers with captions, or a table of indicators."""
    agency, structure = writing.agency, writing.structure
    name = agency.style.word(list(KEY_HEADS))
    section = Section(name, [Heading(_numbered(writing, name, 0))])
    measures = sorted(structure.sample(KEY, structure.randint(3, 6)), key=KEY.index)
    if structure.random() < 0.5 and agency.style.format != "csv":
        pairs = []
        block = writing.block()
        for measure in measures:
            meaning, form = Total(measure, EVERYONE, agency.year), agency.form(measure)
            figure = Figure(
                meaning, agency.population.value(meaning) or Fraction(0), form, block, row="key figure"
            )
            pairs.append((figure, wording()["measures"][measure]["noun"]))
        section.blocks.append(KeyFigures(block, pairs))
    else:
        section.blocks.append(_indicators(writing, measures))
    return section


def _indicators(writing: Writing, measures: list[str]) -> Table:
    """Return a table of which each line is a measure of its own: nothing in it adds up."""
    agency = writing.agency
    lines = []
    for measure in measures:
        noun = wording()["measures"][measure]["noun"]
        label = f"{noun[0].upper()}{noun[1:]}" if measure not in MONEY else head(agency, measure)
        lines.append(Line(label, EVERYONE, columns=tuple(columns.years(agency, measure))))
    return tabulate(
        agency,
        writing.block(),
        "Principaux indicateurs",
        ["Indicateur"],
        lines,
        columns.years(agency, measures[0]),
    )
