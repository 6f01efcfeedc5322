"""mlcheck rules and mlcheck explain: what is checked."""

from __future__ import annotations

from typing import Annotated

import typer

from mlcheck.cli import options
from mlcheck.cli.output import write
from mlcheck.cli.settings import configured
from mlcheck.cli.trouble import wording_of
from mlcheck.translation import N_

OutputLanguage = Annotated[
    options.Language | None,
    typer.Option("--lang", help=N_("Language of the output; else that of mlcheck.toml or of the terminal.")),
]


def rules(lang: OutputLanguage = None) -> None:
    """List the rules: code, severity, name, and what is wrong."""
    with configured(lang) as (_, language):
        from mlcheck.rendering.rules_page import rules_list
        from mlcheck.rules import RULES

        write([rules_list(RULES, wording_of(language))], None)


def explain(
    code: Annotated[
        str, typer.Argument(help=N_("The code or the name of a rule, or the three letters of a family."))
    ],
    lang: OutputLanguage = None,
) -> None:
    """Say what a rule finds, why it matters, and what leaves it undecided."""
    with configured(lang) as (_, language):
        from mlcheck.checking.codes import unknown
        from mlcheck.rendering.rules_page import explanation
        from mlcheck.rules import RULES

        wanted = code.strip().upper()
        chosen = [rule for rule in RULES if wanted in (rule.code, rule.family, rule.name.upper())]
        if not chosen:
            raise unknown(wanted, RULES)
        write(["\n".join(explanation(rule, wording_of(language)) for rule in chosen)], None)
