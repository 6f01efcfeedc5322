"""What the library of the command line finds wrong in a call, in the reader's language.

The library writes English only; each of its sentences is known here by its pattern. One that is not is shown as it is.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from mlcheck.translation import N_, translator

HELP = N_("Try '{command} {option}' for help.")
ERROR = N_("Error: {message}")
VALUE = N_("Invalid value for {name}: {message}")
SENTENCES = {
    r"No such command (?P<name>'.*')\.": N_("No such command {name}."),
    r"No such command (?P<name>'.*')\. Did you mean (?P<nearest>.*)\?": N_("No such command {name}. Did you mean {nearest}?"),
    r"No such option: (?P<name>\S+)": N_("No such option: {name}"),
    r"No such option: (?P<name>\S+) \(Possible options: (?P<nearest>.*)\)": N_("No such option: {name} (possible options: {nearest})"),
    r"Missing argument (?P<name>'.*')\.": N_("Missing argument {name}."),
    r"Missing option (?P<name>'.*')\.": N_("Missing option {name}."),
    r"Missing command\.": N_("Missing command."),
    r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.*)\)": N_("Got unexpected extra arguments ({name})"),
    r"Option (?P<name>'.*') requires an argument\.": N_("Option {name} requires an argument."),
    r"Option (?P<name>'.*') does not take a value\.": N_("Option {name} does not take a value."),
    r"(?P<value>'.*') is not one of (?P<known>.*)\.": N_("{value} is not one of {known}."),
    r"(?P<value>'.*') is not a valid int(?:eger)?(?: range)?\.": N_("{value} is not a whole number."),
    r"(?P<value>'.*') is not a valid float(?: range)?\.": N_("{value} is not a number."),
    r"(?P<value>'.*') is not one character such as ';'\.": N_("{value} is not one character such as ';'."),
    r"(?P<value>\S+) is not in the range (?P<range>.*)\.": N_("{value} is not in the range {range}."),
}  # fmt: skip
_VALUE = re.compile(r"Invalid value for (?P<name>'.*?'(?: / '.*?')*): (?P<message>.*)", re.DOTALL)


def show(error: Any, language: str) -> None:
    """Write how the command is called, where its help is, and what is wrong with the call, on standard error."""
    say = translator(language).gettext
    lines = []
    if (context := getattr(error, "ctx", None)) is not None:
        lines.append(context.get_usage())
        lines.append(
            say(HELP).format(command=context.command_path, option=context.help_option_names[0]) + "\n"
        )
    lines.append(say(ERROR).format(message=sentence(error.format_message(), language)))
    print("\n".join(lines), file=sys.stderr)  # noqa: T201


def sentence(message: str, language: str) -> str:
    """Return what is wrong with a call in a language; the English of the library where its sentence is not known."""
    say = translator(language).gettext
    if found := _VALUE.fullmatch(message):
        return say(VALUE).format(name=found["name"], message=sentence(found["message"], language))
    for pattern, template in SENTENCES.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return say(template).format(**found.groupdict())
    return message
