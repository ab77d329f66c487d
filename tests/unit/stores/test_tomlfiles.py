"""A wrong file is told by file, line, dotted key and what was wrong there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from studio.errors import InputError
from studio.files.base import FileModel
from studio.stores import tomlplaces
from studio.stores.tomlfiles import MOST_BYTES, MOST_FAULTS, read_toml, toml_faults


class Part(FileModel):
    title: str
    minutes: Annotated[int, Field(ge=1, le=60)] = 5
    tags: tuple[str, ...] = ()


class Place(FileModel):
    street: str | None = None
    part: Part | None = None


class Plan(FileModel):
    title: str
    speed: float = 1.0
    place: Place = Place()
    parts: tuple[Part, ...] = ()

    @model_validator(mode="after")
    def _not_too_quick(self) -> Plan:
        if self.speed > 2:
            raise PydanticCustomError("plan:too_quick", "speed is above 2")
        return self


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "kế hoạch.toml"
    path.write_bytes(text.encode())
    return path


def fault(tmp_path: Path, text: str) -> tuple[str, dict[str, object]]:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_toml(path, Plan, "plan")
    fields: dict[str, object] = dict(caught.value.fields)
    assert fields.pop("file") == str(path)
    return caught.value.code, fields


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_reads_what_is_right(tmp_path: Path, start: str, end: str) -> None:
    text = start + end.join(['title = "Bản tin"', "[place]", 'street = "Phố Huế"', "[[parts]]", 'title = "Một"', ""])
    plan = read_toml(write(tmp_path, text), Plan, "plan")
    assert (plan.title, plan.place.street, plan.parts[0].minutes) == ("Bản tin", "Phố Huế", 5)


@pytest.mark.parametrize(
    ("text", "key", "line", "suggestion"),
    [
        ('title = "a"\n\nspeeed = 1.0\n', "speeed", 3, "speed"),
        ('title = "a"\nxyz = 1\n', "xyz", 2, "parts, place, speed, title"),
        ('titel = "a"\n', "titel", 1, "title"),
        ('title = "a"\n[place]\nstret = "x"\n', "place.stret", 3, "street"),
        ('title = "a"\nplace.stret = "x"\n', "place.stret", 2, "street"),
        ('title = "a"\nplace = { stret = "x" }\n', "place.stret", 2, "street"),
        ('title = "a"\n[place.part]\ntitle = "b"\nminute = 3\n', "place.part.minute", 4, "minutes"),
        ('title = "a"\n[[parts]]\ntitle = "b"\n[[parts]]\ntitle = "c"\nminute = 3\n', "parts.2.minute", 6, "minutes"),
        ('title = "a"\n[plase]\nstreet = "x"\n', "plase", 2, "place"),
        ('title = """\nspeeed = 2\n"""\n"speeed" = 1\n', "speeed", 4, "speed"),
        ('title = """one \n line"""\nspeeed = 1\n', "speeed", 3, "speed"),
        ("title = '''x'''\nspeeed = 1\n", "speeed", 2, "speed"),
    ],
)
def test_an_unknown_key(tmp_path: Path, text: str, key: str, line: int, suggestion: str | None) -> None:
    assert fault(tmp_path, text) == ("plan.unknown_key", {"key": key, "line": line, "suggestion": suggestion})


@pytest.mark.parametrize(
    ("text", "key", "line", "reason"),
    [
        ('title = "a"\nspeed = "nhanh"\n', "speed", 2, "number"),
        ('title = "a"\n[[parts]]\ntitle = "b"\nminutes = 90\n', "parts.1.minutes", 4, "less than or equal to 60"),
        ('title = "a"\nparts = [\n  { title = "b", minutes = 0 },\n]\n', "parts.1.minutes", 2, "greater"),
        ('title = "a"\nparts = 3\n', "parts", 2, "tuple"),
        ('title = "a"\n[[parts]]\ntitle = "b"\ntags = [\n "x",\n 3,\n]\n', "parts.1.tags.2", 4, "string"),
        ('title = "a"\nspeed = 3.0\n', None, None, "speed is above 2"),
    ],
)
def test_a_bad_value(tmp_path: Path, text: str, key: str | None, line: int | None, reason: str) -> None:
    code, fields = fault(tmp_path, text)
    assert code == "plan.bad_value"
    assert (fields["key"], fields["line"]) == (key, line)
    assert reason in str(fields["reason"])
    assert "Value error" not in str(fields["reason"])


def test_a_missing_key_is_told_where_its_table_begins(tmp_path: Path) -> None:
    assert fault(tmp_path, "speed = 1.0\n") == ("plan.missing_key", {"key": "title", "line": None})
    text = 'title = "a"\n\n[[parts]]\nminutes = 3\n'
    assert fault(tmp_path, text) == ("plan.missing_key", {"key": "parts.1.title", "line": 3})


@pytest.mark.parametrize(
    ("text", "line"),
    [('title = "a"\nspeed 1.0\n', 2), ('title = "a"\n\n[parts\n', 3), ('title = "a', 1), ("a = 1\na = 2\n", 2)],
)
def test_bad_syntax(tmp_path: Path, text: str, line: int) -> None:
    code, fields = fault(tmp_path, text)
    assert code == "plan.bad_syntax"
    assert fields["line"] == line
    assert fields["reason"]
    assert "line" not in str(fields["reason"]).split()


def test_text_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "tcvn.toml"
    path.write_bytes(b'title = "a"\n# Ph\xe8 Hu\xd5\n')
    with pytest.raises(InputError) as caught:
        read_toml(path, Plan, "plan")
    assert caught.value.code == "plan.bad_syntax"
    assert caught.value.fields["line"] == 2


def test_arrays_nested_without_end(tmp_path: Path) -> None:
    code, _ = fault(tmp_path, "title = " + "[" * 50_000)
    assert code == "plan.bad_syntax"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_toml(tmp_path / "không có.toml", Plan, "plan")
    assert caught.value.code == "plan.not_found"


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_toml(tmp_path, Plan, "plan")
    assert caught.value.code == "plan.unreadable"


def test_a_file_of_endless_size(tmp_path: Path) -> None:
    path = write(tmp_path, "# " + "x" * MOST_BYTES)
    with pytest.raises(InputError) as caught:
        read_toml(path, Plan, "plan")
    assert caught.value.code == "plan.too_large"


def test_a_file_of_nothing_but_faults(tmp_path: Path) -> None:
    """Its places are found once for all of its faults, and only so many are told."""
    path = write(tmp_path, "".join(f"k{number} = 1\n" for number in range(2 * MOST_FAULTS)))
    tomlplaces.lines_of_keys.cache_clear()
    faults = toml_faults(path, Plan, "plan")
    assert len(faults) == MOST_FAULTS
    assert (faults[0].fields["key"], faults[-1].fields["line"]) == ("k0", MOST_FAULTS)
    assert tomlplaces.lines_of_keys.cache_info().misses == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\n\na" + ".a" * 100 + " = 1\n", 3), ("[a" + '."b"' * 100 + "]\n", 1), ("x={a" + ". a" * 100 + "=1}", 1)],
)
def test_a_key_that_would_eat_all_memory(tmp_path: Path, text: str, line: int) -> None:
    code, fields = fault(tmp_path, text)
    assert (code, fields["line"], fields["reason"]) == ("plan.bad_syntax", line, "a key of too many parts")


def test_a_number_that_python_refuses(tmp_path: Path) -> None:
    code, fields = fault(tmp_path, "speed = " + "9" * 5_000)
    assert (code, fields["line"]) == ("plan.bad_syntax", None)
