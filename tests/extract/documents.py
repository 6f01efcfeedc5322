"""A small report as a Word document: headings by style alone, spanners, a note, a total in words."""

from __future__ import annotations

from pathlib import Path

from docx import Document

ACCUEILS = (
    ("", "Jeunes accueillis", "", "", "Dont résidant en QPV"),
    ("Commune", "Femmes", "Hommes", "Total", "Total"),
    ("La Madeleine", "1 045", "67", "1 112", "12"),
    ("Lambersart", "66", "66", "132", "/"),
    ("Lompret", "5", "4", "9", "nd"),
    ("Total", "1 116", "137", "1 253", "12"),
)
CONTRATS = (
    ("Type de contrat", "Nombre", "Part", "Montant"),
    ("CDD", "901", "48,9 %", "12 500 €"),
    ("CDI", "184", "10,0 %", "2 100 €"),
    ("Intérim", "758", "41,1 %", "429 €"),
    ("Total", "1 843", "100,0 %", "15 029 €"),
)


def write_report(path: Path, *, total: str = "1 843") -> None:
    """Write the report; `total` is what its second table prints for the 1 843 contracts."""
    document = Document()
    document.add_paragraph("Rapport d’activité 2023")
    document.add_heading("Le public", 1)
    document.add_heading("Les communes de résidence", 2)
    document.add_paragraph("Jeunes accueillis par commune")
    _table(document, ACCUEILS).cell(0, 1).merge(document.tables[-1].cell(0, 3))
    document.add_paragraph("89 % des jeunes accueillis sont des femmes.")
    document.add_heading("L’emploi", 1)
    document.add_paragraph("1 843 contrats ont été signés en 2023.")
    _table(document, (*CONTRATS[:-1], ("Total", total, *CONTRATS[-1][2:])))
    document.add_paragraph("(dont 29 € de frais de gestion)")
    document.save(str(path))


def _table(document, rows):
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table
