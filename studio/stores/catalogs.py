"""Station profiles and rundowns, from TOML files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.errors import InputError
from studio.files.profile import Profile
from studio.files.rundown import Rundown
from studio.stores.tomlfiles import line_in_file, read_toml, toml_faults
from studio.stores.tomlfolders import TomlFolders
from studio.values.location import Location


class FolderProfiles:
    """Profiles in `<folder>/<id>.toml`; a folder named earlier wins. Fulfils the port `Profiles`."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._files = TomlFolders(folders, Profile, "profile")

    def profile(self, profile_id: str) -> Profile:
        """One profile; raises InputError `profile.unknown` with those that are known."""
        profile = self._files.get(profile_id)
        if profile is None:
            raise InputError("profile.unknown", profile=profile_id, known=", ".join(self._files.ids()))
        return profile

    def profiles(self) -> tuple[Profile, ...]:
        """All profiles, sorted by id."""
        return self._files.all()


class TomlRundowns:
    """Rundowns in TOML files. Fulfils the port `Rundowns`."""

    def read(self, path: Path) -> Rundown:
        """One rundown; raises InputError naming file, line and key."""
        return read_toml(path, Rundown, "rundown")

    def faults(self, path: Path) -> tuple[InputError, ...]:
        """Everything that is wrong in the file itself; empty where it can be read."""
        return toml_faults(path, Rundown, "rundown")

    def line(self, path: Path, location: Location) -> int | None:
        """The line of a key of a rundown that can be read."""
        return line_in_file(path, location, "rundown")
