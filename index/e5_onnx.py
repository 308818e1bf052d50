"""The built-in model as an ONNX graph for ONNX Runtime: 8-bit arithmetic on 4-bit weights.

The graph is written from the weights, with the fused operators that the runtime's own optimiser and
quantiser would leave, so that nothing has to be traced. Every choice below was measured by its
cosine to float32 on news passages and questions in five languages:

- *Embedding table*: kept in its 4 bits and unpacked for the rows that are read. Exact, and 60 MB
  in memory where float32 takes 384.
- *Matrix products*: activations quantised at run time to 8 bits unsigned, one scale a tensor;
  weights to 7 bits signed, one scale an output. With 8 bits, processors that have AVX2 but no VNNI
  add pairs of products in 16 bits and overflow: 2 × 255 × 127 > 32767 ≥ 2 × 255 × 63. It costs
  nothing here: the weights come from 4 bits, and the cosine is 0.997 with 7 as with 8.
- *One product stays float32* (`FLOAT`): what feeds it has one neuron with values of 50 among values
  of 4 ("massive activations": Sun et al. 2024, arXiv 2402.17762), which stretches the one scale.
  The cosine rises from 0.997 to 0.998, the least of them from 0.995 to 0.997.
- *Adding and normalising* stay two operators: the fused one (SkipLayerNormalization) takes seven
  times as long as both, for 235 tokens 0.59 ms and not 0.08, and there are two of them in a layer.

Because there is one scale a tensor, texts of one batch change each other's vectors (cosine 0.997 to
their own). Whoever wants vectors that depend on the text alone runs one text at a time.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.e5 import Array, Checkpoint, Config, Tensors, Weights

if TYPE_CHECKING:
    from onnx import GraphProto, NodeProto, TensorProto, ValueInfoProto

FLOAT = frozenset({"l4.fo"})  # the second feed-forward matrix of the fifth layer
LARGEST = 63  # magnitude of a quantised weight: 7 bits with sign
MICROSOFT = "com.microsoft"  # domain of the runtime's own operators
OPSET, IR_VERSION = 21, 10  # the first that know 4-bit integers
GRAPH = 1  # raise it when a change below changes what is written


def write_onnx(checkpoint: Checkpoint, path: Path, *, layers: int | None = None) -> None:
    """Write the graph ``input_ids, attention_mask → last_hidden_state``, float32.

    Of the first ``layers`` only, if that is given.
    """
    config = checkpoint.config
    used = range(config.layers if layers is None else layers)
    _save(_Encoder(config, checkpoint.weights).whole(used, checkpoint.weights), path)


def write_layers(config: Config, weights: Tensors, layers: range, path: Path) -> None:
    """Write the graph ``hidden_states, attention_mask → last_hidden_state`` of some layers."""
    _save(_Encoder(config, weights).upper(layers), path)


def _save(graph: "GraphProto", path: Path) -> None:
    import onnx

    model = onnx.helper.make_model(
        graph,
        opset_imports=[onnx.helper.make_opsetid("", OPSET), onnx.helper.make_opsetid(MICROSOFT, 1)],
        ir_version=IR_VERSION,
    )
    onnx.save(model, path)


def quantise(matrix: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """Return integers in [-63, 63] and one scale a row: ``integers * scales ≈ matrix``."""
    scales = np.maximum(np.abs(matrix).max(axis=1), np.finfo(np.float32).tiny) / LARGEST
    integers = np.rint(matrix / scales[:, None]).clip(-LARGEST, LARGEST)
    return integers.astype(np.int8), scales.astype(np.float32)


class _Encoder:
    """Collects the nodes of the graph; methods take and return names of values."""

    def __init__(self, config: Config, weights: Tensors) -> None:
        self._config = config
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def whole(self, layers: range, table: Weights) -> "GraphProto":
        """Return the graph from token ids; ``table`` holds their embeddings in 4 bits."""
        from onnx import TensorProto

        given = [self._value(name, TensorProto.INT64) for name in ("input_ids", "attention_mask")]
        return self._stack(given, self._embeddings(table), layers)

    def upper(self, layers: range) -> "GraphProto":
        """Return the graph from hidden states."""
        from onnx import TensorProto

        given = [
            self._value("hidden_states", TensorProto.FLOAT, self._config.hidden),
            self._value("attention_mask", TensorProto.INT64),
        ]
        return self._stack(given, "hidden_states", layers)

    def _stack(self, given: "list[ValueInfoProto]", hidden: str, layers: range) -> "GraphProto":
        from onnx import TensorProto, helper

        mask = self._node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
        for layer in layers:
            hidden = self._layer(f"l{layer}", hidden, mask)
        self._node("Identity", [hidden], "last_hidden_state")
        found = self._value("last_hidden_state", TensorProto.FLOAT, self._config.hidden)
        name = "multilingual-e5-small"
        return helper.make_graph(self._nodes, name, given, [found], self._constants)

    def _value(self, name: str, kind: int, *width: int) -> "ValueInfoProto":
        from onnx import helper

        return helper.make_tensor_value_info(name, kind, ["batch", "tokens", *width])

    def _embeddings(self, table: Weights) -> str:
        """Word, position and token type (always 0), summed and normalised."""
        hidden = self._config.hidden
        packed, scales = self._word_table(table)
        words = self._node(
            "GatherBlockQuantized",
            [packed, "input_ids", scales],
            "emb.words",
            domain=MICROSOFT,
            block_size=32,
            gather_axis=0,
            quantize_axis=1,
        )
        places = self._weights.matrix("emb.pos", hidden) + self._weights["emb.type"][:hidden]
        length = self._node("Shape", ["input_ids"], "length", start=1, end=2)
        zero = self._constant("zero", np.array([0], np.int64))
        places_used = self._node(
            "Slice", [self._constant("emb.pos", places), zero, length], "emb.places"
        )
        total = self._node("Add", [words, places_used], "emb.sum")
        return self._normalise("emb.ln", total)

    def _word_table(self, table: Weights) -> tuple[str, str]:
        """Store the table as the file has it: 4 bits a weight, a scale for each 32 of a row."""
        from onnx import TensorProto, helper

        nibbles, scales = table.blocks("emb.word")
        rows, hidden = self._config.vocabulary, self._config.hidden
        signed = (nibbles.reshape(rows, hidden) - 8) & 0x0F  # two's complement in four bits
        packed = signed[:, 0::2] | signed[:, 1::2] << 4
        self._constants.append(
            helper.make_tensor(
                "emb.word", TensorProto.INT4, [rows, hidden], packed.tobytes(), raw=True
            )
        )
        return "emb.word", self._constant(
            "emb.word.scales", scales.reshape(rows, -1).astype(np.float32)
        )

    def _layer(self, name: str, hidden: str, mask: str) -> str:
        """One post-norm transformer layer, as in Devlin et al. 2019."""
        size, inner = self._config.hidden, self._config.feed_forward
        weights = [self._weights.matrix(f"{name}.{part}.w", size) for part in "qkv"]
        biases = [self._weights[f"{name}.{part}.b"] for part in "qkv"]
        joined = self._product(
            f"{name}.qkv", hidden, np.concatenate(weights), np.concatenate(biases)
        )
        parts = [f"{name}.{part}" for part in "qkv"]
        self._node("Split", [joined], *parts, axis=-1, num_outputs=3)
        attended = self._node(
            "MultiHeadAttention",
            [*parts, "", mask],
            f"{name}.attended",
            domain=MICROSOFT,
            num_heads=self._config.heads,
        )
        hidden = self._add_and_normalise(
            f"{name}.aln", hidden, self._linear(f"{name}.ao", attended, size)
        )
        wide = self._node(
            "Gelu", [self._linear(f"{name}.fi", hidden, size)], f"{name}.gelu", domain=MICROSOFT
        )
        return self._add_and_normalise(
            f"{name}.oln", hidden, self._linear(f"{name}.fo", wide, inner)
        )

    def _linear(self, name: str, value: str, columns: int) -> str:
        return self._product(
            name, value, self._weights.matrix(f"{name}.w", columns), self._weights[f"{name}.b"]
        )

    def _product(self, name: str, value: str, matrix: Array, bias: Array) -> str:
        """Return ``value @ matrix.T + bias``, in integers but for the matrices of `FLOAT`."""
        offset = self._constant(f"{name}.b", bias)
        if name in FLOAT:
            factor = self._constant(f"{name}.w", matrix.T)
            return self._node(
                "Add", [self._node("MatMul", [value, factor], f"{name}.product"), offset], name
            )
        integers, scales = quantise(matrix)
        operands = [
            self._constant(f"{name}.w", integers.T),
            self._constant(f"{name}.scales", scales),
            self._constant(f"{name}.zeros", np.zeros(len(scales), np.int8)),
        ]
        return self._node(
            "DynamicQuantizeMatMul", [value, *operands, offset], name, domain=MICROSOFT
        )

    def _add_and_normalise(self, name: str, value: str, change: str) -> str:
        total = self._node("Add", [value, change], f"{name}.sum")
        return self._normalise(name, total)

    def _normalise(self, name: str, value: str) -> str:
        return self._node(
            "LayerNormalization",
            [value, self._copy(f"{name}.w"), self._copy(f"{name}.b")],
            f"{name}.out",
            axis=-1,
            epsilon=self._config.epsilon,
        )

    def _copy(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _constant(self, name: str, values: npt.NDArray[np.generic]) -> str:
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(
        self, operator: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: float
    ) -> str:
        from onnx import helper

        self._nodes.append(
            helper.make_node(operator, inputs, list(outputs), domain=domain, **attributes)
        )
        return outputs[0]
