"""The service: acknowledgements go before answers, and answers never wait for long."""

import asyncio

import pytest

from bot import service as service_module
from bot.service import Service
from retrieval import Answerer

TROOPS = "How many troops has North Korea sent to Russia?"


async def test_an_answer_lets_an_acknowledgement_go_first(
    shipped: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "COURTESY", 60.0)
    service, sent = Service(shipped, 3), asyncio.Event()
    acknowledging = asyncio.create_task(service.acknowledge(sent.wait()))
    await asyncio.sleep(0)
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


async def test_a_page_is_cut_and_the_others_are_counted(shipped: Answerer) -> None:
    service = Service(shipped, 3)
    first, second = await service.ask(TROOPS), await service.ask(TROOPS, pages=2)
    assert len(first.quotes) == 3
    assert second.quotes[:3] == first.quotes
    assert first.available == second.available > len(second.quotes) - 1
