"""Every code that can be raised or noted has its sentence, in English and in Vietnamese, with fields that are given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest

import studio
from studio.cli import words as english
from studio.web import notices
from studio.web import words as vietnamese

SOURCES = Path(studio.__file__).parent
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
NAMERS = re.compile(r"\w*Error|Notice|NoticeEntry|notice|cls")
LATER = frozenset({"title", "profile"})
"""Fields that the service adds to a failure on its way up."""
PAGE_ONLY = "page."
"""Codes of failures that never leave the page, so that the command line needs no words for them."""


@dataclass(frozen=True)
class Use:
    """One place where a code is given; `fields` is None where they are not written out."""

    code: str
    fields: frozenset[str] | None
    place: str


def uses() -> Iterator[Use]:
    """All places in the sources where an error or a notice is made with a code written out."""
    for path in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and NAMERS.fullmatch(_name(node.func)):
                place = f"{path.relative_to(SOURCES)}:{node.lineno}"
                for code in _codes(node):
                    yield Use(code, _fields(node), place)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _codes(call: ast.Call) -> list[str]:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    for node in (*named, *call.args):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            return [node.value]
        if isinstance(node, ast.JoinedStr) and len(node.values) == 2 and isinstance(node.values[1], ast.Constant):
            # Failures of TOML files begin with the kind of file: "rundown", "card", …
            return [kind + str(node.values[1].value) for kind in english.TOML_KINDS]
    return []


def _fields(call: ast.Call) -> frozenset[str] | None:
    if _name(call.func) in ("Notice", "NoticeEntry"):
        given = [keyword.value for keyword in call.keywords if keyword.arg == "fields"] + call.args[1:2]
        return _literal_fields(given[0]) if given else frozenset()
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def _literal_fields(node: ast.expr) -> frozenset[str] | None:
    names: list[ast.expr | None]
    if isinstance(node, ast.Dict):
        names = list(node.keys)
    elif isinstance(node, ast.Tuple):
        names = [each.elts[0] if isinstance(each, ast.Tuple) and each.elts else None for each in node.elts]
    else:
        return None
    known = [name.value for name in names if isinstance(name, ast.Constant) and isinstance(name.value, str)]
    return frozenset(known) if len(known) == len(names) else None


USES = tuple(uses())
TABLES = {
    "English": {**english.ERRORS, **english.NOTICES},
    "Vietnamese": {**vietnamese.ERRORS, **notices.NOTICES},
}


def asked(sentence: str) -> frozenset[str]:
    """The fields a sentence names."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def test_the_search_finds_what_it_should() -> None:
    found = {use.code: use for use in USES}
    assert found["delivery.busy"].fields == frozenset({"folder"})
    assert found["programme.in_one_piece"].fields == frozenset({"profile"})
    assert found["text.converted"].fields == frozenset({"encoding"})
    assert len(found) > 40


@pytest.mark.parametrize("language", TABLES)
def test_every_code_has_a_sentence(language: str) -> None:
    table = TABLES[language]
    missing = {
        use.code: use.place
        for use in USES
        if use.code not in table and not (language == "English" and use.code.startswith(PAGE_ONLY))
    }
    assert missing == {}


@pytest.mark.parametrize("language", TABLES)
def test_a_sentence_names_only_fields_that_are_given(language: str) -> None:
    table = TABLES[language]
    wrong = {
        (use.code, use.place): sorted(asked(table[use.code]) - use.fields - LATER)
        for use in USES
        if use.fields is not None and use.code in table and not asked(table[use.code]) <= use.fields | LATER
    }
    assert wrong == {}


@pytest.mark.parametrize("language", TABLES)
def test_no_sentence_is_left_over(language: str) -> None:
    texts = "\n".join(
        path.read_text(encoding="utf-8")
        for path in SOURCES.rglob("*.py")
        if path.name != "words.py" and path != SOURCES / "web" / "notices.py"
    )
    used = {use.code for use in USES}
    assert [code for code in TABLES[language] if code not in used and f'"{code}"' not in texts] == []


def test_kinds_of_toml_files_are_those_that_are_read() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py")]
    calls = {
        node.args[2].value
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and _name(node.func) in ("read_toml", "TomlFolders")
        and len(node.args) == 3
        and isinstance(node.args[2], ast.Constant)
    }
    assert calls == set(english.TOML_KINDS) == set(vietnamese.TOML_KINDS)


def test_what_is_wrong_with_a_file_as_a_whole_stands_in_no_line() -> None:
    fields = {"file": "a.toml", "line": None, "key": "title"}
    assert english.english("rundown.missing_key", fields) == "a.toml: title is missing; add it"
    assert vietnamese.vietnamese("rundown.missing_key", fields) == "a.toml: thiếu mục “title”; hãy thêm vào."
    assert english.english("rundown.missing_key", {**fields, "line": 3}).startswith("a.toml, line 3: ")
    whole = {"file": "a.toml", "line": None, "key": None, "reason": "aac needs …"}
    assert english.english("profile.bad_value", whole) == "a.toml: aac needs …"
    said = "a.toml: nội dung không dùng được (aac needs …); hãy sửa lại."
    assert vietnamese.vietnamese("profile.bad_value", whole) == said
