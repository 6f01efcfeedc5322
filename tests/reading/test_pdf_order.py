"""Reading order: what stands side by side is read one side after the other, rows of tables are left whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mlcheck.model.document import Document, Grid, Lines, Paragraph
from tests.reading.pdf_documents import fill, lines, prose, read_page, table, write

LEFT = """Les jeunes accueillis en 2023
sont plus nombreux que ceux
de l'année précédente dans
toutes les communes."""
RIGHT = """Leur part dans l'ensemble
progresse de deux points et
atteint 49 % des nouveaux
inscrits de la mission."""
COMMUNES = "Commune | Jeunes\nLille | 12\nLompret | 5\nTotal | 17"


def order(document: Document) -> list[str]:
    """Return the first words of each block, blank lines left out."""
    found = []
    for block in document.blocks:
        if isinstance(block, Lines):
            found += [line.text for line in block.lines if line.text]
        elif isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found.append("| " + next(iter(block.cells.values())).text)
    return found


def test_two_columns_of_prose_are_not_interleaved(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        prose(
            canvas,
            50,
            80,
            "Une phrase au-dessus des deux colonnes, sur toute la largeur de la page, de 12 mots.",
        )
        prose(canvas, 50, 120, LEFT)
        prose(canvas, 320, 120, RIGHT)
        prose(
            canvas,
            50,
            220,
            "Une phrase en dessous des deux colonnes, sur toute la largeur de la page imprimée.",
        )

    found = order(read_page(tmp_path, draw))
    assert found[1:-1] == [*LEFT.splitlines(), *RIGHT.splitlines()]
    assert found[0].startswith("Une phrase au-dessus")


def test_columns_whose_lines_stand_at_different_heights(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        prose(canvas, 50, 120, LEFT + "\n\n" + LEFT)
        prose(canvas, 320, 125, RIGHT)

    found = order(read_page(tmp_path, draw))
    assert found == [*LEFT.splitlines(), *LEFT.splitlines(), *RIGHT.splitlines()]


def test_two_ruled_tables_side_by_side_keep_their_titles(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 50, 90, "Selon la commune")
        table(canvas, 50, 100, COMMUNES)
        write(canvas, 50, 190, "Source : missions")
        write(canvas, 350, 90, "Selon le sexe")
        table(canvas, 350, 100, "Sexe | Jeunes\nFemmes | 8\nHommes | 9\nTotal | 17", (80, 70))
        write(canvas, 50, 300, "II. Les contacts")

    assert order(read_page(tmp_path, draw)) == [
        "Selon la commune",
        "| Commune",
        "Source : missions",
        "Selon le sexe",
        "| Sexe",
        "II. Les contacts",
    ]


def test_prose_beside_a_ruled_table(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        prose(canvas, 50, 110, "12 jeunes de Lille\net 5 de Lompret")
        table(canvas, 300, 100, COMMUNES)

    assert order(read_page(tmp_path, draw)) == ["12 jeunes de Lille", "et 5 de Lompret", "| Commune"]


def test_the_rows_of_a_table_without_rulings_are_left_whole(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        fill(canvas, 50, 100, "Commune | Femmes | Hommes\nLille | 12 | 30\nLompret | 5 | 7", (200, 100, 100))

    document = read_page(tmp_path, draw)
    assert lines(document) == ["Commune Femmes Hommes", "Lille 12 30", "Lompret 5 7"]


def test_a_heading_ends_what_stands_side_by_side(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        prose(canvas, 50, 110, "12 jeunes de Lille\net 5 de Lompret")
        table(canvas, 300, 100, COMMUNES)
        write(canvas, 50, 220, "II. Les contacts", 14, "Helvetica-Bold")
        prose(canvas, 50, 270, "30 contacts en 2023")
        table(canvas, 300, 260, COMMUNES.replace("Jeunes", "Contacts"))

    assert order(read_page(tmp_path, draw)) == [
        "12 jeunes de Lille",
        "et 5 de Lompret",
        "| Commune",
        "II. Les contacts",
        "30 contacts en 2023",
        "| Commune",
    ]


def test_two_tables_without_rulings_that_have_the_same_rows(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        fill(canvas, 50, 100, COMMUNES, (120, 60))
        fill(canvas, 300, 100, COMMUNES.replace("12", "30").replace("17", "35"), (120, 60))

    assert lines(read_page(tmp_path, draw)) == [
        "Commune Jeunes", "Lille 12", "Lompret 5", "Total 17", "",
        "Commune Jeunes", "Lille 30", "Lompret 5", "Total 35",
    ]  # fmt: skip


def test_two_tables_without_rulings_whose_rows_are_not_level(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        fill(canvas, 50, 100, COMMUNES, (120, 60))
        fill(canvas, 300, 107, "Sexe | Jeunes\nFemmes | 8\nHommes | 9\nTotal | 17", (120, 60))

    found = lines(read_page(tmp_path, draw))
    assert found.index("Total 17") < found.index("Femmes 8") < found.index("Hommes 9")


def test_pairs_of_labels_and_figures_in_one_table_stay_one(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        rows = "Lille | 12 | Ronchin | 4\nLompret | 5 | Loos | 6\nMarcq | 8 | Lambersart | 9"
        for number, row in enumerate(rows.splitlines()):
            for left, text in zip((50, 130, 180, 260), row.split(" | "), strict=True):
                write(canvas, left, 100 + 18 * number, text)

    assert lines(read_page(tmp_path, draw))[0] == "Lille 12 Ronchin 4"


def test_every_line_and_table_is_read_once(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        for number in range(12):
            write(canvas, 50 + 37 * (number % 4), 100 + 7 * number, f"mot{number}")
        table(canvas, 50, 300, COMMUNES)

    document = read_page(tmp_path, draw)
    words = sorted(word for text in lines(document) for word in text.split())
    assert words == sorted(f"mot{number}" for number in range(12))
    assert sum(isinstance(block, Grid) for block in document.blocks) == 1
