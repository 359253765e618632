"""The service: acknowledgements go before answers, and answers never wait for long."""

import asyncio
import threading
from typing import Any

import pytest

from bot import service as service_module
from bot.errors import TooSlow
from bot.service import Service
from retrieval import Answer, Answerer

TROOPS = "How many troops has North Korea sent to Russia?"


async def acknowledging_in(answerer: Answerer) -> tuple[Service, asyncio.Event, asyncio.Task[None]]:
    """A service with an acknowledgement under way, and what lets that end."""
    service, sent = Service(answerer, 3), asyncio.Event()
    acknowledging = asyncio.create_task(service.acknowledge(sent.wait()))
    await asyncio.sleep(0)
    return service, sent, acknowledging


async def test_an_answer_lets_an_acknowledgement_go_first(
    shipped: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "COURTESY", 60.0)
    service, sent, acknowledging = await acknowledging_in(shipped)
    asked = asyncio.create_task(service.ask(TROOPS))
    done, _ = await asyncio.wait({asked}, timeout=0.2)
    assert not done
    sent.set()
    await acknowledging
    assert (await asked).quotes


async def test_acknowledgements_that_never_end_stop_no_answer(shipped: Answerer) -> None:
    service, never = Service(shipped, 3), asyncio.Event()
    stuck = [asyncio.create_task(service.acknowledge(never.wait())) for _ in range(3)]
    await asyncio.sleep(0)
    answers = await asyncio.gather(*(service.ask(f"{TROOPS} {n}") for n in range(5)))
    assert all(answer.quotes for answer in answers)
    never.set()
    await asyncio.gather(*stuck)


async def test_an_acknowledgement_that_fails_holds_up_nobody(
    shipped: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "COURTESY", 60.0)

    async def refused() -> None:
        raise ConnectionError

    service = Service(shipped, 3)
    with pytest.raises(ConnectionError):
        await service.acknowledge(refused())
    assert (await service.ask(TROOPS)).quotes


async def test_who_gives_up_before_their_answer_is_begun_holds_up_nobody(
    shipped: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "COURTESY", 60.0)
    service, sent, acknowledging = await acknowledging_in(shipped)
    begun, queued = (asyncio.create_task(service.ask(TROOPS)) for _ in range(2))
    await asyncio.sleep(0.05)
    begun.cancel()
    sent.set()
    await acknowledging
    assert (await queued).quotes


async def test_a_page_is_cut_and_the_others_are_counted(shipped: Answerer) -> None:
    service = Service(shipped, 3)
    first, second = await service.ask(TROOPS), await service.ask(TROOPS, pages=2)
    assert len(first.quotes) == 3
    assert second.quotes[:3] == first.quotes
    assert first.available == second.available > len(second.quotes) - 1


async def test_who_waits_too_long_is_told_and_the_turn_lasts_as_long_as_the_work(
    shipped: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "LONGEST", 0.05)
    gate, working = threading.Event(), []

    class Stuck(Answerer):
        def ask(self, question: str, **how: Any) -> Answer:  # noqa: ANN401 - any option
            working.append(question)
            assert gate.wait(600)
            return super().ask(question, **how)

    service = Service(Stuck.open(shipped.library), 3)
    for question in ("first", "second"):
        with pytest.raises(TooSlow):
            await service.ask(question)
    assert working == ["first"]
    gate.set()
    monkeypatch.setattr(service_module, "LONGEST", 600)
    assert (await service.ask(TROOPS)).quotes
    assert working == ["first", TROOPS]
