"""The unit's own rules, from a file that need not be there."""

from __future__ import annotations

from pathlib import Path

from studio.files.unit import Unit
from studio.stores.tomlfiles import read_toml

NAME = "unit.toml"


class TomlUnitRules:
    """Fulfils the port `UnitRules` from `<home>/unit.toml`."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME

    def rules(self) -> Unit:
        """The rules that hold now; raises InputError `unit.*` naming file, line and key."""
        return read_toml(self._path, Unit, "unit") if self._path.exists() else Unit()
