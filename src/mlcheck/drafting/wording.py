"""What a drafted profile says to the person who reviews it."""

from __future__ import annotations

from mlcheck.translation import N_

# The head of the file
DRAFTED = N_(
    "Drafted by mlcheck init from {file} ({year}). Nothing here was confirmed by a person: read it, mend it, and "
    "take out what need not hold next year."
)
DRAFTED_UNDATED = N_(
    "Drafted by mlcheck init from {file}. Nothing here was confirmed by a person: read it, mend it, and take out "
    "what need not hold next year."
)
EXTENDS = N_(
    "What {parent} declares is not repeated. Lists of words join its own; all else that is written here takes the "
    "place of what it says."
)
COMPARED = N_(
    "Headings, titles and heads of columns are compared without case, accents, punctuation or years: “signed in "
    "2023” and “Signed in 2024” are the same."
)
NON_NEGATIVE = N_("whether no count may be below zero")
INTEGRAL = N_("whether no count may have decimals")
TOTALS = N_("The labels of the lines that sum the others.")

# Sections, dimensions, tables
SECTIONS = N_("Sections: the headings over the tables. The id is what one types: mlcheck table {example}")
DIMENSIONS = N_(
    "Dimensions: the lists that rows and columns are members of. Each member has its other spellings; a complete "
    "dimension has all its members in each of its tables."
)
TABLES = N_(
    "Tables. A report without a required one is incomplete; “rows” are the members that each must have, where its "
    "dimension is not complete."
)
UNNAMED = N_("not declared, since its words but for the year name no line or several: {labels}")
LEFT_OUT = N_("{place} is left out: {reason}. Its title: “{title}”; its columns: {columns}.")

# Rules
RULES = N_(
    "Rules between tables. Each held in this report with the numbers shown, and its words speak for it: keep it, or "
    "take it out."
)
SAME_BY_MEMBER = N_("{one} and {other} are the same for each {dimension}.")
SAME_TOTAL = N_("{one} and {other} have the same total.")
MEMBER_TOTAL = N_("“{row}” of {one} is the total of {other}.")
AT_MOST = N_("For each {dimension}, {one} is at most {other}.")
OF_SECTION = N_("“{label}” ({section})")
ALONE = N_("“{label}”")

# Claims
CLAIMS = N_(
    "Claims: how the sentences of this report were understood; ‹n› or ‹%› is the number in question. mlcheck binds "
    "them anew each year; a formula that is wrong shows words that [synonyms] should explain."
)
STATED = N_("printed {printed}")
