"""The settings of a folder: key, value, origin."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mlcheck.rendering import listing
from mlcheck.rendering.listing import Listing
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

HEAD = (N_("Key"), N_("Value"), N_("From"))


def settings_list(form: str, rows: Sequence[tuple[str, str, str]], wording: Wording, width: int) -> str:
    """Return the settings in a format: terminal, markdown, csv or json."""
    if form == "json":
        told = {key: {"value": value or None, "from": origin} for key, value, origin in rows}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    said = tuple((key, value, wording.say(origin)) for key, value, origin in rows)
    listed = Listing(tuple(wording.say(title) for title in HEAD), said)
    if form == "csv":
        return listing.csv(listed)
    return (listing.markdown(listed) if form == "markdown" else listing.terminal(listed, width)) + "\n"
