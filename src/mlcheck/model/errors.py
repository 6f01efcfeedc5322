"""The trouble that stops a run: unusable input."""

from __future__ import annotations


class MlcheckError(Exception):
    """Input, profile or command line that cannot be used (exit 2).

    `template` is one English sentence that names the file, the place and what to do, with named
    places filled from `values`; it is looked up in the catalogue of the reader's language.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values
