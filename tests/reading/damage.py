"""What tests of bad input share: the sentence that refuses a file, and files cut short or changed by chance."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mlcheck.model.document import Document
from mlcheck.model.errors import MlcheckError
from mlcheck.reading import read


def refusal(path: Path) -> str:
    """Return the one sentence that refuses a file; it names the file."""
    with pytest.raises(MlcheckError) as caught:
        read(path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    return sentence


def assert_read_or_refused(path: Path) -> None:
    """A file is read, or refused by name; nothing else happens."""
    try:
        assert isinstance(read(path), Document)
    except MlcheckError as error:
        assert path.name in str(error)


def cut_and_change(content: bytes, path: Path, times: int) -> None:
    """Read a file cut short, then with bytes changed, again and again."""
    chance = random.Random(2023)
    for _ in range(times):
        path.write_bytes(content[: chance.randrange(len(content))])
        assert_read_or_refused(path)
        changed = bytearray(content)
        for _ in range(chance.choice([1, 1, 4, 30])):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        path.write_bytes(changed)
        assert_read_or_refused(path)
