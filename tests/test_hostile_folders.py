"""A folder of hostile files beside good ones: the good go in, each bad one has one line.

`python -m bench.folders` does the same with 200 files of up to 2 MB.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_folders import good, hostile, write

from bot.cli import run
from retrieval import Library

KINDS = 16
SIZES = (3_000,)
GOOD = 5


def test_good_articles_go_in_beside_hostile_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = hostile(2 * KINDS, SIZES)
    folder, library = tmp_path / "articles", tmp_path / "library"
    folder.mkdir()
    write(folder, files, good(GOOD))
    code = run(["library", "add", str(folder), "--library", str(library)])
    lines = capsys.readouterr().err.splitlines()
    assert code == 1
    with Library.open(library) as opened:
        held = {article.id for article in opened}
    assert {f"good{number:03}" for number in range(GOOD)} <= held
    bad = {file.name for file in files if file.is_bad} | {"sources.toml"}
    told = [name for line in lines for name in bad if f"/{name}" in line]
    assert sorted(told) == sorted(bad)
    assert held >= {Path(file.name).stem for file in files if not file.is_bad}
    assert max(map(len, lines)) < 400
