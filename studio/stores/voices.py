"""Voice cards in folders of TOML files, and where their weights lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.errors import InputError, VoiceError
from studio.files.card import VoiceCard
from studio.stores.tomlfiles import read_toml


class FolderVoices:
    """Cards in `<folder>/<id>.toml`; a folder named earlier wins. Fulfils the port `Voices`."""

    def __init__(self, card_folders: Sequence[Path], models: Path) -> None:
        self._card_folders = tuple(card_folders)
        self._models = models

    def cards(self) -> tuple[VoiceCard, ...]:
        """All cards, one for each id, sorted by id; raises InputError for a card that is wrong."""
        return tuple(_read(path) for _, path in sorted(self._paths().items()))

    def card(self, voice_id: str) -> VoiceCard:
        """One card; raises VoiceError `voice.unknown` with those that are known, InputError."""
        paths = self._paths()
        if voice_id not in paths:
            raise VoiceError("voice.unknown", voice=voice_id, known=", ".join(sorted(paths)))
        return _read(paths[voice_id])

    def weights(self, card: VoiceCard) -> Path:
        """The folder that holds, or would hold, the card's weights."""
        return self._models / card.id

    def _paths(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in reversed(self._card_folders):
            found.update({path.stem: path for path in folder.glob("*.toml")})
        return found


def _read(path: Path) -> VoiceCard:
    card = read_toml(path, VoiceCard, "card")
    if card.id != path.stem:
        raise InputError("card.misnamed", file=str(path), id=card.id)
    return card
