"""What listeners would think, estimated by DNSMOS (P.835 and P.808 models that the package speechmos carries)."""

from __future__ import annotations

from importlib import metadata

import numpy as np

from studio.files.audit import DnsmosEntry
from studio.sound import Sound

RATE_HZ = 16_000


class Dnsmos:
    """Fulfils the port `OpinionModel`; speechmos with librosa and onnxruntime is used where it is installed."""

    def opinion(self, sound: Sound) -> DnsmosEntry | None:
        """The estimate for mono speech at 16 kHz, best of nine seconds or more."""
        if sound.rate_hz != RATE_HZ:
            raise ValueError(f"DNSMOS hears {RATE_HZ} Hz, not {sound.rate_hz}")
        try:
            from speechmos import dnsmos
        except ImportError:
            return None
        found = dnsmos.run(np.clip(sound.samples[:, 0], -1.0, 1.0), RATE_HZ)
        figures = {ours: round(float(found[theirs]), 3) for ours, theirs in _FIGURES}
        return DnsmosEntry(**figures, version=f"speechmos {metadata.version('speechmos')}")


_FIGURES = (("overall", "ovrl_mos"), ("signal", "sig_mos"), ("background", "bak_mos"), ("p808", "p808_mos"))
