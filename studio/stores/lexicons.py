"""Lexicon files: those of the city and the unit in folders, a bulletin's own beside it."""

from __future__ import annotations

from pathlib import Path

from studio.errors import InputError
from studio.stores.paths import is_file, refuse_special
from studio.values.lexicon import Entry
from studio.values.text import Notice

MOST_BYTES = 8 * 2**20
SUFFIXES = (".pls", ".tsv")
FOLDERS = ("city", "unit")
"""Layers that have a folder under `<home>/lexicons/`, lowest first."""

State = tuple[tuple[str, int, int], ...]


class FolderLexicons:
    """Lexicons in `<home>/lexicons/{city,unit}/*.pls|*.tsv`, read again when a file changes; of a layer's files
    the one later in the alphabet wins. Fulfils the port `Lexicons`. Without a home there is no house lexicon.
    """

    def __init__(self, home: Path | None) -> None:
        self._home = home
        self._kept: tuple[State, tuple[Entry, ...]] = ((), ())

    def house(self) -> tuple[Entry, ...]:
        """The entries of the city and then the unit; raises InputError naming file and line."""
        files = [(layer, path) for layer in FOLDERS for path in self.files(layer)]
        state = tuple(_state(path) for _, path in files)
        if state != self._kept[0]:
            self._kept = (state, tuple(entry for layer, path in files for entry in read_lexicon(path, layer)[0]))
        return self._kept[1]

    def files(self, layer: str) -> tuple[Path, ...]:
        """The lexicon files of a layer, in alphabetical order."""
        folder = None if self._home is None else self._home / "lexicons" / layer
        if folder is None or not folder.is_dir():
            return ()
        return tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()))

    def entries(self) -> tuple[Entry, ...]:
        """What is built in, and the house's entries above it, lowest layer first."""
        from studio.text.builtin import built_in

        return built_in() + self.house()

    def load(self, path: Path, layer: str) -> tuple[tuple[Entry, ...], tuple[Notice, ...]]:
        """A file's entries for a layer, and what of it is not used; raises InputError naming file and line."""
        return read_lexicon(path, layer)

    def beside(self, document: Path) -> tuple[Entry, ...]:
        """The entries of `<document's stem>.lexicon.tsv` or `.lexicon.pls` beside a document."""
        paths = (document.with_name(f"{document.stem}.lexicon{suffix}") for suffix in SUFFIXES)
        return tuple(entry for path in paths if is_file(path) for entry in self.read(path))

    def read(self, path: Path) -> tuple[Entry, ...]:
        """The entries of one file, for a bulletin; raises InputError naming file and line."""
        return read_lexicon(path, "bulletin")[0]

    def keep(self, name: str, layer: str, entries: tuple[Entry, ...], *, replace: bool) -> Path:
        """Writes entries as `<home>/lexicons/<layer>/<name>.tsv`; raises InputError lexicon.exists, StorageError."""
        from studio.stores.durable import write_bytes
        from studio.text.lexicon_tsv import write_tsv

        assert self._home is not None  # only a reader without a house has none
        path = self._home / "lexicons" / layer / f"{name}.tsv"
        if path.exists() and not replace:
            raise InputError("lexicon.exists", file=str(path))
        write_bytes(path, write_tsv(entries).encode())
        return path


def read_lexicon(path: Path, layer: str) -> tuple[tuple[Entry, ...], tuple[Notice, ...]]:
    """The entries of a file and what of it is not used.

    Raises InputError: lexicon.not_found, .unreadable (reason), .too_large (at_most_bytes), .unknown_kind (file,
    known), .encoding, and those of the format.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError("lexicon.unknown_kind", file=str(path), known=" ".join(SUFFIXES))
    text = _text(path)
    if path.suffix.lower() == ".pls":
        from studio.text.pls import read_pls

        return read_pls(text, str(path), layer)
    from studio.text.lexicon_tsv import read_tsv

    return read_tsv(text, str(path), layer), ()


def _text(path: Path) -> str:
    try:
        refuse_special(path)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, ValueError) as error:
        # A name with a NUL in it is nowhere.
        raise InputError("lexicon.not_found", file=str(path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("lexicon.unreadable", file=str(path), reason=reason) from error
    if len(content) > MOST_BYTES:
        raise InputError("lexicon.too_large", file=str(path), at_most_bytes=MOST_BYTES)
    try:
        # Spreadsheets save "Unicode text" as UTF-16 with its mark, editors UTF-8 with or without one.
        wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("lexicon.encoding", file=str(path)) from error


def _state(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("lexicon.unreadable", file=str(path), reason=reason) from error
    return str(path), found.st_mtime_ns, found.st_size
