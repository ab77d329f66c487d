"""VITS by the batch: padded ids through Coqui's own inference, each row with its own noise.

A row sounds as that line alone does, because nothing a row hears depends on its neighbours: noise is drawn for
each row from its own seed; lengths are computed in double precision, where the rounding of another batch size
moves no sound by a frame; and the vocoder sees the same silence after a line's end whether padding follows or
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.overrides import TorchFunctionMode

from studio.engines.vocoder import lay_channels_last, make_plain, work_in_windows
from studio.sound import Samples

LEAST_FRAMES = 200
MOST_FRAMES_PER_ID = 60
"""Frames after which a line runs away: over half a second for each id; trained voices need 1 to 20 frames."""

_DURATIONS, _LATENT = 0, 1
"""The two draws of a line, in the order the model makes them; part of their seeds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line as token ids, with the seed of its noise."""

    ids: tuple[int, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Scales:
    """How a batch is spoken: how much sound and lengths vary, and how long everything lasts."""

    noise: float
    noise_w: float
    length: float


class RunawayError(Exception):
    """A row would last far longer than speech does; `row` is its place, `frames` its length."""

    def __init__(self, row: int, frames: int) -> None:
        super().__init__(row, frames)
        self.row = row
        self.frames = frames


class BatchedVits:
    """A loaded model, made ready once: weights plain, lengths in double precision, the vocoder in `precision`."""

    def __init__(self, model: Any, *, device: str, precision: str) -> None:
        """Takes the model over; `device` as torch names it, `precision` of the vocoder as torch names its types."""
        self._model = model.eval()
        self._device = torch.device(device)
        self._tail = tail_frames(model.args)
        self._noise: _RowNoise | None = None
        self.hop = math.prod(model.args.upsample_rates_decoder)
        model.posterior_encoder = None  # hears recordings while a voice is trained; nobody asks it here
        model.max_inference_len = None
        make_plain(model)
        model.text_encoder.double()
        model.duration_predictor.double()
        model.waveform_decoder.to(getattr(torch, precision))
        model.to(self._device)
        for part in (model.duration_predictor, model.flow, model.waveform_decoder):
            part.register_forward_pre_hook(_cast_inputs, with_kwargs=True)
        model.waveform_decoder.register_forward_pre_hook(self._lengthen)
        # Half precision on a card convolves channels last; whole precision there as Coqui lays it out.
        if self._device.type == "cpu" or precision == "float16":
            lay_channels_last(model.waveform_decoder)
        if self._device.type == "cpu":
            work_in_windows(model.waveform_decoder)
        model.duration_predictor.register_forward_hook(self._count_frames)

    def speak(self, rows: Sequence[Row], scales: Scales) -> list[Samples]:
        """float32 (frames,) for each row; raises RunawayError, and what torch raises, out of memory among it."""
        model = self._model
        model.inference_noise_scale, model.inference_noise_scale_dp = scales.noise, scales.noise_w
        model.length_scale = scales.length
        ids = torch.zeros(len(rows), max(len(row.ids) for row in rows), dtype=torch.long)
        for place, row in enumerate(rows):
            ids[place, : len(row.ids)] = torch.tensor(row.ids)
        lengths = torch.tensor([len(row.ids) for row in rows])
        self._noise = _RowNoise(rows)
        given = {"x_lengths": lengths.to(self._device)}
        with torch.inference_mode(), self._noise:
            heard = model.inference(ids.to(self._device), aux_input=given)["model_outputs"]
        samples = heard[:, 0].float().cpu().numpy()
        frames = self._noise.frames
        return [samples[place, : count * self.hop].copy() for place, count in enumerate(frames)]

    def _count_frames(self, _: Any, given: tuple[Any, ...], logw: Any) -> None:
        """Notes each row's length before anything of that length is made; by the model's own formula."""
        lengths = torch.ceil(torch.exp(logw) * given[1] * self._model.length_scale).sum([1, 2]).clamp_min(1)
        assert self._noise is not None  # hooks run inside `speak`
        frames = [int(length) if math.isfinite(length) else 1 << 62 for length in lengths.tolist()]
        for place, (count, row) in enumerate(zip(frames, self._noise.rows, strict=True)):
            if count > LEAST_FRAMES + MOST_FRAMES_PER_ID * len(row.ids):
                raise RunawayError(place, count)
        self._noise.frames = frames

    def _lengthen(self, _: Any, given: tuple[Any, ...]) -> tuple[Any, ...]:
        return (torch.nn.functional.pad(given[0], (0, self._tail)), *given[1:])


class _RowNoise(TorchFunctionMode):  # type: ignore[misc]  # torch is looked at by no type checker here
    """Answers the model's two draws: row by row, from numbers that neither padding nor neighbours change."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self.frames: list[int] = []

    def __torch_function__(
        self, function: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        if function is torch.randn:
            return self._drawn(args, [len(row.ids) for row in self.rows], _DURATIONS)
        if function is torch.randn_like:
            return self._drawn(args[0].shape, self.frames, _LATENT).to(args[0])
        return function(*args, **(kwargs or {}))

    def _drawn(self, shape: Sequence[int], lengths: Sequence[int], draw: int) -> Any:
        """Shape (rows, channels, time); after a row's own length there is silence."""
        _, channels, time = shape
        noise = np.zeros((len(self.rows), time, channels), np.float32)
        for place, (row, length) in enumerate(zip(self.rows, lengths, strict=True)):
            np.random.default_rng((row.seed, draw)).standard_normal(dtype=np.float32, out=noise[place, :length])
        return torch.from_numpy(noise.transpose(0, 2, 1))


def tail_frames(args: Any) -> int:
    """How many frames after its end a line's sound still depends on, in a vocoder of these layers."""
    rate, reach = 1, 3.0  # conv_pre has seven taps
    widest = max(
        _reach_of_block(kernel, dilations, args.resblock_type_decoder)
        for kernel, dilations in zip(
            args.resblock_kernel_sizes_decoder, args.resblock_dilation_sizes_decoder, strict=True
        )
    )
    for factor, kernel in zip(args.upsample_rates_decoder, args.upsample_kernel_sizes_decoder, strict=True):
        reach += kernel / factor / rate
        rate *= factor
        reach += widest / rate
    return math.ceil(reach + 3 / rate) + 1


def _reach_of_block(kernel: int, dilations: Sequence[int], kind: str) -> int:
    half = (kernel - 1) // 2
    # A block of type 1 puts a plain convolution after each dilated one.
    return sum(half * dilation for dilation in dilations) + (half * len(dilations) if kind == "1" else 0)


def _cast_inputs(module: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Hands a part its floating-point inputs in its own precision."""
    own = next(module.parameters()).dtype

    def cast(value: Any) -> Any:
        return value.to(own) if isinstance(value, torch.Tensor) and value.is_floating_point() else value

    return tuple(cast(value) for value in args), {name: cast(value) for name, value in kwargs.items()}
