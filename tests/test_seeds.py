"""The seed articles stand byte for byte, with only what their texts state."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from bot.opening import seeds_folder
from retrieval import Article
from retrieval.readers import examples, read

SHARED = Path(__file__).parents[2] / "shared" / "seeds"
DIGESTS = {
    "000_585f6d919736235d": "f04c691d12a66ab8076b6a2dad73e21c402560da15503c7204af8e3b0a6d7b85",
    "001_6f19055e828fdd90": "4ee80a1b33797b469cb5f73c84ef304f7da911b4bf324b376e1ce312e98171d3",
    "002_687cd26c97e67fb3": "b42fc2fb546a80a03cc709e1bc9ce7ecf5acdc400fc1cce2a051973c37f14672",
    "003_601dd0bef2fbb5b7": "ed59d51e9e00a7ba1ce53d90b5b88330d6ee879428feec26bb52708fa85c1310",
    "004_e531fcae7d2ba48d": "e7438f79aa1974fcb0cc7a434276b0a5d152fe1716b84d457df0888c4f232fda",
}


def seeds() -> dict[str, Article]:
    items = list(read([seeds_folder()]))
    return {item.id: item for item in items if isinstance(item, Article)}


def test_the_folder_gives_five_articles_and_no_trouble() -> None:
    assert [getattr(item, "id", item) for item in read([seeds_folder()])] == list(DIGESTS)


@pytest.mark.parametrize("name", DIGESTS)
def test_a_file_has_the_bytes_it_always_had(name: str) -> None:
    data = (seeds_folder() / f"{name}.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == DIGESTS[name]


@pytest.mark.parametrize("name", DIGESTS)
def test_the_stored_text_has_the_digest_of_its_file(name: str) -> None:
    assert seeds()[name].sha256 == DIGESTS[name]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared seeds are not beside this checkout")
@pytest.mark.parametrize("name", DIGESTS)
def test_a_file_equals_the_shared_one(name: str) -> None:
    file = f"{name}.txt"
    assert (seeds_folder() / file).read_bytes() == (SHARED / file).read_bytes()


def test_a_title_is_the_texts_own_words() -> None:
    for article in seeds().values():
        assert article.title.removesuffix("…") in article.text
        assert len(article.title) <= 100


def test_only_what_a_text_states_is_known_of_it() -> None:
    tables = tomllib.loads((seeds_folder() / "sources.toml").read_text(encoding="utf-8"))
    tables.pop("examples")
    known = {
        name: {k: v for k, v in table.items() if k != "title"} for name, table in tables.items()
    }
    assert known.pop("001_6f19055e828fdd90") == {
        "author": "Hyung-Jin Kim, Associated Press",
        "publisher": "BreakingNews.ie",
    }
    assert not any(known.values())


def test_the_author_and_publisher_stand_in_the_text() -> None:
    article = seeds()["001_6f19055e828fdd90"]
    assert f"By {article.author}\n" in article.text
    assert f"© {article.publisher} " in article.text


def test_the_examples_are_three_questions() -> None:
    questions = examples(seeds_folder())
    assert len(questions) == 3
    assert all(question.endswith("?") for question in questions)
