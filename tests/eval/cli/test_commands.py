"""``pullquote eval`` as a person uses it: from a folder of questions to a gate."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from api.cli.failures import BAD_INPUT, UNUSABLE
from eval.run.file import read_run
from qa.engine import Engine
from qa.settings import Settings

ROOT = Path(__file__).parents[3]
HEAVY = {"torch", "onnxruntime", "scipy", "sklearn", "matplotlib", "jinja2", "ir_measures"}
HEAVY |= {"litestar", "httpx"}

Pullquote = Callable[..., Result]


def test_the_harness_is_listed_with_the_other_commands(pullquote: Pullquote) -> None:
    listed = pullquote("--help")
    assert "Measure the answers: run questions, report, compare, gate." in listed.stdout
    asked = pullquote("eval", "--help")
    for command in ("run", "report", "compare", "gate"):
        assert f"\n  {command}" in asked.stdout
        assert pullquote("eval", command, "--help").exit_code == 0


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from api.cli import main as pullquote\n"
        "from eval.cli import main\n"
        "pullquote.add_command(main)\n"
        "pullquote(sys.argv[1:], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    for arguments in (["--help"], ["eval", "--help"], ["eval", "run", "--help"]):
        ran = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        assert not HEAVY & {name.split(".")[0] for name in ran.stderr.split()}


def test_the_module_is_the_command_too() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "eval.cli", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("Usage: pullquote eval")


@pytest.mark.parametrize("package", ["jinja2", "matplotlib", "ir_measures"])
def test_a_package_that_is_not_installed_is_named_with_what_installs_it(
    package: str, pullquote: Pullquote, own_set: Path, tmp_path: Path
) -> None:
    assert pullquote("eval", "run", own_set, "--out", "run.jsonl").exit_code == 0
    # A finder that stands before the others and knows nothing of one package: as if not installed.
    script = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] == {package!r}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
        "from api.cli import main as pullquote\n"
        "from eval.cli import main\n"
        "pullquote.add_command(main)\n"
        "pullquote(sys.argv[1:])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, "eval", "report", str(tmp_path / "run.jsonl")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == UNUSABLE
    assert f"needs the package {package}" in ran.stderr
    assert 'pip install "pullquote[eval]"' in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_set_of_ones_own_is_run_and_summed_up(pullquote: Pullquote, own_set: Path) -> None:
    ran = pullquote("eval", "run", own_set)
    assert ran.exit_code == 0, ran.output
    (written,) = Path("runs").glob("archive-*.jsonl")
    run = read_run(written)
    assert run.whole
    assert run.header.collection == str(own_set)
    assert [r.question.id for r in run.records] == ["sends", "refuses", "phare", "bread", "japan"]
    assert run.records[1].languages == ("en", "fr")
    assert "recall@5" in ran.stdout
    assert f"pullquote eval report {written}" in " ".join(ran.stdout.split())
    assert ran.stderr == ""


def test_a_second_run_asks_nothing_and_other_settings_go_to_a_file_of_their_own(
    pullquote: Pullquote, own_set: Path
) -> None:
    pullquote("eval", "run", own_set)
    (first,) = Path("runs").iterdir()
    before = first.read_bytes()
    assert pullquote("eval", "run", own_set).exit_code == 0
    assert first.read_bytes() == before
    other = pullquote("eval", "run", own_set, "--passages", "3", "--points", "2")
    assert other.exit_code == 0, other.output
    (second,) = [path for path in Path("runs").iterdir() if path != first]
    settings = read_run(second).header.settings
    assert (settings["passages"], settings["limit"]) == (3, 2)
    assert all(len(record.answer.points) <= 2 for record in read_run(second).records)


def test_a_file_of_another_run_is_refused(pullquote: Pullquote, own_set: Path) -> None:
    pullquote("eval", "run", own_set, "--out", "run.jsonl")
    refused = pullquote("eval", "run", own_set, "--out", "run.jsonl", "--passages", "3")
    assert refused.exit_code == BAD_INPUT
    assert "passages was 20, is 3" in refused.stderr
    assert "--out" in refused.stderr


def test_a_few_questions_are_spread_over_the_set(pullquote: Pullquote, own_set: Path) -> None:
    ran = pullquote("eval", "run", own_set, "--limit", "2", "--json")
    told = json.loads(ran.stdout)
    run = read_run(Path(told["file"]))
    assert [record.question.id for record in run.records] == ["sends", "phare"]
    assert told["header"]["questions"] == 2
    assert {"measure", "slice", "measured"} == set(told["figures"][0])


def test_a_run_over_http_gives_the_same_figures(
    pullquote: Pullquote, own_set: Path, engine: Engine, serve: Callable[[Engine], str]
) -> None:
    engine.remove([summary.id for summary in engine.store.snapshot().summaries(10)])
    address = serve(engine)
    refused = pullquote("eval", "run", own_set, "--engine", address)
    assert refused.exit_code == BAD_INPUT
    assert "3 of 3 articles are missing" in refused.stderr
    over_http = pullquote("eval", "run", own_set, "--engine", address, "--add", "--json")
    assert over_http.exit_code == 0, over_http.output
    here = pullquote("eval", "run", own_set, "--json", "--reader", "off")  # as it serves
    assert figures(over_http) == figures(here)


def figures(ran: Result) -> dict[tuple[str, str], object]:
    """Return what was measured, without times."""
    return {
        (each["measure"], each["slice"]): each["measured"]
        for each in json.loads(ran.stdout)["figures"]
        if "_ms" not in each["measure"] and each["measure"] != "questions_per_second"
    }


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("nowhere",), "There is no question set 'nowhere'"),
        (("samples.dev", "--add"), "--add is for a service"),
        (("samples.dev", "--engine", "remote"), "not 'remote'"),
        (("samples.dev", "--data", "archive"), "does not use --data"),
        (
            ("samples.dev", "--engine", "http://127.0.0.1:9", "--passages", "3"),
            "settings of its own",
        ),
        (("samples.dev", "--passages", "many"), "--passages cannot be 'many'"),
        (("samples.dev", "--answered-at", "0.1"), "weak_at must not be above answered_at"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(
    pullquote: Pullquote, arguments: tuple[str, ...], complaint: str
) -> None:
    refused = pullquote("eval", "run", *arguments)
    assert refused.exit_code == BAD_INPUT, refused.output
    assert complaint in refused.stderr
    assert "Traceback" not in refused.output
    assert not Path("runs").exists()


def test_a_report_is_written_beside_the_run(pullquote: Pullquote, own_set: Path) -> None:
    pullquote("eval", "run", own_set, "--out", "first.jsonl")
    made = pullquote("eval", "report", "first.jsonl", "--markdown", "first.md")
    assert made.exit_code == 0, made.output
    assert made.stdout == "Written to first.html.\nWritten to first.md.\n"
    assert "<!doctype html>" in Path("first.html").read_text("utf-8")
    assert Path("first.md").read_text("utf-8").startswith("# ")


def test_two_runs_are_compared(pullquote: Pullquote, own_set: Path) -> None:
    pullquote("eval", "run", own_set, "--out", "a.jsonl")
    pullquote("eval", "run", own_set, "--out", "b.jsonl", "--answered-at", "1", "--weak-at", "1")
    shown = pullquote("eval", "compare", "a.jsonl", "b.jsonl", "--html", "changes.html")
    assert shown.exit_code == 0, shown.output
    assert f"answered_at was {Settings().answered_at}, is 1" in " ".join(shown.stdout.split())
    assert "Turned wrong" in shown.stdout
    assert "<!doctype html>" in Path("changes.html").read_text("utf-8")
    told = json.loads(pullquote("eval", "compare", "a.jsonl", "b.jsonl", "--json").stdout)
    assert told["questions"] == 5


def test_runs_of_different_questions_are_compared_when_told(
    pullquote: Pullquote, own_set: Path
) -> None:
    pullquote("eval", "run", own_set, "--out", "a.jsonl")
    pullquote("eval", "run", own_set, "--out", "b.jsonl", "--limit", "2")
    refused = pullquote("eval", "compare", "a.jsonl", "b.jsonl")
    assert refused.exit_code == BAD_INPUT
    assert "--common" in refused.stderr
    assert pullquote("eval", "compare", "a.jsonl", "b.jsonl", "--common").exit_code == 0


@pytest.mark.parametrize("command", ["report", "compare"])
@pytest.mark.parametrize("content", [None, b"", b"a letter\n"])
def test_what_is_no_run_is_refused_in_words(
    pullquote: Pullquote, command: str, content: bytes | None
) -> None:
    if content is not None:
        Path("x.jsonl").write_bytes(content)
    refused = pullquote("eval", command, "x.jsonl", *(["x.jsonl"] if command == "compare" else []))
    assert refused.exit_code == BAD_INPUT
    assert "x.jsonl" in refused.stderr
    assert "Traceback" not in refused.output


def test_a_run_without_answers_is_told(pullquote: Pullquote, own_set: Path) -> None:
    pullquote("eval", "run", own_set, "--out", "a.jsonl")
    header = Path("a.jsonl").read_bytes().splitlines(keepends=True)[0]
    Path("a.jsonl").write_bytes(header)
    refused = pullquote("eval", "report", "a.jsonl")
    assert refused.exit_code == BAD_INPUT
    assert "has no answers yet" in refused.stderr


def test_ctrl_c_keeps_what_was_asked_and_says_how_it_goes_on(
    pullquote: Pullquote, own_set: Path, opener: Callable[..., Engine]
) -> None:
    class Stopped(Engine):
        asked = 0

        def ask(self, question: str, **more: object):
            Stopped.asked += 1
            if Stopped.asked == 4:  # the first is the warming up
                raise KeyboardInterrupt
            return super().ask(question, **more)

    def opens(settings, *, rebuilding: bool = False) -> Engine:
        engine = opener(settings)
        return Stopped(engine.settings, engine.store, engine.embedder)

    stopped = pullquote("eval", "run", own_set, "--out", "a.jsonl", opens=opens)
    assert stopped.exit_code == 130
    assert "the same command goes on" in stopped.stderr
    assert len(read_run(Path("a.jsonl")).records) == 2
    assert pullquote("eval", "run", own_set, "--out", "a.jsonl").exit_code == 0
    assert read_run(Path("a.jsonl")).whole


def test_the_environment_and_the_file_of_settings_count(
    pullquote: Pullquote, own_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_PASSAGES", "7")
    Path("pullquote.toml").write_text("candidates = 11\n")
    pullquote("eval", "run", own_set, "--out", "a.jsonl")
    settings = read_run(Path("a.jsonl")).header.settings
    assert (settings["passages"], settings["candidates"]) == (7, 11)
    assert not {"data", "cache", "host", "port"} & set(settings)
