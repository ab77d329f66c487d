"""Zip archives and XML from strangers, opened with bounds: no bombs, no entities, no passwords."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from studio.errors import InputError

MAX_PART_BYTES = 24 * 2**20
"""One XML part of a document, unpacked."""
MAX_PARTS = 10_000
_LARGEST_RATIO = 250
_MAX_DEPTH = 300
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Archive:
    """A document that is a zip of XML parts."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        if data.startswith(_OLE):
            # Office wraps a document with a password in its older container.
            raise InputError("documents.encrypted", file=name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise InputError("documents.damaged", file=name) from error
        if len(self._zip.infolist()) > MAX_PARTS:
            raise InputError("documents.too_large", file=name, limit_mib=MAX_PART_BYTES // 2**20)

    def part(self, path: str) -> Element | None:
        """The XML part at `path`, None when there is none.

        Raises InputError: documents.encrypted, documents.damaged, documents.too_large.
        """
        try:
            info = self._zip.getinfo(path)
        except KeyError:
            return None
        if info.flag_bits & 0x1:
            raise InputError("documents.encrypted", file=self.name)
        if info.file_size > MAX_PART_BYTES or info.file_size > 2**20 + _LARGEST_RATIO * info.compress_size:
            raise InputError("documents.too_large", file=self.name, limit_mib=MAX_PART_BYTES // 2**20)
        try:
            with self._zip.open(info) as part:
                data = part.read(MAX_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise InputError("documents.damaged", file=self.name) from error
        if len(data) > MAX_PART_BYTES:
            raise InputError("documents.too_large", file=self.name, limit_mib=MAX_PART_BYTES // 2**20)
        return _tree(data, self.name)


def _tree(data: bytes, name: str) -> Element:
    """The XML as a tree with names "{namespace}local"; a document type, and with it any entity, is refused."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise InputError("documents.damaged", file=name)
        builder.start(_qualified(tag), {_qualified(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_qualified(tag))

    def doctype(*_: object) -> None:
        raise InputError("documents.damaged", file=name)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError("documents.damaged", file=name) from error
    return builder.close()


def _qualified(tag: str) -> str:
    return "{" + tag if "}" in tag else tag
