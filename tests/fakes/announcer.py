"""An announcer's folder in LJ Speech's layout, read by the built-in voice: whole, or spoiled as a test wants it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from studio.engines.registry import EngineRegistry
from studio.sound import Samples
from studio.stores.voices import FolderVoices
from studio.values.voice import SpeechRequest

SHIPPED = Path(__file__).resolve().parents[2] / "voices"
RATE_HZ = 22_050
TEXTS = (
    "Mời bà con tới nhà văn hoá lúc bảy giờ tối.",
    "Hôm nay trời nắng đẹp, gió nhẹ.",
    "Những ngã rẽ nhỏ sẽ đóng để sửa chữa.",
    "Trạm y tế phường tiêm phòng dại cho chó mèo.",
)
CONSENT = 'person = "Phát thanh viên"\ngiven = 2025-01-02\npurpose = "bản tin của phường"\nuntil = 2030-01-01\n'


def reading(text: str) -> Samples:
    """float32 (frames, 1) of a text read by the built-in voice, with a little of a quiet room's noise."""
    card = FolderVoices([SHIPPED], Path()).card("hanoi-espeak")
    voice = EngineRegistry().resolve(card, Path(), 1.0)
    speech = EngineRegistry().load("espeak").speak(SpeechRequest(text, voice)).samples
    still = np.zeros((RATE_HZ // 4, 1), np.float32)
    whole = np.concatenate([still, speech, still])
    noise = np.float32(1e-4) * np.random.default_rng(1).standard_normal(whole.shape, np.float32)
    return np.asarray(whole + noise, np.float32)


def write_folder(folder: Path, texts: Sequence[str] = TEXTS, consent: str | None = CONSENT) -> Path:
    """Writes metadata.csv, wavs/ and consent.toml; gives the folder."""
    (folder / "wavs").mkdir(parents=True)
    for place, text in enumerate(texts, 1):
        soundfile.write(folder / "wavs" / f"cau-{place}.wav", reading(text), RATE_HZ, subtype="PCM_16")
    rows = [f"cau-{place}|{text}\n" for place, text in enumerate(texts, 1)]
    (folder / "metadata.csv").write_text("".join(rows), encoding="utf-8")
    if consent is not None:
        (folder / "consent.toml").write_text(consent, encoding="utf-8")
    return folder
