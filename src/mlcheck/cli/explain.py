"""mlcheck rules and mlcheck explain: what is checked."""

from __future__ import annotations

from enum import StrEnum
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


class Form(StrEnum):
    """The formats of the rules."""

    TERMINAL = "terminal"
    JSON = "json"


FormOption = Annotated[Form, typer.Option("--format", "-f", help=N_("How to write it."))]


def rules(form: FormOption = Form.TERMINAL, lang: OutputLanguage = None) -> None:
    """List the rules: code, severity, name, and what is wrong."""
    with configured(lang) as (_, language):
        from mlcheck.rendering.rules_page import rules_list, rules_object
        from mlcheck.rules import RULES

        written = rules_object if form is Form.JSON else rules_list
        write([written(RULES, wording_of(language))], None)


def explain(
    code: Annotated[
        str, typer.Argument(help=N_("The code or the name of a rule, or the three letters of a family."))
    ],
    form: FormOption = Form.TERMINAL,
    lang: OutputLanguage = None,
) -> None:
    """Say what a rule finds, why it matters, and what leaves it undecided."""
    with configured(lang) as (_, language):
        from mlcheck.checking.codes import unknown
        from mlcheck.rendering.rules_page import explanation, rules_object
        from mlcheck.rules import RULES

        wanted = code.strip().upper()
        chosen = [rule for rule in RULES if wanted in (rule.code, rule.family, rule.name.upper())]
        if not chosen:
            raise unknown(wanted, RULES)
        if form is Form.JSON:
            write([rules_object(chosen, wording_of(language))], None)
            return
        write(["\n".join(explanation(rule, wording_of(language)) for rule in chosen)], None)
