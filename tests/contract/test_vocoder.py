"""The vocoder in another layout, window by window: Coqui's own sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.fakes.coquivoice import random_model, tiny_config

pytestmark = pytest.mark.neural


@pytest.fixture
def decoder() -> Iterator[Any]:
    import torch

    from studio.engines.vocoder import make_plain

    vocoder = random_model(tiny_config()).waveform_decoder.eval()
    make_plain(vocoder)
    with torch.inference_mode():
        yield vocoder


def latent(decoder: Any, frames: int, rows: int = 1) -> Any:
    import torch

    numbers = torch.Generator().manual_seed(frames)
    return torch.randn(rows, decoder.conv_pre.in_channels, frames, generator=numbers)


@pytest.mark.parametrize("rows", [1, 3])
def test_channels_last_is_the_same_sound(decoder: Any, rows: int) -> None:
    import torch

    from studio.engines.vocoder import lay_channels_last

    given = latent(decoder, 40, rows)
    expected = decoder(given)
    lay_channels_last(decoder)
    heard = decoder(given)
    assert heard.shape == expected.shape
    torch.testing.assert_close(heard, expected, rtol=0, atol=1e-6)
    assert float(expected.abs().max()) > 0.01


@pytest.mark.parametrize("numbers", [1, 700, 2_048, 1 << 20])
@pytest.mark.parametrize("frames", [1, 7, 40])
def test_windows_change_nothing(decoder: Any, frames: int, numbers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from studio.engines import vocoder

    monkeypatch.setattr(vocoder, "WINDOW_NUMBERS", numbers)
    given = latent(decoder, frames)
    expected = decoder(given)
    vocoder.lay_channels_last(decoder)
    vocoder.work_in_windows(decoder)
    torch.testing.assert_close(decoder(given), expected, rtol=0, atol=1e-6)


def test_blocks_of_the_second_kind_work_in_windows_too(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch
    from TTS.vocoder.models.hifigan_generator import ResBlock2

    from studio.engines import vocoder

    monkeypatch.setattr(vocoder, "WINDOW_NUMBERS", 64)
    block = torch.nn.Module()
    block.resblocks = torch.nn.ModuleList([ResBlock2(8, 5, (1, 3))])
    vocoder.make_plain(block)
    given = torch.randn(1, 8, 90, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        expected = block.resblocks[0](given)
        vocoder.lay_channels_last(block)
        vocoder.work_in_windows(block)
        heard = block.resblocks[0](given.unsqueeze(2)).squeeze(2)
    torch.testing.assert_close(heard, expected, rtol=0, atol=1e-6)
