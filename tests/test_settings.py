from __future__ import annotations

import os
from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic import ValidationError

from bot import settings
from bot.errors import SettingsError
from bot.settings import Settings

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.upper().startswith("PULLQUOTE_") or name == "DISCORD_TOKEN":
            monkeypatch.delenv(name)


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_with_nothing_set_every_setting_has_its_default(env_file: Path) -> None:
    found = settings.load(env_file)
    assert found.token is None
    assert found.library is None
    assert (found.quotes, found.threshold, found.cooldown) == (3, None, 10)
    assert (found.message_content, found.prefix, found.log_level) == (False, "!", "INFO")


def test_the_environment_goes_before_the_file(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file.write_text("PULLQUOTE_QUOTES=2\nPULLQUOTE_PREFIX=?\n")
    monkeypatch.setenv("PULLQUOTE_QUOTES", "4")
    found = settings.load(env_file)
    assert (found.quotes, found.prefix) == (4, "?")


def test_an_empty_value_is_no_value(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", "")
    found = settings.load(env_file)
    assert found.token is None
    assert found.library is None


def test_a_library_under_the_home_folder_is_found(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_LIBRARY", "~/articles")
    assert settings.load(env_file).library == Path.home() / "articles"


def test_a_home_folder_that_nobody_has_is_named(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_LIBRARY", "~nobody-of-this-name/articles")
    with pytest.raises(SettingsError, match=r"PULLQUOTE_LIBRARY .* names a home folder"):
        settings.load(env_file)


def test_every_problem_is_in_one_line(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text("PULLQUOTE_QUOTE=3\nthis is no setting\n")
    monkeypatch.setenv("PULLQUOTE_QUOTES", "90")
    monkeypatch.setenv("PULLQUOTE_THRESHOLD", "high")
    monkeypatch.setenv("PULLQUOTE_PREFIX", "two words")
    with pytest.raises(SettingsError) as caught:
        settings.load(env_file)
    said = str(caught.value)
    assert "\n" not in said
    assert "did you mean PULLQUOTE_QUOTES?" in said
    assert "line 2, is not NAME=value" in said
    assert "PULLQUOTE_QUOTES is '90'" in said
    assert "PULLQUOTE_THRESHOLD is 'high'" in said
    assert "PULLQUOTE_PREFIX is 'two words'" in said
    assert len(caught.value.problems) == 5


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("PULLQUOTE_TOKEN", "did you mean DISCORD_TOKEN?"),
        ("pullquote_treshold", "did you mean PULLQUOTE_THRESHOLD?"),
        ("PULLQUOTE_NONSENSE", ".env.example lists the settings"),
    ],
)
def test_a_variable_that_is_no_setting_is_led_to_a_near_one(
    name: str, hint: str, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError) as caught:
        settings.load(env_file)
    assert str(caught.value).endswith(hint)


@pytest.mark.parametrize("value", ["nan", "inf", "-0.1", "1.1"])
def test_a_threshold_outside_of_0_to_1_is_refused(
    value: str, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_THRESHOLD", value)
    with pytest.raises(SettingsError, match="PULLQUOTE_THRESHOLD"):
        settings.load(env_file)


def test_a_file_that_is_not_utf_8_is_named(env_file: Path) -> None:
    env_file.write_bytes(b"DISCORD_TOKEN=\xff\xfe")
    with pytest.raises(SettingsError, match="is not UTF-8"):
        settings.load(env_file)


def test_a_folder_in_place_of_the_file_is_named(env_file: Path) -> None:
    env_file.mkdir()
    with pytest.raises(SettingsError, match="it is a folder, not a regular file"):
        settings.load(env_file)


def test_the_debug_switch_is_not_taken_for_a_typo(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_DEBUG", "1")
    settings.load(env_file)


def test_the_token_is_not_in_what_settings_print(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "made.up.token")
    found = settings.load(env_file)
    assert "made.up" not in f"{found!r} {found}"
    assert found.token is not None
    assert found.token.get_secret_value() == "made.up.token"


def test_settings_do_not_change(env_file: Path) -> None:
    with pytest.raises(ValidationError):
        settings.load(env_file).quotes = 1  # type: ignore[misc] # it is read-only, as we test


def test_the_example_file_shows_every_setting_with_its_default(tmp_path: Path) -> None:
    example = ROOT / ".env.example"
    assert set(dotenv_values(example)) == set(settings.names())
    copy = tmp_path / ".env"
    copy.write_bytes(example.read_bytes())
    assert settings.load(copy) == Settings(_env_file=None)


def test_the_example_file_tells_what_happens_without_each_setting() -> None:
    paragraphs = (ROOT / ".env.example").read_text().split("\n\n")
    for name in settings.names():
        about = next(part for part in paragraphs if f"\n{name}=" in part)
        assert "# Without it: " in about, name
