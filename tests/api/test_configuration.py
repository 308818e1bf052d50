"""Settings: where they come from, which wins, and what is refused."""

from pathlib import Path

import pytest

from api.configuration import (
    SettingsError,
    find_file,
    gather,
    key_to_show,
    read_settings,
    settings_table,
)
from qa.settings import Settings

ORIGINS = "origins such as https://news.example, or *"


def written(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_nothing_given_means_the_defaults() -> None:
    assert read_settings({}, {"HOME": "/root"}, None).limit == Settings().limit


def test_a_flag_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, "limit = 2\npassages = 7\ncandidates = 60")
    environ = {"PULLQUOTE_LIMIT": "3", "PULLQUOTE_PASSAGES": "8"}

    settings = read_settings({"limit": 4, "passages": None}, environ, file)

    assert (settings.limit, settings.passages, settings.candidates) == (4, 8, 60)


def test_text_from_the_environment_becomes_numbers_and_paths() -> None:
    environ = {"PULLQUOTE_PORT": "9000", "PULLQUOTE_WEAK_AT": "0.1", "PULLQUOTE_DATA": "~/archive"}

    settings = read_settings({}, environ, None)

    assert settings.port == 9000
    assert settings.weak_at == 0.1
    assert settings.data == Path.home() / "archive"


def test_a_list_is_an_array_in_a_file_and_has_commas_elsewhere(tmp_path: Path) -> None:
    one, two = "https://news.example", "http://[::1]:8080"
    listed = written(tmp_path, f'cors_origins = ["{one}", "{two}"]')

    for settings in (
        read_settings({}, {}, listed),
        read_settings({"cors_origins": f"{one},{two}"}, {}, None),
        read_settings({}, {"PULLQUOTE_CORS_ORIGINS": f" {one} , {two} ,"}, None),
    ):
        assert settings.cors_origins == (one, two)
    assert read_settings({}, {"PULLQUOTE_CORS_ORIGINS": ""}, listed).cors_origins == (one, two)


def test_a_key_to_show_is_no_setting_and_is_never_listed() -> None:
    environ = {"PULLQUOTE_KEY": " pq_secret\n"}

    assert key_to_show(environ) == "pq_secret"
    assert key_to_show({"PULLQUOTE_KEY": " "}) is None
    assert gather({}, environ, None) == {}


def test_an_empty_variable_is_not_given() -> None:
    assert read_settings({}, {"PULLQUOTE_DATA": ""}, None).data == Settings().data


def test_a_folder_in_a_file_is_relative_to_that_file(tmp_path: Path) -> None:
    file = written(tmp_path, 'data = "archive"\ncache = "/models"')

    settings = read_settings({}, {}, file)

    assert settings.data == tmp_path / "archive"
    assert settings.cache == Path("/models")


def test_a_misspelt_variable_is_refused_with_the_close_name_and_the_list() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({}, {"PULLQUOTE_LIMITS": "3"}, None)

    assert "PULLQUOTE_LIMITS" in refused.value.message
    assert "Did you mean PULLQUOTE_LIMIT?" in refused.value.remedy
    assert "PULLQUOTE_CANDIDATES" in refused.value.remedy


def test_a_misspelt_key_is_refused_with_its_file(tmp_path: Path) -> None:
    file = written(tmp_path, "pasages = 3")
    with pytest.raises(SettingsError, match=r"settings\.toml.*Did you mean passages\?"):
        read_settings({}, {}, file)


@pytest.mark.parametrize(
    ("variable", "value", "bounds"),
    [
        ("PULLQUOTE_PORT", "99999", "a whole number from 0 to 65,535"),
        ("PULLQUOTE_LIMIT", "many", "a whole number from 1 to 50"),
        ("PULLQUOTE_WEAK_AT", "1.5", "a number from 0 to 1"),
        ("PULLQUOTE_BACKEND", "cuda", "one of onnx, torch"),
        ("PULLQUOTE_OPEN_TO_ALL", "true", "one of on, off"),
        *(
            ("PULLQUOTE_CORS_ORIGINS", wrong, f"a list of {ORIGINS}")
            for wrong in ("news.example", "https://news.example/", "https://*.example", "null")
        ),
    ],
)
def test_a_value_out_of_bounds_is_refused_with_the_bounds(
    variable: str, value: str, bounds: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({}, {variable: value}, None)

    assert refused.value.message == f"{variable} cannot be {value!r}: it is {bounds}."


def test_a_value_of_the_wrong_kind_in_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"'data' in .* cannot be 5: it is a folder"):
        read_settings({}, {}, written(tmp_path, "data = 5"))


def test_settings_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(SettingsError, match="weak_at must not be above answered_at"):
        read_settings({"weak_at": 0.9}, {"PULLQUOTE_ANSWERED_AT": "0.5"}, None)


def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"settings\.toml cannot be read"):
        read_settings({}, {}, written(tmp_path, "limit: 3"))


def test_a_named_file_must_be_there_and_the_default_one_need_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_file({}, None) is None
    with pytest.raises(SettingsError, match=r"no settings file nowhere\.toml"):
        find_file({"PULLQUOTE_CONFIG": "nowhere.toml"}, None)

    (tmp_path / "pullquote.toml").write_text("limit = 2")
    assert find_file({}, None) == Path("pullquote.toml")
    assert find_file({}, written(tmp_path, "")) == tmp_path / "settings.toml"


def test_what_was_given_says_where_it_came_from(tmp_path: Path) -> None:
    given = gather({"host": "::1"}, {"PULLQUOTE_PORT": "1"}, written(tmp_path, "limit = 2"))

    assert given["host"].origin == "--host"
    assert given["port"].origin == "PULLQUOTE_PORT"
    assert given["limit"].origin == f"'limit' in {tmp_path / 'settings.toml'}"


def test_the_table_describes_every_setting() -> None:
    table = settings_table()

    assert [row.name for row in table] == list(Settings.__struct_fields__)
    assert all(row.description and row.bounds for row in table)
    assert {row.name: row.variable for row in table}["max_body_mb"] == "PULLQUOTE_MAX_BODY_MB"
