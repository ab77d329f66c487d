"""A HiFi-GAN vocoder laid out with its channels last, as processors and graphics cards convolve soonest.

Coqui builds it of one-dimensional convolutions, whose channels lie apart in memory; the same weights in
two-dimensional ones over a row of height one say the same, to the rounding, in about two thirds of the time on a CPU.
"""

from __future__ import annotations

from typing import Any

import torch
from torch.nn.utils import parametrize

WINDOW_NUMBERS = 1 << 20
"""Numbers of a window, channels times samples: 4 MB, which a processor's cache holds the better part of."""


def make_plain(model: Any) -> None:
    """Changes a model in place: weights that a training keeps apart from their norms become one."""
    for module in model.modules():
        if parametrize.is_parametrized(module, "weight"):
            parametrize.remove_parametrizations(module, "weight")


def lay_channels_last(decoder: Any) -> None:
    """Changes a decoder in place: it still takes (rows, channels, frames) and gives (rows, 1, samples).

    Weights must be plain (see `make_plain`). Every layer between its convolutions works element by element,
    so that Coqui's own `forward` serves as it is.
    """
    _convert(decoder)
    decoder.register_forward_pre_hook(_as_rows)
    decoder.register_forward_hook(_as_lines)


def work_in_windows(decoder: Any) -> None:
    """Changes a decoder laid out so, in place: on a CPU its blocks then take a window of a line at a time."""
    decoder.resblocks = torch.nn.ModuleList(_Windowed(block) for block in decoder.resblocks)


def _convert(module: Any) -> None:
    for name, child in list(module.named_children()):
        if isinstance(child, torch.nn.Conv1d | torch.nn.ConvTranspose1d):
            setattr(module, name, _in_two_dimensions(child))
        else:
            _convert(child)


def _in_two_dimensions(layer: Any) -> Any:
    settings: dict[str, Any] = {
        "stride": (1, *layer.stride),
        "padding": (0, *layer.padding),
        "dilation": (1, *layer.dilation),
        "groups": layer.groups,
        "bias": layer.bias is not None,
    }
    kind = torch.nn.Conv2d
    if isinstance(layer, torch.nn.ConvTranspose1d):
        kind, settings["output_padding"] = torch.nn.ConvTranspose2d, (0, *layer.output_padding)
    # Made without numbers of its own, it takes over the other's.
    changed = kind(layer.in_channels, layer.out_channels, (1, *layer.kernel_size), device="meta", **settings)
    weight = layer.weight.detach().unsqueeze(2).contiguous(memory_format=torch.channels_last)
    changed.weight = torch.nn.Parameter(weight, requires_grad=False)
    if layer.bias is not None:
        changed.bias = torch.nn.Parameter(layer.bias.detach(), requires_grad=False)
    return changed


class _Windowed(torch.nn.Module):  # type: ignore[misc]  # torch is looked at by no type checker here
    """A block of convolutions that goes over a long sound window by window; what it gives is the same.

    Between its layers the whole sound would lie in memory several times over: 40 MB for a second of it.
    """

    def __init__(self, block: Any) -> None:
        super().__init__()
        self._block = block
        # Each layer pads as far as it looks to either side.
        self._reach = sum(layer.padding[1] for layer in block.modules() if isinstance(layer, torch.nn.Conv2d))

    def forward(self, sound: Any) -> Any:
        rows, channels, _, samples = sound.shape
        window = max(self._reach, WINDOW_NUMBERS // (rows * channels))
        heard = torch.empty_like(sound)
        for start in range(0, samples, window):
            first, last = max(0, start - self._reach), min(samples, start + window + self._reach)
            spoken = self._block(sound[..., first:last])
            heard[..., start : start + window] = spoken[..., start - first :][..., :window]
        return heard


def _as_rows(_: Any, given: tuple[Any, ...]) -> tuple[Any, ...]:
    return (given[0].unsqueeze(2).contiguous(memory_format=torch.channels_last), *given[1:])


def _as_lines(_: Any, given: tuple[Any, ...], heard: Any) -> Any:
    return heard.squeeze(2)
