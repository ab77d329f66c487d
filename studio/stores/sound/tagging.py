"""Tags of each format: what it is, who made it, a picture, and the mark that a machine spoke."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import SoundError, StorageError
from studio.ports import Tags

if TYPE_CHECKING:
    from mutagen.flac import Picture

AI_MARK = "AI_GENERATED"
"""Name of the machine-readable mark of speech made by a machine."""

MP4_AI_MARK = f"----:com.apple.iTunes:{AI_MARK}"
"""The same as a free-form item of MP4."""

FRONT_COVER = 3
"""Kind of picture (ID3v2.3, APIC)."""

PNG_START = b"\x89PNG"


def id3(tags: Tags, cover: bytes) -> bytes:
    """The tag in ID3v2.3 with UTF-16 text: the one form old players and importers read in Vietnamese."""
    from mutagen import id3

    utf16 = id3.Encoding.UTF16
    tag = id3.ID3()
    tag.add(id3.TIT2(encoding=utf16, text=tags.title))
    tag.add(id3.TPE1(encoding=utf16, text=tags.artist))
    tag.add(id3.TALB(encoding=utf16, text=tags.album))
    tag.add(id3.TDRC(encoding=utf16, text=tags.date))
    if tags.track is not None:
        tag.add(id3.TRCK(encoding=utf16, text=str(tags.track)))
    if tags.comment:
        tag.add(id3.COMM(encoding=utf16, lang="vie", desc="", text=tags.comment))
    tag.add(id3.TXXX(encoding=utf16, desc=AI_MARK, text=_said(tags.ai_generated)))
    # An empty description in Latin-1: some old players take no other before the picture.
    tag.add(id3.APIC(encoding=id3.Encoding.LATIN1, mime=_mime(cover), type=FRONT_COVER, desc="", data=cover))
    tag.update_to_v23()
    written = BytesIO()
    tag.save(written, v2_version=3, padding=lambda _: 0)
    return written.getvalue()


def info(tags: Tags) -> dict[str, str]:
    """Texts by their Vorbis names, without the empty ones; the mark stands in the comment."""
    mark = f"{AI_MARK}={_said(tags.ai_generated)}"
    return _filled({**_texts(tags), "comment": f"{tags.comment} [{mark}]" if tags.comment else mark})


def tag_mp4(path: Path, tags: Tags, cover: bytes) -> None:
    """Tags an MP4 in place; raises StorageError or SoundError."""
    from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm

    names = {"title": "\xa9nam", "artist": "\xa9ART", "album": "\xa9alb", "date": "\xa9day", "comment": "\xa9cmt"}
    with _tagged(path):
        file = MP4(path)
        for name, text in _filled(_texts(tags)).items():
            if name in names:
                file[names[name]] = [text]
        if tags.track is not None:
            file["trkn"] = [(tags.track, 0)]
        file[MP4_AI_MARK] = [MP4FreeForm(_said(tags.ai_generated).encode())]
        kind = MP4Cover.FORMAT_PNG if cover.startswith(PNG_START) else MP4Cover.FORMAT_JPEG
        file["covr"] = [MP4Cover(cover, imageformat=kind)]
        file.save(padding=lambda _: 0)


def tag_flac(path: Path, tags: Tags, cover: bytes) -> None:
    """Tags a FLAC in place; raises StorageError or SoundError."""
    from mutagen.flac import FLAC

    with _tagged(path):
        file = FLAC(path)
        for name, text in _comments(tags).items():
            file[name] = text
        file.clear_pictures()
        file.add_picture(_picture(cover))
        file.save(padding=lambda _: 0)


def tag_opus(path: Path, tags: Tags, cover: bytes) -> None:
    """Tags an Opus file in place; raises StorageError or SoundError."""
    from mutagen.oggopus import OggOpus

    with _tagged(path):
        file = OggOpus(path)
        for name, text in _comments(tags).items():
            file[name] = text
        file["metadata_block_picture"] = base64.b64encode(_picture(cover).write()).decode("ascii")
        file.save(padding=lambda _: 0)


@contextmanager
def _tagged(path: Path) -> Iterator[None]:
    from mutagen import MutagenError

    try:
        yield
    except MutagenError as error:
        # The library wraps what the operating system refused.
        cause = error.args[0] if error.args else None
        if isinstance(cause, OSError):
            raise StorageError.of(cause, path) from error
        raise SoundError("sound.damaged", path=path.name, reason=str(error)) from error


def _picture(cover: bytes) -> Picture:
    from mutagen.flac import Picture
    from PIL import Image

    picture = Picture()
    picture.type, picture.mime, picture.data = FRONT_COVER, _mime(cover), cover
    with Image.open(BytesIO(cover)) as image:
        picture.width, picture.height = image.size
    picture.depth = 24
    return picture


def _texts(tags: Tags) -> dict[str, str]:
    return {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "date": tags.date,
        "tracknumber": "" if tags.track is None else str(tags.track),
        "comment": tags.comment,
    }


def _comments(tags: Tags) -> dict[str, str]:
    return {**_filled(_texts(tags)), AI_MARK: _said(tags.ai_generated)}


def _filled(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _mime(cover: bytes) -> str:
    return "image/png" if cover.startswith(PNG_START) else "image/jpeg"


def _said(value: bool) -> str:
    return "true" if value else "false"
