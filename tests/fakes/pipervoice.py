"""A tiny voice in Piper's true format, made of random weights: it speaks noise, as long as its text."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from studio.files.card import VoiceCard, WeightFile
from studio.stores.weights import FolderWeights

RATE_HZ = 16_000
MODEL = "thu.onnx"
CHANNELS = 64
SAMPLES_PER_ID = 640
"""40 ms, at length scale 1."""
SOUNDS = "_^$ !',-.:;?abcdefghijklmnopqrstuvwxyzæçðøħŋœɐɑɒɓɔɕɖɗəɛɜɡɣɤɨɪɯɲɹɾʂʃʈʊʌʐʒʔʰʲˈˌːˀ˧˨˩˥˦1234567"


def write_voice(folder: Path, *, sounds: str = SOUNDS, branch: bool = False) -> None:
    """Writes the model and its configuration; `branch` adds an operator that draws numbers otherwise."""
    import onnx

    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(_model(branch=branch), str(folder / MODEL))
    config = {
        "audio": {"sample_rate": RATE_HZ},
        "espeak": {"voice": "vi"},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "num_symbols": 256,
        "num_speakers": 1,
        "phoneme_type": "espeak",
        "phoneme_id_map": {sound: [index] for index, sound in enumerate(dict.fromkeys(sounds))},
    }
    (folder / f"{MODEL}.json").write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")


def voice_card() -> VoiceCard:
    """The card of the voice that `write_voice` makes."""
    return VoiceCard(
        id="tieng-on", name="Tiếng ồn", engine="piper", accent="other", gender="other", rate_hz=RATE_HZ,
        source="made by a test", licence="none", files=(WeightFile(path=MODEL), WeightFile(path=f"{MODEL}.json")),
    )  # fmt: skip


def installed_voice(models: Path) -> VoiceCard:
    """The voice written, verified and sealed under `models`."""
    card = voice_card()
    write_voice(models / card.id)
    FolderWeights(models).verify(card)
    return card


def _model(*, branch: bool) -> object:
    from onnx import TensorProto, checker, helper, numpy_helper

    table = np.random.default_rng(7).uniform(-0.4, 0.4, (256, CHANNELS)).astype(np.float32)
    constants = {
        "table": table,
        "zero": np.array([0], np.int64), "one": np.array([1], np.int64), "two": np.array([2], np.int64),
        "flat": np.array([1, 1, -1], np.int64), "whole": np.array([1, 1, 1, -1], np.int64),
        "same": np.array([1, 1], np.float32), "stretch": np.array([SAMPLES_PER_ID / CHANNELS], np.float32),
        "quiet": np.array([0.1], np.float32), "none": np.array([], np.float32),
    }  # fmt: skip
    nodes = [
        helper.make_node("Gather", ["table", "input"], ["embedded"]),
        helper.make_node("RandomNormalLike", ["embedded"], ["noise"]),
        helper.make_node("RandomNormalLike", ["embedded"], ["more"]),
        helper.make_node("Slice", ["scales", "zero", "one"], ["noise_scale"]),
        helper.make_node("Slice", ["scales", "one", "two"], ["length_scale"]),
        helper.make_node("Add", ["noise", "more"], ["both"]),
        helper.make_node("Mul", ["both", "noise_scale"], ["scaled"]),
        helper.make_node("Mul", ["scaled", "quiet"], ["heard"]),
        helper.make_node("Add", ["embedded", "heard"], ["voice"]),
        helper.make_node("Reshape", ["voice", "flat"], ["line"]),
        helper.make_node("Mul", ["stretch", "length_scale"], ["factor"]),
        helper.make_node("Concat", ["same", "factor"], ["factors"], axis=0),
        helper.make_node("Resize", ["line", "none", "factors"], ["longer"], mode="linear"),
        helper.make_node("Tanh", ["longer"], ["bounded"]),
        helper.make_node("Reshape", ["bounded", "whole"], ["output"]),
    ]
    if branch:
        nodes.insert(0, helper.make_node("RandomUniform", [], ["drawn"], shape=[1]))
    graph = helper.make_graph(
        nodes,
        "voice",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, "ids"]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "frames"])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    checker.check_model(model)
    return model
