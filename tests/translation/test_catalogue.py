"""Everything that is said to people is said in French too."""

import re
import tomllib
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import mofile, pofile
from babel.messages.extract import extract_from_dir

from mlcheck.translation import language_of, translator

SOURCES = Path(__file__).parents[2] / "src" / "mlcheck"
CATALOGUE = SOURCES / "locale" / "fr" / "LC_MESSAGES"
KEYWORDS = {
    "N_": None,
    "say": None,
    "plural": (1, 2),
    "MlcheckError": None,
    "NotUnderstood": (2,),
    "Rule": (5,),
    "Remark": (3,),
}
PLACE = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def french():
    with (CATALOGUE / "mlcheck.po").open("rb") as stream:
        return pofile.read_po(stream, locale="fr")


def written():
    """The messages of the code, as `make messages` collects them."""
    found = extract_from_dir(SOURCES, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {
        message if isinstance(message, str) else message[0]: file for file, _, message, *_ in found if message
    }


def test_every_message_has_a_translation(french):
    missing = {message: file for message, file in written().items() if not _translated(french.get(message))}
    assert missing == {}


def _translated(message):
    if message is None or message.fuzzy:
        return False
    return all(message.string) if message.pluralizable else bool(message.string)


def test_no_translation_is_left_over(french):
    known = written()
    assert [m.id for m in french if m.id and (m.id[0] if m.pluralizable else m.id) not in known] == []


def test_translations_have_the_places_of_their_messages(french):
    for message in french:
        if message.id:
            originals = message.id if message.pluralizable else (message.id,)
            translations = message.string if message.pluralizable else (message.string,)
            for original, translation in zip(originals, translations, strict=True):
                assert set(PLACE.findall(original)) == set(PLACE.findall(translation)), original


def said(french):
    """Every French text that people read: the translations, and what the data says of the rules and the store."""
    for message in french:
        if message.id:
            yield from message.string if message.pluralizable else (message.string,)
    data = SOURCES / "data"
    yield from (rule["fr"] for rule in tomllib.loads((data / "examples.toml").read_text("utf-8")).values())


def test_french_has_one_apostrophe_and_one_kind_of_quotation_marks(french):
    wrong = [text for text in said(french) if re.search(r"[^\W\d_]'[\w‹«{]|[“”]", text)]
    assert wrong == []


def test_the_compiled_catalogue_is_fresh(french):
    fresh = BytesIO()
    mofile.write_mo(fresh, french)
    assert _messages(fresh.getvalue()) == _messages((CATALOGUE / "mlcheck.mo").read_bytes())


def _messages(compiled):
    return [(message.id, message.string) for message in mofile.read_mo(BytesIO(compiled)) if message.id]


def test_zero_is_singular_in_french_and_plural_in_english():
    assert translator("fr").ngettext("{n} error", "{n} errors", 0) == "{n} erreur"
    assert translator("en").ngettext("{n} error", "{n} errors", 0) == "{n} errors"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANGUAGE": "fr", "LC_ALL": "en_US.UTF-8"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": ""}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_of_the_environment(environment, language):
    assert language_of(environment) == language
