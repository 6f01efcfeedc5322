"""What is wrong with a profile, in words: templates that name the file, the line and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from mlcheck.language.words import fold
from mlcheck.translation import N_

# Finding and reading files
NO_PROFILE = N_(
    'There is no profile "{name}", the nearest is "{nearest}": '
    "give one of {known}, or the path of a .toml file."
)

NO_PARENT = N_(
    '{file}:{line}: there is no profile "{name}" to extend, the nearest is "{nearest}": give one of {known}.'
)

CIRCLE_OF_PROFILES = N_(
    "{file}:{line}: profiles extend one another in a circle ({circle}); take out one “extends”."
)

TOO_LARGE = N_(
    "{file}: this profile has {size} bytes, and at most {largest} are read; split it with “extends”."
)
UNREADABLE = N_("{file}: this profile cannot be read ({detail}); check its name and the right to read it.")
NOT_UTF8 = N_("{file}:{line}: this line is not in UTF-8; save the profile in UTF-8.")
TOO_NESTED = N_("{file}: the brackets of this profile are nested too deep; write it in tables of keys.")

WRITTEN_TWICE = N_(
    "{file}:{line}: “{name}” is written a second time, and an id or key stands once in a file; "
    "rename it or join the two."
)
NOT_TOML = N_("{file}:{line}: this is not valid TOML ({detail}); mend this line or the one before.")

# Keys and kinds of value
UNKNOWN_KEY = N_('{file}:{line}: unknown key "{key}" in {where}; the nearest is "{nearest}", of {known}.')

NOT_AN_ID = N_(
    '{file}:{line}: "{key}" cannot be an id, which is typed on the command line; '
    'use small letters, digits and hyphens, such as "service-civique".'
)
NOT_ONE_OF = N_("{file}:{line}: “{key}” must be one of {known}, and is {value}.")
NOT_A_LIST = N_('{file}:{line}: “{key}” must be a list of texts, such as ["a", "b"], and is {value}.')
NOT_TABLES = N_("{file}:{line}: “{key}” must be tables that start with [[{key}]], and is {value}.")
NOT_A_TABLE = N_("{file}:{line}: “{key}” must be a table of keys, and is {value}.")
NOT_TRUE_OR_FALSE = N_("{file}:{line}: “{key}” must be true or false, and is {value}.")
NOT_A_TEXT = N_('{file}:{line}: “{key}” must be a text in quotes, such as "a", and is {value}.')

# Declarations
NOT_DECLARED = N_(
    '{file}:{line}: “{key}” names "{name}", which is not declared under [{where}]; '
    'the nearest is "{nearest}". Declare it or mend the name.'
)
NO_SECTION = N_('{file}:{line}: the table “{name}” has no section; add section = "…", one of {known}.')

CIRCLE_OF_SECTIONS = N_(
    "{file}:{line}: sections lie within one another in a circle ({circle}); take out one “within”."
)

TWO_MEMBERS = N_(
    '{file}:{line}: "{spelling}" is a spelling of “{first}” and of “{second}”; leave it to one of them.'
)

# Names in rules
MISSING_IN_RULE = N_("{file}:{line}: the rule “{rule}” has no “{key}”; add it under [rules.{rule}].")

UNKNOWN_PER = N_(
    '{file}:{line}: rule “{rule}” is made per "{name}", which is no dimension; the nearest is "{nearest}".'
)

NOTHING_COMPARED = N_(
    "{file}:{line}: the relation of rule “{rule}” compares nothing that can change ({relation}); "
    "name figures on both sides, and with “per” leave their rows out."
)

UNKNOWN_TABLE = N_(
    '{file}:{line}: rule “{rule}” names a table "{name}" that is not declared; the nearest is "{nearest}". '
    "Declare it under [tables] or mend the name."
)

UNKNOWN_COLUMN = N_(
    '{file}:{line}: rule “{rule}” names a column "{name}" that the table “{table}” does not declare; '
    'the nearest is "{nearest}", of {known}.'
)

NO_COLUMN = N_(
    "{file}:{line}: rule “{rule}” does not say which column of “{table}” it means; "
    "write {table}.{nearest} or another of {known}."
)

UNKNOWN_ROW = N_(
    '{file}:{line}: rule “{rule}” names a row "{name}" that is no member of “{table}” ({axes}); '
    'the nearest is "{nearest}".'
)

NO_ROW = N_(
    "{file}:{line}: rule “{rule}” does not say which row of “{table}” it means; "
    'write [total] or a row in brackets, or add per = "{nearest}".'
)

TOO_MANY_LABELS = N_(
    "{file}:{line}: rule “{rule}” names more than a row and a column of “{table}”, which has {known}."
)

PER_IN_COLUMNS = N_(
    "{file}:{line}: rule “{rule}” is made per “{name}”, which are columns of “{table}”; "
    "write the members of one dimension only in its brackets."
)

# Pins
PIN_WITHOUT_SENTENCE = N_(
    '{file}:{line}: this pin says of no sentence; add sentence = "…" with its words, or /…/ around a pattern.'
)

PIN_BAD_PATTERN = N_(
    "{file}:{line}: “{pattern}” is no regular expression ({detail}); mend it, or write words without slashes."
)

PIN_TWO_NUMBERS = N_(
    "{file}:{line}: “{pattern}” marks {count} numbers; mark the one it is about, and write … for the others."
)

PIN_NOT_ONE = N_(
    "{file}:{line}: a pin has one of {known}, and this one has {count}; make a pin of each, or add one."
)
PIN_WITHOUT_REASON = N_("{file}:{line}: say in “unverifiable” why the sentence cannot be checked.")

PIN_NOT_A_SUM = N_(
    "{file}:{line}: “{key}” of a pin adds up figures and nothing else ({text}); take out factors and numbers."
)
PIN_SIDES = N_("{file}:{line}: “{key}” of a pin is written {form}, and this is {text}.")

# The language of relations
NO_COMPARISON = N_(
    "{file}:{line}: the relation of rule “{rule}” needs =, <= or >= at column {column}:\n{shown}"
)

TWO_COMPARISONS = N_(
    "{file}:{line}: the relation of rule “{rule}” compares twice, the second time at column {column}; "
    "make two rules of it:\n{shown}"
)

NO_SIGN = N_(
    "{file}:{line}: the relation of rule “{rule}” needs +, - or its end at column {column}:\n{shown}"
)

NO_OPERAND = N_(
    "{file}:{line}: the relation of rule “{rule}” needs a number or a table at column {column}:\n{shown}"
)

NO_COLUMN_AFTER_POINT = N_(
    "{file}:{line}: the relation of rule “{rule}” needs a column after the point at column {column}:\n{shown}"
)

OPEN_BRACKET = N_(
    "{file}:{line}: the relation of rule “{rule}” never closes the bracket at column {column}:\n{shown}"
)

EMPTY_BRACKET = N_(
    "{file}:{line}: the relation of rule “{rule}” names no row in the brackets at column {column}; "
    "write [total] for the total:\n{shown}"
)

PRODUCT_OF_FIGURES = N_(
    "{file}:{line}: the relation of rule “{rule}” multiplies figures with one another at column {column}; "
    "only a number may multiply a figure:\n{shown}"
)

TOO_DEEP = N_(
    "{file}:{line}: the relation of rule “{rule}” has too many brackets within brackets at column {column}:\n"
    "{shown}"
)
TOO_LONG = N_("{file}:{line}: the relation of rule “{rule}” is too long; make several rules of it:\n{shown}")


# The existing name that a mistyped one resembles most.


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the one of `names` that is spelt most like `name`, or "—" where there are none."""
    from difflib import get_close_matches

    folded = {fold(other): other for other in names}
    close = get_close_matches(fold(name), list(folded), n=1, cutoff=0.0)
    return folded[close[0]] if close else "—"
