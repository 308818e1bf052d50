"""The parts of the reader that are spelt out because PyTorch's own are slow on a CPU."""

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from eval.training.network import Dropout, Layer, barring
from index.e5 import Checkpoint, wheel_file

PAIRS, TOKENS, THERE = 3, 20, 13


@pytest.fixture(scope="module")
def layer() -> Layer:
    checkpoint = Checkpoint.read(wheel_file())
    return Layer(checkpoint.config, checkpoint.weights, checkpoint.config.layers - 1).eval()


@pytest.fixture
def hidden() -> Tensor:
    torch.manual_seed(1)
    return torch.randn(PAIRS, TOKENS, 384)


def test_a_layer_does_what_it_does_with_the_attention_of_pytorch(
    layer: Layer, hidden: Tensor
) -> None:
    there = (torch.arange(TOKENS) < THERE).expand(PAIRS, TOKENS)
    with torch.no_grad():
        found = layer(hidden, barring(there))
        heads = (PAIRS, TOKENS, 12, 32)
        q, k, v = (part(hidden).view(heads).transpose(1, 2) for part in (layer.q, layer.k, layer.v))
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=there[:, None, None, :])
        between = layer.aln(hidden + layer.ao(seen.transpose(1, 2).reshape(hidden.shape)))
        expected = layer.oln(between + layer.fo(functional.gelu(layer.fi(between))))
    torch.testing.assert_close(found, expected, atol=1e-4, rtol=1e-4)


def test_what_is_no_token_changes_nothing(layer: Layer, hidden: Tensor) -> None:
    there = (torch.arange(TOKENS) < THERE).expand(PAIRS, TOKENS)
    other = torch.where(there[..., None], hidden, 5.0)
    with torch.no_grad():
        one, two = (layer(each, barring(there))[:, :THERE] for each in (hidden, other))
    torch.testing.assert_close(one, two)


def test_dropout_leaves_out_its_share_and_keeps_the_mean() -> None:
    drop, values = Dropout(0.25), torch.ones(200, 500)
    dropped = drop(values)
    assert dropped.eq(0).float().mean().item() == pytest.approx(0.25, abs=0.01)
    assert dropped.mean().item() == pytest.approx(1, abs=0.02)
    assert not torch.equal(dropped, drop(values))


def test_nothing_is_left_out_where_nothing_is_learnt() -> None:
    values = torch.ones(4, 5)
    assert torch.equal(Dropout(0.25).eval()(values), values)
