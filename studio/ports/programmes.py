"""Ports of programmes: rundowns, profiles, rules, deliveries, and the time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Annotations only: whoever needs one port need not pay for loading what the others speak of.
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from studio.errors import InputError
    from studio.files.profile import Profile
    from studio.files.rundown import Rundown
    from studio.files.unit import Unit
    from studio.fingerprint import Fields
    from studio.values.location import Location


Progress = Callable[[str, int, int], None]
"""Called with a stage ("speak", "master", …), how many are done, and how many there are."""


class Clock(Protocol):
    """The time, in UTC."""

    def now(self) -> datetime:
        """An aware time in UTC."""


class Rundowns(Protocol):
    """Rundown files."""

    def read(self, path: Path) -> Rundown:
        """One rundown; raises InputError naming file, line and key."""

    def faults(self, path: Path) -> tuple[InputError, ...]:
        """Everything that is wrong in the file itself; empty where it can be read."""

    def line(self, path: Path, location: Location) -> int | None:
        """The line of a key of a rundown that can be read, or of the nearest table around it."""


class Profiles(Protocol):
    """Station profiles."""

    def profile(self, profile_id: str) -> Profile:
        """One profile; raises InputError `profile.unknown`."""

    def profiles(self) -> tuple[Profile, ...]:
        """All profiles, the unit's own before the shipped ones, sorted by id."""


class UnitRules(Protocol):
    """What this unit allows itself."""

    def rules(self) -> Unit:
        """The rules that hold now; raises InputError naming file, line and key."""


class Journal(Protocol):
    """What the last run of a programme was made from, to say why something is made again."""

    def last(self, slug: str) -> Mapping[str, Fields]:
        """The fields of everything the programme last consisted of, by name; empty when there is none."""

    def keep(self, slug: str, fields: Mapping[str, Fields]) -> None:
        """Replaces the programme's record."""


class Leftovers(Protocol):
    """What killed runs left half written in the studio's own folders."""

    def sweep(self) -> None:
        """Removes what nobody writes any more; cheap, and never an error."""


class Stage(Protocol):
    """A delivery being made, out of everyone's sight."""

    def path(self, name: str) -> Path:
        """Where to write the file `name`."""

    def write_text(self, name: str, text: str) -> None:
        """Writes a text file in UTF-8."""

    def seal(self, name: str) -> tuple[int, str]:
        """Size in bytes and SHA-256 of a file written there."""

    def commit(self) -> Path:
        """Makes everything written durable, renames it into place as one, and gives the final folder."""


class Outlet(Protocol):
    """How a delivery leaves."""

    def stage(self, parent: Path, name: str) -> AbstractContextManager[Stage]:
        """Keeps other runs away from `parent/name` and proves that it can be written.

        Leaving without `commit` removes everything staged. Raises BusyError where another run
        holds it, StorageError where it cannot be written or holds what is not ours.
        """
