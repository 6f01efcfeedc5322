"""Write docs/rules.md from the rules."""

from __future__ import annotations

from pathlib import Path

from mlcheck.rendering.rules_page import rules_page
from mlcheck.rules import RULES

PAGE = Path(__file__).with_name("rules.md")

if __name__ == "__main__":
    PAGE.write_text(rules_page(RULES), "utf-8")
    print(f"{PAGE}: {len(RULES)} rules")
