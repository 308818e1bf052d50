"""The command line of the training."""

from pathlib import Path

import click

import qa
from eval.datasets.named import open_collection
from eval.datasets.parts import refuse_test
from eval.datasets.squad import read_squad
from eval.datasets.translated import in_other_languages
from eval.training.corpus import Corpus, build
from eval.training.curves import curves
from eval.training.export import export, mean, shipped_state, trained_state
from eval.training.own_texts import own_texts
from eval.training.recipe import OWN, OWN_TEXTS, RATE, SETS, SWAPPED, SWAPPED_SEED
from eval.training.spans import MEASURED, span_f1
from eval.training.states import States, read_all
from eval.training.swapped import with_swapped
from index.e5 import Checkpoint, wheel_file
from index.e5_folder import NAME
from index.e5_halves import Halves
from index.embed import open_embedder
from index.errors import PullquoteError
from qa.joint import JointReader

FOLDER = click.Path(path_type=Path)
CACHE = click.option("--cache", type=FOLDER, default=Path("~/.cache/pullquote"), show_default=True)


@click.group()
def main() -> None:
    """Train the reader of questions and texts."""


@main.command("prepare")
@click.option("--data-dir", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--work-dir", type=FOLDER, required=True)
@CACHE
def prepare_command(data_dir: Path, work_dir: Path, cache: Path) -> None:
    """Cut the sets into texts and read each once; stopped, it goes on where it was."""
    embedder = open_embedder(NAME, cache=cache)
    path = work_dir / "corpus.pickle"
    if not path.exists():
        work_dir.mkdir(parents=True, exist_ok=True)
        collections = []
        for name, (_, language) in SETS.items():
            refuse_test(f"{name}.train")
            file = data_dir / f"{name}.train.json.gz"
            collection = read_squad(file, language=language)
            collections.append(with_swapped(collection, share=SWAPPED, seed=SWAPPED_SEED))
        own = open_collection(OWN)
        collections += [own, *in_other_languages(own)]
        collections += [each for name in OWN_TEXTS for each in own_texts(name)]
        build(collections, embedder).save(path)
    corpus = Corpus.load(path)
    click.echo(f"{len(corpus.texts):,} texts, {len(corpus.asked):,} questions")
    checkpoint = Checkpoint.read(wheel_file())
    halves = Halves.open(checkpoint.weights, "untrained", cache=cache)
    read_all(corpus, halves, checkpoint.config.hidden, work_dir)


@main.command("learn")
@click.option("--work-dir", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--minutes", default=90.0, show_default=True, help="In all, over several calls.")
@click.option("--seed", default=1, show_default=True)
@click.option("--rate", default=RATE, show_default=True, help="Of learning, at its highest.")
@click.option("--begin-with", type=FOLDER, help="Weights to train on, such as qa/joint.npz.")
@click.option("--threads", default=1, show_default=True, help="More only on idle cores.")
def learn_command(
    work_dir: Path, minutes: float, seed: int, rate: float, begin_with: Path | None, threads: int
) -> None:
    """Train; stopped, it goes on from the last checkpoint."""
    import torch

    from eval.training.learn import learn

    torch.set_num_threads(threads)
    corpus, states = Corpus.load(work_dir / "corpus.pickle"), States(work_dir)
    learn(corpus, states, work_dir, minutes=minutes, seed=seed, rate=rate, begin_with=begin_with)


@main.command("curves")
@click.option("--work-dir", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--to", type=FOLDER, default=Path("curves.png"), show_default=True)
def curves_command(work_dir: Path, to: Path) -> None:
    """Draw the losses of the log, finished or not."""
    try:
        curves(work_dir, to)
    except PullquoteError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{to}: drawn")


@main.command("held-out")
@click.option("--work-dir", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--weights", type=FOLDER, help="Shipped ones, in place of the last checkpoint's.")
@click.option("--threads", default=1, show_default=True, help="More only on idle cores.")
def held_out_command(work_dir: Path, weights: Path | None, threads: int) -> None:
    """Report the losses on questions that were kept, and how well spans are found."""
    import torch

    from eval.training.held_out import held_out
    from eval.training.network import Network

    torch.set_num_threads(threads)
    network = Network(Checkpoint.read(wheel_file()))
    state = trained_state(work_dir) if weights is None else shipped_state(weights)
    network.load_state_dict(state)
    corpus, states = Corpus.load(work_dir / "corpus.pickle"), States(work_dir)
    for name, value in held_out(network, corpus, states).items():
        click.echo(f"{name}: {value:.3f}")


@main.command("export")
@click.option("--work-dir", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--average-with", type=FOLDER, help="Shipped weights to take the mean with.")
@click.option("--to", type=FOLDER, default=Path(qa.__file__).parent, help="Default: the package.")
def export_command(work_dir: Path, to: Path, average_with: Path | None = None) -> None:
    """Write the weights of the last checkpoint as the reader loads them."""
    state = trained_state(work_dir)
    if average_with is not None:
        state = mean(state, shipped_state(average_with))
    path = export(state, to)
    click.echo(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


@main.command("train")
@click.option("--data-dir", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--work-dir", type=FOLDER, required=True)
@click.option("--minutes", default=240.0, show_default=True, help="Of learning.")
@click.option("--threads", default=1, show_default=True, help="More only on idle cores.")
@click.option("--to", type=FOLDER, default=Path(qa.__file__).parent, help="Default: the package.")
@CACHE
@click.pass_context
def train_command(
    context: click.Context,
    data_dir: Path,
    work_dir: Path,
    minutes: float,
    threads: int,
    to: Path,
    cache: Path,
) -> None:
    """From the data folder to weights: prepare, learn, export. It can be stopped and goes on."""
    context.invoke(prepare_command, data_dir=data_dir, work_dir=work_dir, cache=cache)
    context.invoke(learn_command, work_dir=work_dir, minutes=minutes, threads=threads)
    context.invoke(export_command, work_dir=work_dir, to=to)


@main.command("spans")
@click.option("--data-dir", type=click.Path(path_type=Path, exists=True), required=True)
@CACHE
def spans_command(data_dir: Path, cache: Path) -> None:
    """Report how well the shipped reader finds the answering words, on dev sets."""
    reader = JointReader.shipped(cache=cache)
    for name in MEASURED:
        found = span_f1(reader, name, data_dir)
        click.echo(
            f"{name}: token F1 {found.value:.3f} ({found.low:.3f}–{found.high:.3f}), "
            f"{found.count} questions"
        )


if __name__ == "__main__":
    main()
