"""A tiny voice in VieNeu v3 Turbo's true files, made of random weights: its SDK's own engine speaks noise with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from studio.files.card import VoiceCard, WeightFile
from studio.stores.weights import FolderWeights

PRESET = "Mai Anh"
HIDDEN, CODEBOOKS, CODES, TOKENS = 16, 16, 1024, 400
SPEAKER = 192
SAMPLES_PER_FRAME = 3_840
GRAPHS = (
    "vieneu_prefill.onnx", "vieneu_decode_step.onnx", "vieneu_acoustic_cached.onnx", "vieneu_v3_heads.npz",
    "config.json", "tokenizer.json",
)  # fmt: skip
CODEC = "moss_audio_tokenizer_decode_full.onnx"
START, END, SLOT, STYLE, PROMPT_START, PROMPT_END = 1, 2, 3, 4, 5, 6


def write_voice(folder: Path) -> None:
    """Writes the graphs, the heads, the configuration and the tokenizer, and the codec beside them."""
    graphs, codec = folder / "onnx", folder / "codec"
    graphs.mkdir(parents=True, exist_ok=True)
    codec.mkdir(parents=True, exist_ok=True)
    _write_transformers(graphs)
    _write_codec(codec / CODEC)
    rng = np.random.default_rng(11)
    text = rng.standard_normal((TOKENS, HIDDEN)).astype(np.float32)
    text[END] = 0.0  # never the likeliest: a line goes on until its frames are used up
    heads: dict[str, Any] = {
        "text_emb": text,
        "audio_emb": rng.standard_normal((CODEBOOKS, CODES, HIDDEN)).astype(np.float32),
        "xvec_w": rng.standard_normal((HIDDEN, SPEAKER)).astype(np.float32),
        "xvec_b": np.zeros(HIDDEN, np.float32),
        "xvec_ln_w": np.ones(HIDDEN, np.float32),
        "xvec_ln_b": np.zeros(HIDDEN, np.float32),
        "xvec_ln_eps": np.float32(1e-5),
    }
    np.savez(graphs / "vieneu_v3_heads.npz", **heads)
    config = {
        "n_vq": CODEBOOKS, "hidden_size": HIDDEN, "num_hidden_layers": 1, "local_num_hidden_layers": 1,
        "local_num_attention_heads": 1, "audio_pad_token_id": CODES, "text_prompt_start_token_id": PROMPT_START,
        "text_prompt_end_token_id": PROMPT_END, "speech_generation_start_token_id": START,
        "speech_generation_end_token_id": END, "audio_ref_slot_token_id": SLOT, "text_vocab_size": TOKENS,
        "default_style_token_id": STYLE, "use_speaker_embedding": True, "speaker_embedding_dim": SPEAKER,
    }  # fmt: skip
    (graphs / "config.json").write_text(json.dumps(config), encoding="utf-8")
    _write_tokenizer(graphs / "tokenizer.json")


def voice_card() -> VoiceCard:
    """The card of the voice that `write_voice` makes."""
    paths = [*(f"onnx/{name}" for name in GRAPHS), f"codec/{CODEC}"]
    return VoiceCard(
        id="tieng-on-vieneu", name="Tiếng ồn", engine="vieneu", variant=PRESET, accent="other", gender="other",
        rate_hz=48_000, source="made by a test", licence="none", files=tuple(WeightFile(path=path) for path in paths),
    )  # fmt: skip


def installed_voice(models: Path) -> VoiceCard:
    """The voice written, verified and sealed under `models`."""
    card = voice_card()
    write_voice(models / card.id)
    FolderWeights(models).verify(card)
    return card


def _write_tokenizer(path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers

    signs = [chr(code) for code in (*range(0x20, 0x7F), *range(0xE0, 0x100), *range(0x250, 0x2FF), 0x32A)]
    vocabulary = {"<unk>": 0, **{sign: 10 + place for place, sign in enumerate(signs)}}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))  # a token of text
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(path))


def _write_transformers(folder: Path) -> None:
    """Three graphs that hand on what they are given: hidden states from embeddings, the past from the past."""
    hidden = ("inputs_embeds", "hidden")
    past = (("past_k_0", "present_k_0"), ("past_v_0", "present_v_0"))
    _save(folder / "vieneu_decode_step.onnx", (hidden, *past), unused=("position_ids",))
    _save(folder / "vieneu_acoustic_cached.onnx", (("token_emb", "hidden"), *past), unused=("position_ids",), past=4)
    _save(folder / "vieneu_prefill.onnx", (hidden, (hidden[0], "present_k_0"), (hidden[0], "present_v_0")))


def _save(path: Path, pairs: tuple[tuple[str, str], ...], unused: tuple[str, ...] = (), past: int = 3) -> None:
    """Identities from the first to the second name of each pair; `past` is the rank of what is remembered."""
    import onnx
    from onnx import TensorProto, helper

    nodes = [helper.make_node("Identity", [given], [gives]) for given, gives in pairs]
    names = dict.fromkeys(given for given, _ in pairs)
    rank = {name: past if name.startswith("past") else 3 for name in names}
    inputs = [_tensor(name, TensorProto.FLOAT, rank[name]) for name in names]
    inputs += [_tensor(name, TensorProto.INT64, 2) for name in unused]
    outputs = [_tensor(gives, TensorProto.FLOAT, rank[given]) for given, gives in pairs]
    _write(onnx, path, nodes, inputs, outputs, [])


def _write_codec(path: Path) -> None:
    """Each frame of codes becomes one level for 80 ms, on two channels."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    constants = {
        "scale": np.array([0.4 / (CODEBOOKS * CODES)], np.float32), "axes": np.array([2], np.int64),
        "repeats": np.array([1, 1, SAMPLES_PER_FRAME], np.int64), "flat": np.array([1, 1, -1], np.int64),
    }  # fmt: skip
    nodes = [
        helper.make_node("Cast", ["audio_codes"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["numbers", "axes"], ["sums"], keepdims=1),
        helper.make_node("Mul", ["sums", "scale"], ["levels"]),
        helper.make_node("Tile", ["levels", "repeats"], ["held"]),
        helper.make_node("Reshape", ["held", "flat"], ["mono"]),
        helper.make_node("Concat", ["mono", "mono"], ["audio"], axis=1),
    ]
    inputs = [_tensor("audio_codes", TensorProto.INT32, 3), _tensor("audio_code_lengths", TensorProto.INT32, 1)]
    initializers = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    _write(onnx, path, nodes, inputs, [_tensor("audio", TensorProto.FLOAT, 3)], initializers)


def _tensor(name: str, kind: int, rank: int) -> Any:
    from onnx import helper

    return helper.make_tensor_value_info(name, kind, [f"{name}_{axis}" for axis in range(rank)])


def _write(onnx: Any, path: Path, nodes: Any, inputs: Any, outputs: Any, initializers: Any) -> None:
    graph = onnx.helper.make_graph(nodes, "voice", inputs, outputs, initializers)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
