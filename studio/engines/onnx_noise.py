"""Makes the noise inside an ONNX graph an input: drawn from a seed, a line sounds the same in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onnx import GraphProto, ModelProto, NodeProto

RANDOM = frozenset({"RandomNormal", "RandomUniform", "RandomUniformLike", "Bernoulli", "Multinomial", "Dropout"})
"""Operators that draw numbers in other ways than a voice's noise does."""


def noise_as_inputs(model: ModelProto) -> tuple[str, ...]:
    """Puts flat float32 inputs in the place of each RandomNormalLike; gives their names in the graph's order.

    Each input is cut to as many numbers as the node would have drawn, so it may be longer, never shorter. The model
    is changed in place. Raises ValueError where the graph draws numbers otherwise.
    """
    graph = model.graph
    _refuse_other_draws(graph)
    names: list[str] = []
    nodes: list[NodeProto] = []
    for node in graph.node:
        if node.op_type != "RandomNormalLike":
            nodes.append(node)
            continue
        names.append(f"studio_noise_{len(names)}")
        nodes += _from_input(node, names[-1])
    del graph.node[:]
    graph.node.extend(nodes)
    _add_inputs(graph, names)
    return tuple(names)


def _refuse_other_draws(graph: GraphProto) -> None:
    for node in graph.node:
        if node.op_type in RANDOM:
            raise ValueError(f"it draws numbers by {node.op_type}")
        settings = {attribute.name: attribute for attribute in node.attribute}
        if node.op_type == "RandomNormalLike":
            mean, scale = settings.get("mean"), settings.get("scale")
            if (mean is not None and mean.f != 0.0) or (scale is not None and scale.f != 1.0):
                raise ValueError("its noise is not of mean 0 and deviation 1")
        for attribute in node.attribute:
            inner = [attribute.g] if attribute.HasField("g") else list(attribute.graphs)
            if any(_draws(each) for each in inner):
                raise ValueError("it draws numbers inside a branch")


def _draws(graph: GraphProto) -> bool:
    return any(node.op_type in RANDOM or node.op_type == "RandomNormalLike" for node in graph.node)


def _from_input(node: NodeProto, name: str) -> Sequence[NodeProto]:
    from onnx import TensorProto, helper

    start = helper.make_tensor(f"{name}_zero", TensorProto.INT64, [1], [0])
    axis = helper.make_tensor(f"{name}_first", TensorProto.INT64, [1], [0])
    return (
        helper.make_node("Shape", [node.input[0]], [f"{name}_shape"]),
        helper.make_node("Size", [node.input[0]], [f"{name}_size"]),
        helper.make_node("Constant", [], [f"{name}_start"], value=start),
        helper.make_node("Constant", [], [f"{name}_axis"], value=axis),
        helper.make_node("Reshape", [f"{name}_size", f"{name}_one"], [f"{name}_count"]),
        helper.make_node("Slice", [name, f"{name}_start", f"{name}_count", f"{name}_axis"], [f"{name}_cut"]),
        helper.make_node("Reshape", [f"{name}_cut", f"{name}_shape"], list(node.output)),
    )


def _add_inputs(graph: GraphProto, names: Sequence[str]) -> None:
    from onnx import TensorProto, helper

    for name in names:
        graph.input.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [f"{name}_numbers"]))
        graph.initializer.append(helper.make_tensor(f"{name}_one", TensorProto.INT64, [1], [1]))
