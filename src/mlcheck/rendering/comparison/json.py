"""Two files compared as JSON: the contract of docs/compare.md."""

from __future__ import annotations

import json as plain_json
from collections.abc import Iterator
from typing import Any

from mlcheck.model.comparison import Alone, Compared, Comparison, Side, Source, Stated
from mlcheck.rendering.comparison.view import SIDES, counts
from mlcheck.rendering.json import SCHEMA_VERSION, crash_object, value
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording


def json(comparison: Comparison, view: View) -> Iterator[str]:
    """Return one JSON object."""
    wording = view.wording(comparison.left.language)
    yield plain_json.dumps(_written(comparison, wording), ensure_ascii=False, allow_nan=False) + "\n"


def _written(comparison: Comparison, wording: Wording) -> dict[str, Any]:
    written: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    written |= {"left": _source(comparison.left, wording), "right": _source(comparison.right, wording)}
    written["summary"] = _summary(comparison)
    written["differences"] = [_compared(one, wording) for one in comparison.differences]
    written["agreements"] = [
        _compared(one, wording) for one in comparison.compared if one.agreement != "different"
    ]
    for side in SIDES:
        written[f"only_{side}"] = [_alone(one) for one in comparison.alone if one.side == side]
    written["tables"] = [
        {
            "title": one.title,
            "left": location(one.left),
            "right": location(one.right),
            "compared": one.compared,
            "different": one.different,
            "transposed": one.transposed,
        }
        for one in comparison.tables
    ]
    for side in SIDES:
        written[f"tables_only_{side}"] = list(_tables(comparison, side, wording))
    return written


def _source(source: Source, wording: Wording) -> dict[str, Any]:
    return {
        "source": source.source,
        "year": source.year,
        "profile": source.profile,
        "figures": source.figures,
        "tables": source.tables,
        "not_understood": [
            {
                "location": location(block.locator),
                "reason": plain_spaces(wording.say(block.reason, block.values)),
            }
            for block in source.not_understood
        ],
        "crashes": [crash_object(crash) for crash in source.crashes],
    }


def _summary(comparison: Comparison) -> dict[str, int]:
    found = counts(comparison)
    alone = {side: sum(one.side == side for one in comparison.tables_alone) for side in SIDES}
    return {
        "compared": len(comparison.figures),
        "equal": found["equal"],
        "rounded": found["rounded"],
        "different": found["different"],
        "only_left": found["left"],
        "only_right": found["right"],
        "tables": len(comparison.tables),
        "tables_only_left": alone["left"],
        "tables_only_right": alone["right"],
    }


def _compared(one: Compared, wording: Wording) -> dict[str, Any]:
    return {
        "agreement": one.agreement,
        "section": one.section,
        "table": one.table,
        "label": one.label,
        "left": _stated(one.left),
        "right": _stated(one.right),
        "favours": one.favours,
        "hint": plain_spaces(wording.say(one.hint)) if one.hint else None,
    }


def _stated(stated: Stated) -> dict[str, Any]:
    quantity = stated.quantity
    return {
        "location": location(stated.location),
        "stated": plain_spaces(stated.printed),
        "value": value(quantity.mantissa, quantity.scale, quantity.unit) if quantity else None,
        "unit": quantity.unit if quantity else None,
        "verdict": stated.coverage,
    }


def _alone(one: Alone) -> dict[str, Any]:
    return {
        "section": one.section,
        "table": one.table,
        "label": one.label,
        **_stated(one.stated),
        "beside": None if one.beside is None else plain_spaces(one.beside),
        "whole_table": one.whole,
    }


def _tables(comparison: Comparison, side: Side, wording: Wording) -> Iterator[dict[str, Any]]:
    for one in comparison.tables_alone:
        if one.side == side:
            yield {
                "section": one.section,
                "title": one.title,
                "location": location(one.location),
                "figures": one.figures,
                "reason": plain_spaces(wording.say(one.reason)) if one.reason else None,
                "candidates": [location(candidate) for candidate in one.candidates],
            }
