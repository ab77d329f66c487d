"""Words that are no plain syllables: words in capitals, foreign words, and letters to be named."""

from __future__ import annotations

import re

from studio.text import tables
from studio.text.capitals import cased
from studio.text.letters import spelled
from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings import roman
from studio.text.respell import respelled
from studio.text.syllables import is_syllable

_WORD = lazy(r"[^\W\d_]+")
_CAPITAL_RUN = lazy(r"[^\W\d_]+(?:[ ]+[^\W\d_]+){0,60}")
_HYPHENATED = lazy(r"[^\W\d_]{1,20}-[^\W\d_]{1,20}")
_NEXT_CAPITALS = lazy(r"[\s,:.-]*([^\W\d_]{2,})")
_FOREIGN = lazy(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_PLAIN_LETTERS = frozenset(
    "abcdefghijklmnopqrstuvwxyzàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
)
_VOWELS = frozenset("aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")
_BARE_UNIT = lazy(
    r"(?:[kmcd]?m[23](?!\d)|km|cm|mm|dm|k[gW]|kWh|kV|mg|ml|ha|USD|VNĐ|VND|usd|EUR|GBP|JPY|CNY|KRW)(?![^\W\d_])"
)
_NUMERAL = lazy(r"[ivxlcdm]+")
"""Letters that might be taken for a Roman numeral when the spoken form is read again."""
_LONGEST_ACRONYM = 4
_LONGEST_ABBREVIATION = 8
_UNSAYABLE = lazy(r"[bcdđghklmnpqrstvxz]{3}|[đ]$")
"""Consonants that no word has in a row: capitals with them are letters, not a name."""
_LONGEST_SYLLABLE = 7
_LONGEST_SPELLED = 12
"""Nobody says longer words letter by letter."""


def word_in_capitals(place: Place) -> Piece | None:
    """KẾ HOẠCH → "kế hoạch": a run of capitals that are syllables; names of the table keep theirs."""
    words = _capital_words(place)
    if not words:
        return None
    start, end = place.at, words[-1].end()
    said = " ".join(cased([word[0].lower() for word in words]))
    first = words[0][0]
    if len(words) > 1 or not first.isascii() or _beside_capitals(place, end):
        return Piece(start, end, said, "word")
    note = notice("reading.unknown_capitals", start, end, said, spelled(first), written=first, taken=said)
    return Piece(start, end, said, "word", (note,))


def _capital_words(place: Place) -> list[re.Match[str]]:
    if not place.text[place.at].isupper():
        return []
    run = place.match(_CAPITAL_RUN)
    words: list[re.Match[str]] = []
    for word in _WORD.finditer(place.text, place.at, run.end() if run else place.at):
        if not word[0].isupper() or len(word[0]) > _LONGEST_SYLLABLE or not is_syllable(word[0].lower()):
            break
        if words and _NUMERAL.fullmatch(word[0].lower()) and words[-1][0].lower() in tables.nouns("roman"):
            break
        words.append(word)
    return words if words and (len(words) > 1 or len(words[0][0]) > 1) else []


def _beside_capitals(place: Place, end: int) -> bool:
    """Whether the neighbours are in capitals too, so that these are no initials."""
    before = place.text[max(0, place.at - 24) : place.at].rstrip(" .,:-").rsplit(None, 1)
    after = _NEXT_CAPITALS.match(place.text, end)
    return bool(before and len(before[-1]) > 1 and before[-1].isupper()) or bool(after and after[1].isupper())


def foreign(place: Place) -> Piece | None:
    """A word of the table of foreign words."""
    match = place.match(_FOREIGN)
    if match is None:
        return None
    hyphenated = place.match(_HYPHENATED)
    for found in (hyphenated, match):
        spoken = _respelled(found[0]) if found else None
        if found and spoken:
            return Piece(place.at, found.end(), spoken, "foreign")
    return None


def _respelled(word: str) -> str | None:
    known = tables.mapping("foreign")
    found = known.get(word) or known.get(word.capitalize()) or known.get(word.lower())
    return found or (tables.in_capitals("foreign").get(word) if word.isupper() else None)


def bare_unit(place: Place) -> Piece | None:
    """A unit without its number: "mỗi km", "đồng/kg"."""
    match = place.match(_BARE_UNIT)
    unit = tables.units().get(match[0]) if match else None
    return Piece(place.at, match.end(), unit.spoken, "measure") if match and unit else None


def unknown(place: Place) -> Piece | None:
    """What is left: capitals by letters with a notice, a word without vowels by letters, a foreign word as it is."""
    match = place.match(_WORD)
    if match is None:
        return None
    word = match[0]
    if len(word) <= _LONGEST_SYLLABLE and word[1:].islower() and is_syllable(word.lower()):
        return Piece(place.at, match.end(), word, "word")
    letters = _latin(word)
    if not letters:
        return Piece(
            place.at,
            match.end(),
            "",
            "unreadable",
            (notice("text.unreadable", place.at, match.end(), written=word[:40]),),
        )
    if len(letters) == 1 or _is_initials(word, letters):
        said = spelled(letters)
        code = "reading.unknown_capitals" if word.isupper() else "reading.foreign"
        if len(letters) == 1:
            return Piece(place.at, match.end(), said, "letter")
        end = match.end()
        run = place.match(_UNKNOWN_RUN)
        if run and all(map(_is_unknown, run[0].split(" "))):
            end, said = run.end(), spelled(run[0])
        others = dict.fromkeys((said, *_as_a_word(letters))) if end == match.end() else (said,)
        note = notice(code, place.at, end, *others, written=place.text[place.at : min(end, place.at + 40)], taken=said)
        return Piece(place.at, end, said, "letters", (note,))
    known = _respelled(letters) if letters != word else None
    as_written = letters if word[1:].islower() else letters.lower()
    guess = respelled(letters)
    said = known or (guess if guess and _is_name(place, word, match.end()) else as_written)
    letter_by_letter = (spelled(letters),) if letters.isascii() and len(letters) <= _LONGEST_SPELLED else ()
    others = dict.fromkeys((said, *((guess,) if guess else ()), as_written, *letter_by_letter))
    note = notice("reading.foreign", place.at, match.end(), *others, written=word[:40], taken=said[:80])
    return Piece(place.at, match.end(), said, "foreign", (note,))


def _as_a_word(letters: str) -> tuple[str, ...]:
    """Capitals that could be a name: said as one, and as they are written."""
    guess = respelled(letters) if len(letters) > _LONGEST_ACRONYM else None
    return (guess, letters.lower()) if guess else ()


_HIGHLAND = lazy(r"([^\W\d_])'([^\W\d_]{2,20})(?!['\w])")
_BEFORE_APOSTROPHE = {"c": "cơ", "d": "đơ", "k": "cơ", "đ": "đơ"}


def highland_name(place: Place) -> Piece | None:
    """Ea H'leo, Cư M'gar, R'lấp: the consonant before the apostrophe is said with "ơ"."""
    match = place.match(_HIGHLAND)
    if match is None:
        return None
    first, rest = match[1].lower(), match[2]
    syllable = _BEFORE_APOSTROPHE.get(first, first + "ơ")
    if not is_syllable(syllable):
        return None
    plain = rest if is_syllable(rest.lower()) else None
    said = _respelled(match[0]) or f"{syllable} {plain or _respelled(rest) or respelled(rest) or _latin(rest)}".strip()
    others = dict.fromkeys((said, spelled(first) + " " + rest))
    note = notice("reading.foreign", place.at, match.end(), *others, written=match[0], taken=said)
    return Piece(place.at, match.end(), said, "foreign", (note,))


_NEXT_SMALL = lazy(r" ([^\W\d_]+)")


def _is_name(place: Place, word: str, end: int) -> bool:
    """A name is said as an announcer would say it; the letters of a foreign phrase ("Unit mix") stay as they are."""
    following = _NEXT_SMALL.match(place.text, end)
    return word[0].isupper() and (following is None or not following[1].islower() or is_syllable(following[1]))


_UNKNOWN_RUN = lazy(r"[A-ZĐ]{2,4}(?: [A-ZĐ]{2,4}){7,60}(?![^\W_])")
"""Eight and more words in capitals that mean nothing are told once, not one by one."""


def _is_unknown(word: str) -> bool:
    known = word in tables.abbreviations() or word in tables.units() or _respelled(word)
    return not known and not is_syllable(word.lower()) and not _NUMERAL.fullmatch(word.lower())


def _is_initials(word: str, letters: str) -> bool:
    if len(letters) > 40:
        return False
    if _NUMERAL.fullmatch(letters.lower()) and letters.lower() not in roman.WORDS:
        return True
    if word.islower() and letters == word:
        return False
    if word.isupper() and len(letters) <= _LONGEST_ABBREVIATION and _UNSAYABLE.search(letters.lower()):
        return True
    return (word.isupper() and len(letters) <= _LONGEST_ACRONYM) or not _VOWELS.intersection(letters.lower())


def _latin(word: str) -> str:
    """The word in letters a Vietnamese voice knows; foreign marks fall away, other scripts leave nothing."""
    if _PLAIN_LETTERS.issuperset(word.lower()):
        return word
    import unicodedata

    kept = []
    for char in word[:200]:
        if char.lower() in _PLAIN_LETTERS:
            kept.append(char)
            continue
        base = _SPECIAL.get(char) or unicodedata.normalize("NFKD", char)
        kept.extend(part for part in base if part.lower() in _PLAIN_LETTERS)
    return "".join(kept)


_SPECIAL = {"ß": "ss", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L", "ı": "i"}
