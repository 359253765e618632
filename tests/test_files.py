"""What stands in a file's place, or leads to one, is one line, and nothing hangs on it."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from hung import hung_at
from hypothesis import given
from hypothesis import strategies as st
from people import nobody

from bot.errors import SettingsError
from bot.questions import read_questions
from bot.replay import load as load_scripts
from bot.settings import load as load_settings
from retrieval.errors import InputError, UnreadableSource
from retrieval.question.synonyms import NAME as SYNONYMS
from retrieval.question.synonyms import load_synonyms
from retrieval.readers import Trouble, examples, read, read_placed
from retrieval.readers.finding import SOURCES
from retrieval.untrusted import files
from retrieval.untrusted.files import CHUNK, leads_out, open_file, read_beside, read_file

SPARSE = 2**41  # bytes: more than any file may have


class Place(NamedTuple):
    """A folder that was named, what is beside it, and a path in it."""

    named: Path
    outside: Path
    path: Path


def missing_link(place: Place) -> None:
    place.path.symlink_to(place.named / "gone")


def link_out(place: Place) -> None:
    (place.outside / "secret").write_text("Secret words.")
    place.path.symlink_to(place.outside / "secret")


def link_up(place: Place) -> None:
    (place.outside / "secret").write_text("Secret words.")
    place.path.symlink_to(Path("..") / "outside" / "secret")


def link_by_another(place: Place) -> None:
    (place.outside / "secret").write_text("Secret words.")
    (place.named / ".first").symlink_to(place.outside / "secret")
    place.path.symlink_to(".first")


def huge(place: Place) -> None:
    with place.path.open("wb") as file:
        file.truncate(SPARSE)


def sealed(place: Place) -> None:
    place.path.write_text("Words.")
    place.path.chmod(0)


def local_socket(place: Place) -> None:
    listening = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(place.named)  # a socket's path has a hundred bytes at most
    try:
        listening.bind(place.path.name)
    finally:
        os.chdir(here)
        listening.close()


OUT = "it is a link that leads out of "
MAKERS: dict[str, tuple[Callable[[Place], object], str]] = {
    "a named pipe": (lambda place: os.mkfifo(place.path), "it is a named pipe, not a"),
    "a folder": (lambda place: place.path.mkdir(), "it is a folder, not a regular file"),
    "a socket": (local_socket, "it is a socket, not a regular file"),
    "a link to a device": (lambda place: place.path.symlink_to("/dev/zero"), OUT),
    "a link to itself": (lambda place: place.path.symlink_to(place.path), "it cannot be read: Too"),
    "a link to nothing": (missing_link, "there is no such file"),
    "a link out": (link_out, OUT),
    "a link out by ..": (link_up, OUT),
    "a link out by another": (link_by_another, OUT),
    "a file without end": (huge, "it is larger than "),
    "a file that nobody may read": (sealed, "there is no permission to read it"),
}
NAMED_ITSELF = {"a link to a device": "it is a device"}


def from_folder(path: Path) -> str:
    return "\n".join(str(one) for one in read([path.parent]) if isinstance(one, Trouble))


def lone(path: Path) -> str:
    return "\n".join(str(one) for one in read([path]) if isinstance(one, Trouble))


def said(act: Callable[[], object]) -> str:
    try:
        return f"nothing, but gave {act()!r}"
    except InputError as error:
        return str(error)


def settings_from(path: Path) -> object:
    try:
        return load_settings(path)
    except SettingsError as error:
        (problem,) = error.problems
        raise InputError(problem) from None


class Door(NamedTuple):
    """A way by which a user's file comes in: its name, and what is said of a bad one there."""

    name: str
    opened: Callable[[Path], str]
    follows: bool = False  # the file itself is named, wherever it leads
    awaits: bool = False  # a pipe is read, where anybody writes to it


DOORS = {
    "an article of a folder": Door("a.txt", from_folder),
    "an article that is named": Door("a.txt", lone, follows=True),
    "Markdown": Door("a.md", from_folder),
    "JSONL": Door("a.jsonl", from_folder),
    "sources.toml": Door(SOURCES, lambda path: said(lambda: examples(path.parent))),
    "synonyms.txt": Door(SYNONYMS, lambda path: said(lambda: load_synonyms(path.parent))),
    "a script of a folder": Door(
        "a.yaml", lambda path: "\n".join(map(str, load_scripts([path.parent]).mistakes))
    ),
    "a script that is named": Door(
        "a.yaml", lambda path: "\n".join(map(str, load_scripts([path]).mistakes)), follows=True
    ),
    "a file of questions": Door(
        "q.jsonl",
        lambda path: said(lambda: list(read_questions(path))),
        follows=True,
        awaits=True,
    ),
    ".env": Door(".env", lambda path: said(lambda: settings_from(path)), follows=True),
}
FOLDERS_ARE_READ = {  # where a folder of the file's name is a folder of files, or no script
    "an article of a folder",
    "an article that is named",
    "Markdown",
    "JSONL",
    "a script of a folder",
    "a script that is named",
}


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that everybody can reach; the one that pytest gives is closed to others."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.mark.parametrize("kind", MAKERS)
def test_whatever_stands_in_a_file_s_place_is_one_line_at_every_door(
    open_place: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, reason = MAKERS[kind]
    if kind == "a named pipe":
        monkeypatch.setattr(files, "PATIENCE", 2.0)
    for number, (what, door) in enumerate(DOORS.items()):
        if kind == "a folder" and what in FOLDERS_ARE_READ:
            continue
        base = open_place / str(number)
        place = Place(base / "named", base / "outside", base / "named" / door.name)
        place.named.mkdir(parents=True)
        place.outside.mkdir()
        make(place)
        door.opened(place.named / "none" / door.name)  # loads what nobody may
        with nobody() if make is sealed else nullcontext():
            told = door.opened(place.path)
        if door.follows and reason == OUT and kind != "a link to a device":
            assert OUT not in told, (what, told)  # its own content is judged
            continue
        expected = NAMED_ITSELF.get(kind, reason) if door.follows else reason
        if door.awaits and kind == "a named pipe":
            expected = "it is a named pipe, and nobody wrote to it for 2 seconds"
        assert expected in told.replace(": is ", ": it is "), (what, told)
        assert door.name in told, (what, told)
        assert len(told.splitlines()) == 1, (what, told)


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "..data").mkdir()  # as a cluster mounts its settings
    (tmp_path / "..data" / SYNONYMS).write_text("quay, pier\n")
    (tmp_path / SYNONYMS).symlink_to(Path("..data") / SYNONYMS)
    assert load_synonyms(tmp_path).digest
    assert not leads_out(tmp_path / SYNONYMS, tmp_path)


def test_links_that_lead_out_are_followed_where_the_user_says_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("Words.")
    (tmp_path / "out" / SOURCES).write_text('[a]\nauthor = "A. Fish"\n')
    (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "out" / "a.txt")
    (tmp_path / "in" / SOURCES).symlink_to(tmp_path / "out" / SOURCES)
    (one,) = read_placed([tmp_path / "in"], follow_links=True)
    assert not isinstance(one, Trouble)
    assert one.article.author == "A. Fish"
    assert one.file == str((tmp_path / "in").resolve() / "a.txt")


def test_a_folder_that_is_itself_named_by_a_link_is_read(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("Words.")
    (tmp_path / "link").symlink_to("real")
    (one,) = read_placed([tmp_path / "link"])
    assert not isinstance(one, Trouble)
    assert one.file == str((tmp_path / "real" / "a.txt").resolve())


@given(size=st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7]))
def test_a_file_is_read_whole_up_to_its_limit_and_not_beyond(
    tmp_path_factory: pytest.TempPathFactory, size: int
) -> None:
    path = tmp_path_factory.mktemp("sizes") / "file"
    data = os.urandom(size)
    path.write_bytes(data)
    assert read_file(path, size) == data
    with open_file(path, size) as file:
        assert file.read() == data
    if size:
        with pytest.raises(UnreadableSource, match="it is larger than"):
            read_file(path, size - 1)
        with (
            pytest.raises(UnreadableSource, match="it is larger than"),
            open_file(path, size - 1) as file,
        ):
            file.read()


def test_a_file_that_need_not_be_there_is_none_but_a_link_to_nothing_is_told(
    tmp_path: Path,
) -> None:
    assert read_beside(tmp_path / "none", 9) is None
    (tmp_path / "link").symlink_to("none")
    with pytest.raises(UnreadableSource, match="no such file"):
        read_beside(tmp_path / "link", 9)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="this system has no /proc")
def test_files_of_the_kernel_that_lie_about_their_size_are_bounded() -> None:
    assert read_file(Path("/proc/self/status"), CHUNK)
    for path in ("/proc/self/mem", "/proc/kmsg"):
        with pytest.raises(UnreadableSource):
            read_file(Path(path), CHUNK)


def test_a_file_system_that_does_not_answer_is_given_up_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 1.0)
    mount = tmp_path / "mount"
    mount.mkdir()
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / SYNONYMS).symlink_to("mount/synonyms.txt")
    with hung_at(mount):
        started = time.monotonic()
        items = list(read([tmp_path]))
        with pytest.raises(InputError, match="it did not answer for 1 seconds"):
            load_synonyms(tmp_path)
        assert time.monotonic() - started < 20
    troubles = [str(one) for one in items if isinstance(one, Trouble)]
    assert f"{mount}: it did not answer for 1 seconds; see to its disk or network" in troubles
    assert len(items) - len(troubles) == 1


def test_a_folder_of_scripts_that_does_not_answer_is_given_up_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 1.0)
    mount, named = tmp_path / "scripts" / "mount", tmp_path / "named.yaml"
    mount.mkdir(parents=True)
    named.write_text("cases: [{id: a, ask: a, expect: {status: answered}}]")
    with hung_at(mount):
        started = time.monotonic()
        loaded = load_scripts([mount.parent, mount, mount / "a.yaml", named])
        assert time.monotonic() - started < 20
    told = "it did not answer for 1 seconds; see to its disk or network"
    wanted = [f"{mount}: {told}", f"{mount / 'a.yaml'}: {told}"]
    assert [str(one) for one in loaded.mistakes] == wanted
    assert list(loaded.scripts) == [str(named)]


HANGING = """
import sys
from pathlib import Path
from retrieval.untrusted import files
files.PATIENCE = 0.5
print(*sys.argv[1:], flush=True)
for path in sys.argv[1:]:
    try:
        files.read_file(Path(path), 9)
    except files.UnreadableSource as error:
        print(error, flush=True)
"""


def test_what_hangs_does_not_keep_the_process_from_ending(tmp_path: Path) -> None:
    mount = tmp_path / "mount"
    mount.mkdir()
    with hung_at(mount):
        child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", HANGING, str(mount / "a"), str(mount / "b")],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout
        lines = child.stdout.read().splitlines()
        with suppress(subprocess.TimeoutExpired):
            child.wait(5)
    child.wait(60)
    child.stdout.close()
    assert [line.partition(": ")[2][:17] for line in lines[1:]] == ["it did not answer"] * 2


def test_threads_that_read_are_used_again(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("Words.")
    read_file(path, 9)
    before = threading.active_count()
    for _ in range(100):
        read_file(path, 9)
    assert threading.active_count() == before
