"""Write the tables of a store into docs/store.md, from the file that says what they hold.

Run: python docs/build_store.py
"""

from __future__ import annotations

from pathlib import Path

from mlcheck.rendering.store.rows import columns

PAGE = Path(__file__).with_name("store.md")
START, END = "<!-- tables -->", "<!-- end of tables -->"


def tables() -> str:
    """Return a chapter a table, with a row a column."""
    chapters = []
    for table, known in columns().items():
        rows = [f"| `{name}` | {kind} | {what} |" for name, (kind, what) in known.items()]
        chapters.append("\n".join([f"### {table}", "", "| column | type | |", "|---|---|---|", *rows]))
    return "\n\n".join(chapters)


def page(text: str) -> str:
    """Return the page with its tables as they are now."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n\n{tables()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
