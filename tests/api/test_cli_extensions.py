"""Commands that other packages register are commands of ``pullquote``, and none is the poorer."""

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main

GREETING = """
import click

@click.command()
def greet():
    "Say good day, politely."
    click.echo("Good day.")

number = 5
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Installs a package, as pip would: a module, and beside it what it registers."""

    def write(*entry_points: str, module: str = GREETING) -> None:
        (tmp_path / "greeting_house.py").write_text(module)
        about = tmp_path / "greeting_house-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: greeting-house\nVersion: 1\n")
        lines = ["[pullquote.commands]", *entry_points]
        (about / "entry_points.txt").write_text("\n".join(lines) + "\n")
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.delitem(sys.modules, "greeting_house", raising=False)

    return write


def test_a_registered_command_is_listed_and_called(install) -> None:
    install("greet = greeting_house:greet")
    listed = CliRunner().invoke(main, ["--help"])
    assert re.search(r"More:\n(?:  .+\n)*  greet +Say good day, politely\.", listed.stdout)
    called = CliRunner().invoke(main, ["greet"])
    assert (called.exit_code, called.stdout) == (0, "Good day.\n")


def test_a_command_of_ours_cannot_be_taken(install) -> None:
    install("status = greeting_house:greet")
    assert "Good day" not in CliRunner().invoke(main, ["status", "--data", "nowhere"]).output
    assert "Say good day" not in CliRunner().invoke(main, ["--help"]).stdout


@pytest.mark.parametrize(
    ("entry_point", "module", "complaint"),
    [
        ("greet = greeting_house:greet", "import no_such_thing", "No module named 'no_such_thing'"),
        ("greet = greeting_house:wave", GREETING, "has no attribute 'wave'"),
        ("greet = greeting_house:number", GREETING, "(greeting_house:number) is no command"),
    ],
)
def test_what_cannot_be_loaded_is_told_and_help_still_helps(
    install, entry_point: str, module: str, complaint: str
) -> None:
    install(entry_point, module=module)
    called = CliRunner().invoke(main, ["greet"])
    assert called.exit_code == 3
    assert complaint in called.stderr
    assert "Traceback" not in called.output
    listed = CliRunner().invoke(main, ["--help"])
    assert listed.exit_code == 0
    assert "calling it says what is missing" in listed.stdout


def test_a_name_that_nobody_has_is_still_refused(install) -> None:
    install("greet = greeting_house:greet")
    refused = CliRunner().invoke(main, ["gret"])
    assert refused.exit_code == 2
    assert "No such command 'gret'" in refused.stderr
