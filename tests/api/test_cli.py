"""The command line as a person and a script use it, on a real index with a small embedder."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from api.cli.failures import BAD_INPUT, DEFECT, INTERRUPTED, NOT_FOUND, PARTIAL, UNUSABLE
from api.cli.session import Opener
from index.errors import DiskFullError
from index.protocols import Embedder
from index.store import LocalStore
from qa.engine import Engine
from qa.settings import Settings

Run = Callable[..., Result]

PHARE = """---
id: phare
title: Deux frégates pour la mission
source: Le Phare
published: 2026-01-07
url: https://phare.example/fregates
---

Le Danemark fournira deux frégates à la mission. La Suède a refusé d'envoyer des soldats.

« Nous n'irons pas », a déclaré sa ministre.
"""
HARBOUR = """---
id: harbour
title: The ferry stays in port
source: Harbour Post
published: 2025-11-02
---

The ferry to the island will not run on Sunday. The harbour master blames the wind.
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "phare.md").write_text(PHARE, encoding="utf-8")
    (folder / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, hashing_embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``pullquote`` in an empty folder, on an index that the small embedder builds."""
    monkeypatch.chdir(tmp_path)

    def opener(settings: Settings, *, rebuilding: bool = False) -> Engine:
        store = LocalStore.open(
            settings.data,
            fingerprint=hashing_embedder.fingerprint,
            dimension=hashing_embedder.dimension,
            model=settings.model,
        )
        return Engine(settings, store, hashing_embedder)

    def call(*arguments: str | Path, stdin: str | None = None, **variables: str) -> Result:
        words = [str(each) for each in arguments]
        runner = CliRunner()
        return runner.invoke(main, words, obj=opener, input=stdin, env=variables)

    return call


@pytest.fixture
def filled(run: Run, articles: Path) -> Run:
    assert run("add", articles).exit_code == 0
    return run


def test_adding_a_folder_says_what_became_of_it(run: Run, articles: Path) -> None:
    added = run("add", articles)

    assert added.exit_code == 0
    assert added.stdout.startswith("2 articles: 2 added · 2 new passages · ")
    assert added.stderr == ""


def test_adding_again_changes_nothing(filled: Run, articles: Path) -> None:
    assert "2 articles: 2 unchanged · " in filled("add", articles).stdout


def test_what_cannot_be_read_is_listed_and_the_rest_goes_in(run: Run, articles: Path) -> None:
    (articles / "empty.txt").write_text("")

    added = run("add", articles, "nowhere.txt", "--json")

    assert added.exit_code == PARTIAL
    result = json.loads(added.stdout)
    assert {each["id"]: each["status"] for each in result["articles"]} == {
        "phare": "added",
        "harbour": "added",
    }
    assert [Path(each["origin"]).name for each in result["unread"]] == ["empty.txt", "nowhere.txt"]
    assert all(each["reason"] for each in result["unread"])
    assert result["generation"] == 1
    assert "2 things could not be read:" in added.stderr


def test_of_very_many_reasons_the_first_are_listed_and_all_are_counted(
    run: Run, tmp_path: Path
) -> None:
    table = tmp_path / "table.jsonl"
    table.write_text('{"text": "One good line."}\n' + "a;b\n" * 1_234)
    told = run("add", str(table))
    assert told.exit_code == PARTIAL
    assert "1,234 things could not be read:" in told.stderr
    assert told.stderr.endswith("  … and 734 more.\n")
    result = json.loads(run("add", str(table), "--json").stdout)
    assert (len(result["unread"]), result["unread_count"]) == (500, 1_234)


def test_when_nothing_can_be_read_the_call_has_failed(run: Run) -> None:
    added = run("add", "nowhere")

    assert added.exit_code == BAD_INPUT
    assert "nowhere" in added.stderr


@pytest.fixture
def page(articles: Path) -> Iterator[str]:
    """Serve the folder of articles on this machine; the address of one of them."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            if self.path != "/elsewhere":
                return super().do_GET()
            self.send_response(302)
            self.send_header("Location", "http://localhost:9/inside")
            return self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=articles)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/harbour.txt"
        server.shutdown()


def test_an_address_that_is_typed_by_hand_may_be_private_but_no_redirect_to_it(
    run: Run, articles: Path, page: str
) -> None:
    (articles / "harbour.txt").write_text("The ferry stays in port on Sunday.")

    assert "1 article: 1 added" in run("add", page).stdout

    refused = run("add", page.replace("harbour.txt", "elsewhere"))
    assert refused.exit_code == BAD_INPUT
    assert "private network" in refused.stderr


def test_a_question_is_answered_with_quote_outlet_date_and_place(filled: Run) -> None:
    always = {"PULLQUOTE_ANSWERED_AT": "0", "PULLQUOTE_WEAK_AT": "0"}
    asked = filled("ask", "Suède refusé envoyer soldats", "--source", "Le Phare", **always)

    assert asked.exit_code == 0
    assert "Answered · confidence" in asked.stdout
    assert "│ La Suède a refusé d'envoyer des soldats.\xa0[1]" in asked.stdout
    assert "Le Phare · 7 January 2026 · Deux frégates pour la mission" in asked.stdout
    assert re.search(
        r"paragraph \d of \d, \d+\xa0% in · characters \d+–\d+ · phare\n", asked.stdout
    )
    assert "https://phare.example/fregates" in asked.stdout


def test_a_follow_up_is_completed_by_the_questions_it_comes_after(filled: Run) -> None:
    earlier = ["--after", "Will the tram run on Sunday?", "--after", "What about Monday?"]
    asked = filled("ask", "and when?", *earlier)
    assert asked.stdout.startswith("Understood as: When will the tram run on Monday?\n")
    assert "Understood as" not in filled("ask", "When will the ferry run?").stdout


def test_a_question_comes_from_standard_input_when_there_is_none(filled: Run) -> None:
    asked = filled("ask", "--json", stdin="Who blames the wind?\n")

    assert json.loads(asked.stdout)["question"] == "Who blames the wind?"


@pytest.mark.parametrize("arguments", [["ask"], ["ask", " "], ["search", ""]])
def test_no_question_is_a_usage_error(filled: Run, arguments: list[str]) -> None:
    asked = filled(*arguments)

    assert asked.exit_code == BAD_INPUT
    assert "question" in asked.stderr


def test_the_json_of_an_answer_is_the_contract(filled: Run) -> None:
    asked = filled("ask", "ferry", "on", "Sunday", "--limit", "1", "--json")
    answer = json.loads(asked.stdout)

    assert asked.stdout.count("\n") == 1
    assert list(answer) == [
        "question",
        "understood_as",
        "language",
        "status",
        "confidence",
        "answer",
        "points",
        "citations",
        "nearest",
        "coverage",
        "generation",
        "timing_ms",
    ]
    assert answer["question"] == "ferry on Sunday"


def test_filters_narrow_a_question(filled: Run) -> None:
    found = filled("search", "ferry mission", "--source", "Le Phare", "--json")
    assert {each["article_id"] for each in json.loads(found.stdout)["passages"]} == {"phare"}

    found = filled("search", "ferry mission", "--to", "2025-12-31", "--json")
    assert {each["article_id"] for each in json.loads(found.stdout)["passages"]} == {"harbour"}


def test_dates_that_exclude_each_other_are_refused(filled: Run) -> None:
    asked = filled("ask", "ferry?", "--from", "2026-02-01", "--to", "2026-01-01")

    assert asked.exit_code == BAD_INPUT
    assert "Exchange --from and --to." in asked.stderr


def test_a_search_shows_the_scores(filled: Run) -> None:
    found = filled("search", "ferry", "--limit", "1").stdout

    assert found.startswith("1. score ")
    assert "dense 0." in found
    assert "Harbour Post · 2 November 2025 · The ferry stays in port" in found


def test_articles_are_listed_by_id_one_a_line(filled: Run) -> None:
    listed = filled("list").stdout.splitlines()

    assert listed[0].split() == ["ID", "DATE", "OUTLET", "LANG", "PASSAGES", "TITLE"]
    assert listed[1].startswith("harbour  2025-11-02  Harbour Post")
    assert listed[2].startswith("phare    2026-01-07  Le Phare")
    assert listed[3] == "2 articles"


def test_a_list_says_when_there_are_more(filled: Run) -> None:
    assert "1 of 2 articles; --all lists the rest" in filled("list", "--limit", "1").stdout
    assert "--limit" in filled("list", "--limit", "1", "--all").stderr


def test_a_list_for_programs_is_one_article_a_line(filled: Run) -> None:
    lines = filled("list", "--json").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["harbour", "phare"]


def test_an_article_is_shown_with_what_is_known_of_it(filled: Run) -> None:
    shown = filled("show", "phare").stdout

    assert "Outlet:       Le Phare" in shown
    assert "Date:         7 January 2026" in shown
    assert "« Nous n'irons pas », a déclaré sa ministre." in shown


def test_an_article_is_shown_as_the_index_sees_it(filled: Run) -> None:
    shown = filled("show", "harbour", "--passages").stdout

    assert "Passage 1 of 1" in shown
    assert "│ The harbour master blames the wind." in shown


def test_the_text_of_an_article_comes_back_to_the_letter(filled: Run) -> None:
    shown = json.loads(filled("show", "phare", "--json").stdout)
    first = shown["passages"][0]

    assert "Le Danemark fournira" in shown["text"][first["start"] : first["end"]]


def test_an_unknown_article_has_an_exit_code_of_its_own(filled: Run) -> None:
    for command in ("show", "remove"):
        unknown = filled(command, "nobody")
        assert unknown.exit_code == NOT_FOUND
        assert "There is no article 'nobody'." in unknown.stderr


def test_an_id_that_is_no_text_is_one_that_there_is_not(filled: Run) -> None:
    for command in ("show", "remove"):  # as a terminal gives bytes that are no UTF-8
        assert filled(command, "\udcff").exit_code == NOT_FOUND
    assert filled("ask", "who?", "--id", "\udcff", "--json").exit_code == 0


def test_a_removed_article_is_gone(filled: Run) -> None:
    removed = filled("remove", "phare", "phare", "nobody", "--json")

    assert removed.exit_code == PARTIAL
    assert json.loads(removed.stdout)["removed"] == ["phare"]
    assert json.loads(removed.stdout)["unknown"] == ["nobody"]
    assert filled("show", "phare").exit_code == NOT_FOUND


def test_options_of_every_command_stand_on_either_side(run: Run, articles: Path) -> None:
    assert run("--data", "one", "add", articles).exit_code == 0
    assert run("add", articles, "--data", "two", "-q").stdout == ""
    for folder in ("one", "two"):
        assert len(run("list", "--json", "--data", folder).stdout.splitlines()) == 2
    assert run("--data", "one", "list", "--data", "three").exit_code == UNUSABLE


def test_settings_come_from_the_environment_and_from_a_file(run: Run, articles: Path) -> None:
    run("add", articles, "--data", "one")
    Path("pullquote.toml").write_text('data = "one"')

    assert "2 articles" in run("list").stdout
    assert run("list", PULLQUOTE_DATA="other").exit_code == UNUSABLE
    assert "2 articles" in run("list", "--data", "one", PULLQUOTE_DATA="other").stdout


def test_a_misspelt_setting_is_a_usage_error(run: Run) -> None:
    refused = run("list", PULLQUOTE_DATTA="x")

    assert refused.exit_code == BAD_INPUT
    assert "Did you mean PULLQUOTE_DATA?" in refused.stderr


def test_output_in_a_pipe_is_plain_text(filled: Run) -> None:
    for arguments in (["ask", "ferry?"], ["list"], ["status"], ["show", "phare"], ["--help"]):
        assert "\x1b" not in filled(*arguments).output


def test_only_adding_makes_an_index(run: Run) -> None:
    for arguments in (["list"], ["ask", "who?"], ["status"], ["remove", "x"], ["rebuild"]):
        refused = run(*arguments)
        assert refused.exit_code == UNUSABLE
        assert "There is no index in .pullquote." in refused.stderr
    assert not Path(".pullquote").exists()


def test_doctor_mends_a_damaged_segment(filled: Run) -> None:
    damaged = min(Path(".pullquote/vectors").iterdir())
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged.write_bytes(content)
    assert filled("doctor").exit_code == PARTIAL

    assert filled("doctor", "--repair").exit_code == 0

    assert filled("doctor").exit_code == 0
    assert "ferry" in filled("ask", "When does the ferry run?").stdout


def failing(error: BaseException) -> Opener:
    def opener(settings: Settings, *, rebuilding: bool = False) -> Engine:
        raise error

    return opener


def test_a_folder_that_cannot_be_used_has_an_exit_code_and_a_remedy(articles: Path) -> None:
    error = DiskFullError("The disk is full.", remedy="Make room.")
    result = CliRunner().invoke(main, ["add", str(articles)], obj=failing(error))

    assert result.exit_code == UNUSABLE
    assert result.stderr == "Error: The disk is full.\nMake room.\n"


def test_a_defect_is_short_unless_debug_asks_for_more() -> None:
    opener = failing(KeyError("x"))
    short = CliRunner().invoke(main, ["add", "x"], obj=opener)
    long = CliRunner().invoke(main, ["--debug", "add", "x"], obj=opener)

    assert (short.exit_code, long.exit_code) == (DEFECT, DEFECT)
    assert "Traceback" not in short.stderr
    assert "--debug" in short.stderr
    assert "Traceback" in long.stderr


def test_control_c_is_silent_and_has_its_exit_code() -> None:
    stopped = CliRunner().invoke(main, ["add", "x"], obj=failing(KeyboardInterrupt()))
    assert (stopped.exit_code, stopped.output) == (INTERRUPTED, "")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_explains_itself_with_its_options_and_examples(name: str) -> None:
    explained = CliRunner().invoke(main, [name, "--help"])

    assert explained.exit_code == 0
    assert "Options of every command:" in explained.stdout
    assert f"  pullquote {name}" in explained.stdout.split("Examples:")[1]


def test_help_lists_every_command_and_the_exit_codes() -> None:
    explained = CliRunner().invoke(main, ["--help"]).stdout

    assert all(f"\n  {name} " in explained for name in main.commands)
    assert "Exit codes:" in explained
    assert "..." not in explained.split("Articles:")[1]  # no description is cut short
