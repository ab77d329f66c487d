"""Voice cards in folders of TOML files, and where their weights lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.errors import InputError, VoiceError
from studio.files.card import VoiceCard
from studio.stores.tomlfolders import TomlFolders

AUDITION_TEXT = "audition.txt"


class FolderVoices:
    """Cards in `<folder>/<id>.toml`; a folder named earlier wins. Fulfils the port `Voices`."""

    def __init__(self, card_folders: Sequence[Path], models: Path) -> None:
        self._files = TomlFolders(card_folders, VoiceCard, "card")
        self._folders = tuple(card_folders)
        self._models = models

    def cards(self) -> tuple[VoiceCard, ...]:
        """All cards that are right, one for each id, sorted by id."""
        return self._files.readable()[0]

    def faults(self) -> tuple[InputError, ...]:
        """What is wrong with the other cards: one of them keeps no other voice from speaking."""
        return self._files.readable()[1]

    def card(self, voice_id: str) -> VoiceCard:
        """One card; raises VoiceError `voice.unknown` with those that are known, InputError."""
        card = self._files.get(voice_id)
        if card is None:
            raise VoiceError("voice.unknown", voice=voice_id, known=", ".join(self._files.ids()))
        return card

    def weights(self, card: VoiceCard) -> Path:
        """The folder that holds, or would hold, the card's weights."""
        return self._models / card.folder

    def audition_text(self) -> str:
        """The first `audition.txt` of the folders; raises InputError `audition.no_text`."""
        for folder in self._folders:
            try:
                return (folder / AUDITION_TEXT).read_text(encoding="utf-8-sig")
            except (FileNotFoundError, NotADirectoryError):
                continue
            except (OSError, UnicodeDecodeError) as error:
                raise InputError("audition.no_text", file=str(folder / AUDITION_TEXT), reason=str(error)) from error
        raise InputError("audition.no_text", file=AUDITION_TEXT, reason="there is no such file")
