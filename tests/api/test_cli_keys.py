"""``pullquote keys``: what is printed, where, and the exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from api.configuration import settings_table
from api.keyring import Keyring


@pytest.fixture(autouse=True)
def nobody_elses_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def keys(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["keys", *arguments, "--data", "index"])


def test_the_folder_is_named_wherever_one_likes() -> None:
    for arguments in (["--data", "a", "keys", "add"], ["keys", "--data", "a", "add"]):
        assert CliRunner().invoke(main, [*arguments, str(len(arguments[0]))]).exit_code == 0
    assert len(Keyring(Path("a")).keys()) == 2


def test_a_new_key_alone_is_on_standard_output() -> None:
    made = keys("add", "newsroom")

    assert made.exit_code == 0
    found = Keyring(Path("index")).find(made.stdout.strip().encode())
    assert found is not None and (found.name, found.role) == ("newsroom", "read")
    assert "cannot be shown again" in made.stderr
    assert keys("add", "desk", "-q").stderr == ""


def test_keys_are_listed_without_what_would_open_anything() -> None:
    assert "0 keys" in keys("list").stdout
    secret = keys("add", "newsroom").stdout.strip()
    made = json.loads(keys("add", "desk", "--role", "write", "--json").stdout)
    assert (made["name"], made["role"]) == ("desk", "write")

    listed = keys("list").stdout
    rows = json.loads(keys("list", "--json").stdout)

    assert "newsroom" in listed and "write" in listed and "2 keys" in listed
    assert [(row["name"], row["role"]) for row in rows] == [("newsroom", "read"), ("desk", "write")]
    everything = listed + json.dumps(rows)
    assert not any(each in everything for each in (secret, made["key"], "sha256"))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add", ""], 2, "cannot be named"),
        (["add", "newsroom"], 2, "There is a key 'newsroom' already"),
        (["add", "x", "--role", "admin"], 2, "'admin'"),
        (["add"], 2, "NAME"),
        (["remove", "desk"], 4, "There is no key 'desk'"),
        (["remove", ""], 4, "There is no key ''"),
        (["change", "x"], 2, "No such command"),
    ],
)
def test_what_cannot_be_done_is_told(arguments: list[str], code: int, said: str) -> None:
    keys("add", "newsroom")
    done = CliRunner().invoke(main, ["--data", "index", "keys", *arguments])
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr


def test_the_last_key_is_not_removed_without_saying_what_follows() -> None:
    keys("add", "newsroom")
    keys("add", "desk")
    assert keys("remove", "desk").stderr == ""
    assert "answers without a key" in keys("remove", "newsroom").stderr


def test_a_damaged_file_is_told_by_every_command_and_by_the_doctor(tmp_path: Path) -> None:
    keys("add", "newsroom")
    Path("index/keys.json").write_text("{")
    for arguments in (["list"], ["add", "desk"], ["remove", "newsroom"]):
        refused = keys(*arguments)
        assert refused.exit_code == 3
        assert "keys.json cannot be read" in refused.stderr
    examined = CliRunner().invoke(main, ["doctor", "--data", "index"])
    assert examined.exit_code == 1
    assert "✗ keys" in examined.stdout


def test_a_service_for_other_machines_is_refused_without_a_key() -> None:
    where = ["--data", "index", "--host", "0.0.0.0", "--port", "0"]
    refused = CliRunner().invoke(main, ["serve", *where])
    assert refused.exit_code == 2
    assert "whoever reaches 0.0.0.0 could read, add and remove" in refused.stderr
    assert "pullquote --data index keys add NAME" in refused.stderr


def test_every_setting_is_a_flag_of_the_service() -> None:
    known = {flag for each in main.commands["serve"].params for flag in each.opts}
    assert {row.flag for row in settings_table()} <= known
    wrong = CliRunner().invoke(main, ["serve", "--cors-origins", "news.example"])
    assert wrong.exit_code == 2
    assert "--cors-origins cannot be 'news.example'" in wrong.stderr
