"""Where settings come from: flags, the environment, a TOML file, the defaults, in this order.

The one module that looks at ``os.environ``. A name nobody knows and a value out of bounds are
refused, with the place they came from; a relative folder in a file is relative to that file.
"""

import difflib
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from api.bounds import in_words, is_list, is_path, meta_of
from index.errors import InputError
from qa.settings import Settings

PREFIX = "PULLQUOTE_"
CONFIG_VARIABLE = f"{PREFIX}CONFIG"  # names the TOML file, as --config does
# What a command shows a service that wants a key. No setting: those are listed and written down.
KEY_VARIABLE = f"{PREFIX}KEY"
_NO_SETTINGS = (CONFIG_VARIABLE, KEY_VARIABLE)
DEFAULT_FILE = Path("pullquote.toml")
_SEE = "`pullquote settings` shows what each may be."


class SettingsError(InputError):
    """A setting that does not exist, or a value that it cannot have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row of the settings table."""

    name: str
    default: Any
    bounds: str  # in words, empty where anything goes
    description: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"{PREFIX}{self.name.upper()}"

    @property
    def flag(self) -> str:
        """The option of a command that sets it."""
        return f"--{self.name.replace('_', '-')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value and where it came from, in the words of an error message."""

    value: Any
    origin: str


def environment() -> Mapping[str, str]:
    """Return the process's environment."""
    return os.environ


def key_to_show(environ: Mapping[str, str]) -> str | None:
    """Return the key that calls to a service are made with, None without one."""
    return environ.get(KEY_VARIABLE, "").strip() or None


def settings_table() -> list[Setting]:
    """Return every setting there is, in the order of ``Settings``."""
    return [
        Setting(
            name=field.name,
            default=field.default,
            bounds=in_words(field.type),
            description=meta_of(field.type).description or "",
        )
        for field in msgspec.structs.fields(Settings)
    ]


def find_file(environ: Mapping[str, str], flag: Path | None) -> Path | None:
    """Return the TOML file to read: the flag's, the environment's, or ./pullquote.toml if there.

    Raises SettingsError if one is named and is not there.
    """
    named = flag or (Path(environ[CONFIG_VARIABLE]) if environ.get(CONFIG_VARIABLE) else None)
    if named is None:
        return DEFAULT_FILE if DEFAULT_FILE.is_file() else None
    if not named.expanduser().is_file():
        raise SettingsError(
            f"There is no settings file {named}.",
            remedy="Name one with --config FILE.toml, or leave it out.",
        )
    return named.expanduser()


def read_settings(
    flags: Mapping[str, Any], environ: Mapping[str, str], file: Path | None
) -> Settings:
    """Return the settings: a flag wins over the environment, and that over the file.

    A flag of None and an empty variable are not given. Raises SettingsError for an unknown name or
    a value out of bounds.
    """
    given = gather(flags, environ, file)
    values = {name: _convert(name, each) for name, each in given.items()}
    try:
        return Settings(**values)
    except ValueError as error:
        raise SettingsError(f"The settings do not go together: {error}.", remedy=_SEE) from None


def gather(
    flags: Mapping[str, Any], environ: Mapping[str, str], file: Path | None
) -> dict[str, Given]:
    """Return what was given for each setting, by the strongest place that gives it."""
    weakest_first = (*_from_file(file), *_from_environment(environ), *_from_flags(flags))
    return dict(weakest_first)


def _from_flags(flags: Mapping[str, Any]) -> Iterator[tuple[str, Given]]:
    for name, value in flags.items():
        if value is not None:
            origin = f"--{name.replace('_', '-')}"
            yield _known(name, origin), Given(value=value, origin=origin)


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, Given]]:
    for variable, value in environ.items():
        if variable.startswith(PREFIX) and variable not in _NO_SETTINGS and value:
            name = _known(variable.removeprefix(PREFIX).lower(), variable, spelling=_variable)
            yield name, Given(value=value, origin=variable)


def _from_file(file: Path | None) -> Iterator[tuple[str, Given]]:
    if file is None:
        return
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"The settings file {file} cannot be read: {error}.",
            remedy='It is TOML with one setting a line, such as: data = "archive".',
        ) from error
    paths = {field.name for field in msgspec.structs.fields(Settings) if is_path(field.type)}
    for name, value in table.items():
        origin = f"{name!r} in {file}"
        from_here = name in paths and isinstance(value, str)
        meant = str(file.parent / Path(value).expanduser()) if from_here else value
        yield _known(name, origin), Given(value=meant, origin=origin)


def _known(name: str, origin: str, *, spelling: Callable[[str], str] = str) -> str:
    names = Settings.__struct_fields__
    if name in names:
        return name
    close = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean {spelling(close[0])}? " if close else ""
    raise SettingsError(
        f"There is no setting {origin}.",
        remedy=f"{hint}There are: {', '.join(spelling(each) for each in names)}.",
    )


def _variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


def _convert(name: str, given: Given) -> Any:
    kind = {field.name: field.type for field in msgspec.structs.fields(Settings)}[name]
    many = is_list(kind) and isinstance(given.value, str)
    meant = _listed(given.value) if many else given.value
    try:
        value = msgspec.convert(meant, kind, strict=False, dec_hook=_path)
    except msgspec.ValidationError:
        raise SettingsError(
            f"{given.origin} cannot be {given.value!r}: it is {in_words(kind)}.",
            remedy=_SEE,
        ) from None
    return value.expanduser() if isinstance(value, Path) else value


def _path(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, str) and value:
        return Path(value)
    raise ValueError("not a path")


def _listed(text: str) -> list[str]:
    """Return the parts of a list as a flag or a variable gives it, between commas."""
    return [part.strip() for part in text.split(",") if part.strip()]
