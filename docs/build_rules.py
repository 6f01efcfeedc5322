"""Write docs/rules.md and docs/rules.fr.md from the rules."""

from __future__ import annotations

from pathlib import Path

from mlcheck.rendering.rules_page import PAGES, rules_page
from mlcheck.rendering.wording import Wording
from mlcheck.rules import RULES

if __name__ == "__main__":
    for language, name in PAGES.items():
        page = Path(__file__).with_name(name)
        page.write_text(rules_page(RULES, Wording(language)), "utf-8")
        print(f"{page}: {len(RULES)} rules")
