"""The command line of the benchmark."""

import os
import tempfile
from multiprocessing import cpu_count
from pathlib import Path

import click
import msgspec
from rich.console import Console

import qa
from eval.bench.corpus import QUESTIONS, SAMPLES, articles, passages
from eval.bench.embedding import latency, plain_model, throughput
from eval.bench.report import Report, rendered
from eval.bench.stages import stages
from qa.settings import Settings


@click.command()
@click.option("--samples", type=click.Path(path_type=Path, exists=True), default=SAMPLES)
@click.option("--passages", "limit", default=48, help="Passages to embed at most.")
@click.option("--rounds", default=4, help="How often everything is measured.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(samples: Path, limit: int, rounds: int, file: Path | None) -> None:
    """Measure speed as ratios, in one run: what is compared runs in turn, medians are shown."""
    console = Console()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, console.status("") as status:
        settings = Settings(data=Path(folder))
        with qa.open(settings) as engine:
            status.update("Indexing the samples …")
            found = articles(samples)
            for _ in engine.add(found):
                pass
            status.update("A question's time …")
            spent = stages(engine, QUESTIONS, rounds)
            reference = plain_model(settings.cache.expanduser())
            status.update("Passages …")
            texts = passages(found, engine.embedder, settings.passage_tokens, limit)
            bulk = throughput(engine.embedder, reference, texts, rounds)
            status.update("Single questions …")
            single = latency(engine.embedder, reference, QUESTIONS, rounds * 2)
    report = Report(
        processors=cpu_count(), load=load, throughput=bulk, latency=single, stages=spent
    )
    console.print(rendered(report))
    if file is not None:
        file.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")


if __name__ == "__main__":
    main()
