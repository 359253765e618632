"""Of two hundred files of every format, what a reader sees comes out, and nothing else."""

from __future__ import annotations

from pathlib import Path

from generated import Made, make

from retrieval.models import Article
from retrieval.readers import read
from retrieval.sentences.passages import read_passages

COUNT = 200


def faults(made: Made, articles: list[Article]) -> list[str]:
    text = "\n".join(article.text for article in articles)
    quotable = "\n".join(
        article.cut(one.start, one.end) for article in articles for one in read_passages(article)
    )
    blocks = [(article.layout.blocks, len(article.text)) for article in articles if article.layout]
    return [
        *(f"{made.name}: {word} is lost" for word in made.seen if word not in text),
        *(f"{made.name}: {word} is shown" for word in made.unseen if word in text + quotable),
        *(f"{made.name}: no blocks" for found, _ in blocks if not found),
    ]


def test_every_format_takes_what_sources_toml_states_of_a_file(tmp_path: Path) -> None:
    stated = 'weight = 0.5\npublisher = "The Quay"\ntitle = "Stated"\n'
    names = [made.name for made in make(COUNT, seed=17)[:16] if not made.name.endswith(".zip")]
    for made in make(COUNT, seed=17)[:16]:
        (tmp_path / made.name).write_bytes(made.data)
    tables = "".join(f'["{name}"]\n{stated}\n' for name in names)
    (tmp_path / "sources.toml").write_text(tables, encoding="utf-8")
    told = {name.split(".")[0] for name in names}
    for one in read([tmp_path]):
        assert isinstance(one, Article), one
        if one.id.split("/")[0] in told:
            assert one.layout is not None
            assert (one.publisher, one.layout.weight) == ("The Quay", 0.5), one.id
            assert one.title.startswith("Stated"), one.id


def test_what_a_reader_sees_comes_out_and_nothing_else(tmp_path: Path) -> None:
    files = make(COUNT, seed=17)
    for made in files:
        (tmp_path / made.name).write_bytes(made.data)
    found: dict[str, list[Article]] = {}
    for one in read([tmp_path]):
        assert isinstance(one, Article), one
        found.setdefault(one.id.split("/")[0].split(".")[0], []).append(one)
    wrong = [fault for made in files for fault in faults(made, found[made.name.split(".")[0]])]
    assert wrong == []
