"""Flattened lines → tables and paragraphs, before anything else is read of a document."""

from __future__ import annotations

from mlcheck.model.document import Block, Document, Lines, NotUnderstood


def recovered(document: Document) -> Document:
    """Return the document with its lines told apart into tables and paragraphs."""
    if not any(isinstance(block, Lines) for block in document.blocks):
        return document
    from mlcheck.extraction.flattened import recover

    blocks: list[Block] = []
    unclear: list[NotUnderstood] = []
    for block in document.blocks:
        if isinstance(block, Lines):
            found, doubtful = recover(block)
            blocks += found
            unclear += doubtful
        else:
            blocks.append(block)
    return Document(document.source, tuple(blocks), (*document.not_understood, *unclear))


def blocks_of(document: Document) -> tuple[Block, ...]:
    """Return the tables and paragraphs of a document, its lines told apart."""
    return tuple(block for block in recovered(document).blocks if not isinstance(block, Lines))
