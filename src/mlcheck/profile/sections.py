"""Headings matched with the declared sections."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.model.profile import Profile, SectionDeclaration
from mlcheck.profile.headings import best


def section_of(headings: Sequence[str], profile: Profile) -> SectionDeclaration | None:
    """Return the declared section that headings, outermost first, lie in; None where they do not decide."""
    found = fitting(headings, profile)
    return found[0] if len(found) == 1 else None


def fitting(headings: Sequence[str], profile: Profile) -> tuple[SectionDeclaration, ...]:
    """Return the sections that the innermost heading that fits any of them fits best.

    Of several, those that lie within a section of the headings around come before the others.
    """
    headings = tuple(headings)
    for heading in reversed(headings):
        scores = [(best(section.titles, (heading,)), section) for section in profile.sections]
        top = max((score for score, _ in scores), default=0.0)
        if top > 0:
            found = tuple(section for score, section in scores if score == top)
            within = tuple(
                one for one in found if any(_fits(above, headings) for above in above(one, profile))
            )
            return (within or found) if len(found) > 1 else found
    return ()


def above(section: SectionDeclaration, profile: Profile) -> tuple[SectionDeclaration, ...]:
    """Return the sections that a section lies within, the innermost first."""
    found: list[SectionDeclaration] = []
    while section.within is not None:
        section = next(one for one in profile.sections if one.name == section.within)
        found.append(section)
    return tuple(found)


def _fits(section: SectionDeclaration, headings: tuple[str, ...]) -> bool:
    return best(section.titles, headings) > 0
