"""The loop: steps until the time is over, with a checkpoint every few minutes to go on from."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import click
import torch

from eval.training.batch import batch
from eval.training.corpus import Corpus
from eval.training.curves import LOG
from eval.training.export import CHECKPOINT, shipped_state
from eval.training.groups import Groups
from eval.training.losses import losses
from eval.training.network import Network
from eval.training.recipe import CLIP, DECAY, GROUPS, RATE, WARM_UP, WEIGHTS, WRONG
from eval.training.states import States
from index.e5 import Checkpoint, wheel_file

SAVE_EVERY_S = 300
SMOOTH = 0.02  # weight of the newest step in the losses that are shown
LOWEST = 0.02  # share of the rate that is left at the end


@dataclass(slots=True)
class Course:
    """How far the training is."""

    steps: int = 0
    seconds: float = 0.0

    def share_of_rate(self, minutes: float) -> float:
        """Return what is left of the learning rate: a short rise, then a straight fall."""
        left = 1 - self.seconds / (60 * minutes)
        return min(1, (self.steps + 1) / WARM_UP) * max(LOWEST, left)


def learn(
    corpus: Corpus,
    states: States,
    folder: Path,
    *,
    minutes: float,
    seed: int,
    rate: float = RATE,
    begin_with: Path | None = None,
) -> Network:
    """Train until ``minutes`` have been spent, those of earlier calls counted in.

    ``begin_with`` are shipped weights to begin with, in place of the embedder's. The log goes to
    ``log.jsonl``, a line every 50 steps; ``eval.training.curves`` draws it.
    """
    torch.manual_seed(seed)
    network = Network(Checkpoint.read(wheel_file()))
    if begin_with is not None:
        network.load_state_dict(shipped_state(begin_with))
    optimizer = torch.optim.AdamW(parameters(network), lr=rate, betas=(0.9, 0.98))
    course = resume(folder, network, optimizer)
    steps = Groups(corpus, states, seed + course.steps).steps(GROUPS)
    shown: dict[str, float] = {}
    saved = began = time.monotonic()
    network.train()
    while course.seconds < 60 * minutes:
        pairs = batch(next(steps), corpus, states)
        with torch.autocast("cpu", torch.bfloat16):
            said = network(**pairs.given)
        each = losses(said, pairs, 1 + WRONG)
        step(network, optimizer, each, rate * course.share_of_rate(minutes))
        course.steps += 1
        now = time.monotonic()
        course.seconds, began = course.seconds + now - began, now
        for name, value in each.items():
            shown[name] = shown.get(name, value.item()) * (1 - SMOOTH) + value.item() * SMOOTH
        if course.steps % 50 == 0:
            log(folder, course, shown)
        if now - saved > SAVE_EVERY_S:
            save(folder, network, optimizer, course)
            saved = now
    save(folder, network, optimizer, course)
    return network


def parameters(network: Network) -> list[dict[str, object]]:
    """Return the matrices, whose weights decay, and the rest, whose do not."""
    weights = list(network.parameters())
    return [
        {"params": [w for w in weights if w.ndim > 1], "weight_decay": DECAY},
        {"params": [w for w in weights if w.ndim <= 1], "weight_decay": 0.0},
    ]


def step(
    network: Network,
    optimizer: torch.optim.Optimizer,
    each: dict[str, torch.Tensor],
    rate: float = RATE,
) -> None:
    """Take one step down the weighted sum of the losses."""
    for group in optimizer.param_groups:
        group["lr"] = rate
    total = sum((WEIGHTS[name] * value for name, value in each.items()), torch.zeros(()))
    optimizer.zero_grad()
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
    optimizer.step()


def log(folder: Path, course: Course, shown: dict[str, float]) -> None:
    """Write a line for programs and show one to people."""
    line: dict[str, float] = {"step": course.steps, "seconds": round(course.seconds)}
    line |= {name: round(value, 4) for name, value in shown.items()}
    with (folder / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    click.echo("  ".join(f"{name} {value}" for name, value in line.items()))


def save(folder: Path, network: Network, optimizer: torch.optim.Optimizer, course: Course) -> None:
    """Write a checkpoint, whole or not at all."""
    part = folder / "checkpoint.part"
    torch.save(
        {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "steps": course.steps,
            "seconds": course.seconds,
        },
        part,
    )
    part.replace(folder / CHECKPOINT)


def resume(folder: Path, network: Network, optimizer: torch.optim.Optimizer) -> Course:
    """Go on from the checkpoint, if there is one."""
    path = folder / CHECKPOINT
    if not path.exists():
        return Course()
    found = torch.load(path, weights_only=True)
    network.load_state_dict(found["network"])
    optimizer.load_state_dict(found["optimizer"])
    return Course(found["steps"], found["seconds"])
