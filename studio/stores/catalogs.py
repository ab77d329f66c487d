"""Station profiles and rundowns, from folders of TOML files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.errors import InputError
from studio.files.profile import Profile
from studio.files.rundown import Rundown
from studio.stores.tomlfiles import read_toml


class FolderProfiles:
    """Profiles in `<folder>/<id>.toml`; a folder named earlier wins."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def profile(self, profile_id: str) -> Profile:
        """One profile; raises InputError `profile.unknown` with those that are known."""
        paths = self._paths()
        if profile_id not in paths:
            raise InputError("profile.unknown", profile=profile_id, known=", ".join(sorted(paths)))
        return _read(paths[profile_id])

    def profiles(self) -> tuple[Profile, ...]:
        """All profiles, sorted by id."""
        return tuple(_read(path) for _, path in sorted(self._paths().items()))

    def _paths(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            found.update({path.stem: path for path in folder.glob("*.toml")})
        return found


def _read(path: Path) -> Profile:
    profile = read_toml(path, Profile, "profile")
    if profile.id != path.stem:
        raise InputError("profile.misnamed", file=str(path), id=profile.id)
    return profile


class TomlRundowns:
    """Rundowns in TOML files."""

    def read(self, path: Path) -> Rundown:
        """One rundown; raises InputError naming file, line and key."""
        return read_toml(path, Rundown, "rundown")
