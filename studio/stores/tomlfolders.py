"""Things with an id in folders of TOML files, one file each: the unit's own folder before the shipped one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Generic, TypeVar

from studio.errors import InputError
from studio.files.base import NamedModel
from studio.stores.tomlfiles import read_toml

ModelT = TypeVar("ModelT", bound=NamedModel)


class TomlFolders(Generic[ModelT]):
    """`<folder>/<id>.toml` in several folders; a folder named earlier wins."""

    def __init__(self, folders: Sequence[Path], model: type[ModelT], kind: str) -> None:
        self._folders = tuple(folders)
        self._model = model
        self._kind = kind

    def ids(self) -> tuple[str, ...]:
        """All ids, sorted."""
        return tuple(sorted(self._paths()))

    def all(self) -> tuple[ModelT, ...]:
        """All of them, sorted by id; raises InputError for a file that is wrong."""
        found, faults = self.readable()
        if faults:
            raise faults[0]
        return found

    def readable(self) -> tuple[tuple[ModelT, ...], tuple[InputError, ...]]:
        """Those that are right, sorted by id, and what is wrong with the others."""
        found: list[ModelT] = []
        faults: list[InputError] = []
        for _, path in sorted(self._paths().items()):
            try:
                model = self._read(path)
            except InputError as error:
                faults.append(error)
            else:
                found += [] if model is None else [model]
        return tuple(found), tuple(faults)

    def get(self, wanted: str) -> ModelT | None:
        """One by its id, None where there is no such file; raises InputError for a file that is wrong."""
        path = self._paths().get(wanted)
        return None if path is None else self._read(path)

    def _paths(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            # What begins with a dot is still being written.
            found.update({path.stem: path for path in folder.glob("*.toml") if not path.name.startswith(".")})
        return found

    def _read(self, path: Path) -> ModelT | None:
        try:
            model = read_toml(path, self._model, self._kind)
        except InputError as error:
            if error.code == f"{self._kind}.not_found" and not path.is_symlink():
                # Another process took it away since the folder was listed.
                return None
            raise
        if model.id != path.stem:
            raise InputError(f"{self._kind}.misnamed", file=str(path), id=model.id)
        return model
