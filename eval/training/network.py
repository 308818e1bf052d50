"""The reader in PyTorch, as ``qa/joint.py`` runs it without."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from eval.training.losses import NEVER
from eval.training.recipe import DROPOUT
from index.e5 import Checkpoint, Config, Tensors
from index.e5_halves import LOWER

INNER = 128  # units of the two heads that have a hidden layer


class Layer(nn.Module):
    """One post-norm transformer layer, begun with the embedder's weights."""

    def __init__(self, config: Config, weights: Tensors, number: int) -> None:
        super().__init__()
        self._heads = config.heads
        size = config.hidden

        def linear(part: str, columns: int) -> nn.Linear:
            matrix = torch.from_numpy(weights.matrix(f"l{number}.{part}.w", columns).copy())
            layer = nn.Linear(matrix.shape[1], matrix.shape[0])
            layer.weight.data = matrix
            layer.bias.data = torch.from_numpy(weights[f"l{number}.{part}.b"].copy())
            return layer

        def norm(part: str) -> nn.LayerNorm:
            layer = nn.LayerNorm(size, eps=config.epsilon)
            layer.weight.data = torch.from_numpy(weights[f"l{number}.{part}.w"].copy())
            layer.bias.data = torch.from_numpy(weights[f"l{number}.{part}.b"].copy())
            return layer

        self.q, self.k, self.v = (linear(part, size) for part in "qkv")
        self.ao, self.fi = linear("ao", size), linear("fi", size)
        self.fo = linear("fo", config.feed_forward)
        self.aln, self.oln = norm("aln"), norm("oln")
        self.drop = Dropout()

    def forward(self, hidden: Tensor, barred: Tensor) -> Tensor:
        """Return the new states, shape ``(batch, tokens, hidden)``; ``barred``: see ``barring``."""
        hidden = self.aln(hidden + self.drop(self.ao(self._seen(hidden, barred))))
        wide = functional.gelu(self.fi(hidden))
        found: Tensor = self.oln(hidden + self.drop(self.fo(wide)))
        return found

    def _seen(self, hidden: Tensor, barred: Tensor) -> Tensor:
        """Return what each token takes from the others (Vaswani et al. 2017, arXiv 1706.03762).

        Spelt out, since PyTorch's own attention takes twice as long on a CPU to go back through.
        """
        batch, tokens, size = hidden.shape
        of_head = size // self._heads

        def each_head(values: Tensor) -> Tensor:
            apart = values.view(batch, tokens, self._heads, of_head).transpose(1, 2)
            return apart.reshape(batch * self._heads, tokens, of_head)

        q, k, v = (each_head(part(hidden)) for part in (self.q, self.k, self.v))
        nowhere = barred.repeat_interleave(self._heads, 0).to(q.dtype)
        scores = torch.baddbmm(nowhere, q, k.transpose(1, 2), alpha=of_head**-0.5)
        seen = torch.bmm(torch.softmax(scores, -1), v).view(batch, self._heads, tokens, of_head)
        return seen.transpose(1, 2).reshape(batch, tokens, size)


class Dropout(nn.Module):
    """Leaves out a share of the values in training (Srivastava et al. 2014).

    Which ones, NumPy draws, a byte each: PyTorch's own draw took a seventh of a step on a CPU.
    """

    LEVELS = 256

    def __init__(self, share: float = DROPOUT) -> None:
        super().__init__()
        self._out = round(share * self.LEVELS)
        seed = int(torch.randint(2**31, ()))
        self._chance = np.random.Generator(np.random.SFC64(seed))

    def forward(self, values: Tensor) -> Tensor:
        """Return the values, the ones that are left scaled to keep their mean."""
        if not self.training:
            return values
        drawn = self._chance.integers(0, self.LEVELS, values.numel(), np.uint8)
        out = torch.from_numpy(drawn < self._out).view(values.shape)
        return values.masked_fill(out, 0.0) * (self.LEVELS / (self.LEVELS - self._out))


def barring(there: Tensor) -> Tensor:
    """Return what to add to attention scores to see only tokens, shape ``(batch, 1, tokens)``."""
    return torch.zeros(there.shape).masked_fill(~there, NEVER)[:, None]


class Network(nn.Module):
    """The upper half of the model and the heads on it."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        super().__init__()
        config, weights = checkpoint.config, checkpoint.weights
        size = config.hidden
        self.layers = nn.ModuleList(
            Layer(config, weights, number) for number in range(LOWER, config.layers)
        )
        self.side = nn.Parameter(
            torch.randn(3, size) * 0.02
        )  # of the question, of the text, of its title
        self.match = small(nn.Linear(2, size), 0.05)
        self.span, self.null = small(nn.Linear(size, 2)), small(nn.Linear(size, 2))
        self.spanq = small(nn.Linear(size, 2 * size), 0.01)
        self.sent1, self.sent2 = nn.Linear(3 * size, INNER), small(nn.Linear(INNER, 1))
        self.rel1, self.rel2 = nn.Linear(2 * size, INNER), small(nn.Linear(INNER, 1))

    def forward(
        self,
        question: Tensor,  # (pairs, asked, hidden); the first is the opening token
        asked: Tensor,  # (pairs, asked), true for tokens
        title: Tensor,  # (pairs, titled, hidden), of no tokens where there is none
        titled: Tensor,  # (pairs, titled), true for tokens
        title_match: Tensor,  # (pairs, titled, 2): see qa.joint.matches
        text: Tensor,  # (pairs, tokens, hidden)
        there: Tensor,  # (pairs, tokens), true for tokens
        match: Tensor,  # (pairs, tokens, 2)
        pooling: Tensor,  # (pairs, sentences, tokens): each row a mean
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return logits: starts and ends, (pairs, 1 + tokens), null first; sentences; texts."""
        text = text + self.side[1] + self.match(match)
        title = title + self.side[2] + self.match(title_match)
        hidden = torch.cat([question + self.side[0], title, text], 1)
        barred = barring(torch.cat([asked, titled, there], 1))
        for layer in self.layers:
            hidden = layer(hidden, barred)
        of_question, of_text = hidden[:, : asked.shape[1]], hidden[:, -there.shape[1] :]
        mean = average(of_question, asked)
        spans = self._spans(of_question[:, 0], mean, of_text, there)
        pooled = torch.bmm(pooling.to(of_text.dtype), of_text)
        around = mean[:, None].expand_as(pooled)
        sentences = torch.cat([pooled, pooled * around, around], -1)
        whole = torch.cat([of_question[:, 0], average(of_text, there)], -1)
        return (
            spans[..., 0],
            spans[..., 1],
            self.sent2(functional.relu(self.sent1(sentences))).squeeze(-1).float(),
            self.rel2(functional.relu(self.rel1(whole))).squeeze(-1).float(),
        )

    def _spans(self, opening: Tensor, mean: Tensor, text: Tensor, there: Tensor) -> Tensor:
        size = text.shape[2]
        asked = self.spanq(mean).view(-1, 2, size) / size**0.5
        logits = self.span(text) + torch.einsum("nth,nkh->ntk", text, asked)
        logits = logits.float().masked_fill(~there[..., None], NEVER)
        return torch.cat([self.null(opening).float()[:, None, :], logits], 1)


def small(layer: nn.Linear, deviation: float = 0.02) -> nn.Linear:
    """Begin with small weights and no bias."""
    nn.init.normal_(layer.weight, std=deviation)
    nn.init.zeros_(layer.bias)
    return layer


def average(states: Tensor, there: Tensor) -> Tensor:
    """Return the mean of the tokens that are there, shape ``(pairs, hidden)``."""
    return (states * there[..., None]).sum(1) / there.sum(1, keepdim=True)
