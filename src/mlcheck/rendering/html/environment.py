"""The templates of the page, its style and its script, and the policy that lets it run nothing else."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mlcheck.rendering.html.text import cut, figure, finalized, held, own

PACKAGE = "mlcheck.rendering.html"
POLICY = (
    "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


@cache
def environment() -> Environment:
    """Return the templates: everything they write is escaped, and a name that they lack is a fault."""
    made = Environment(
        loader=PackageLoader(PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"own": own, "figure": figure, "held": held, "cut": cut}
    made.globals |= {"style": _asset("style.css"), "script": _asset("filter.js"), "policy": _policy()}
    return made


def _asset(name: str) -> Markup:
    return Markup(files(PACKAGE).joinpath(name).read_text(encoding="utf-8"))


def _policy() -> str:
    """Return a policy that knows the style and the script by their hashes, so that none that is smuggled in runs."""
    return POLICY.format(style=_hash("style.css"), script=_hash("filter.js"))


def _hash(name: str) -> str:
    return b64encode(sha256(_asset(name).encode()).digest()).decode()
