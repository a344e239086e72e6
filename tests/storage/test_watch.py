"""A piece of work that takes too long is interrupted; nothing else is, and nobody else's cancelling is taken for it."""

from __future__ import annotations

import asyncio

import pytest

from storage.watch import Watch, WorkTimeoutError

AT_ONCE_S, NEVER_S = 0.01, 3_600.0


async def hangs() -> None:
    await asyncio.Event().wait()


async def test_each_piece_that_hangs_is_interrupted_and_the_next_runs() -> None:
    watch = Watch()
    ended: list[str] = []
    with watch.over_a_group(AT_ONCE_S):
        for _time in range(3):
            with pytest.raises(WorkTimeoutError), watch:
                await hangs()
            with watch:
                ended.append("the next")
    assert ended == ["the next"] * 3
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_a_piece_that_ends_although_it_was_interrupted_has_ended() -> None:
    watch, told = Watch(), ""
    with watch.over_a_group(AT_ONCE_S), watch:
        try:
            await hangs()
        except asyncio.CancelledError:
            told = "ended"
    assert told == "ended"
    await asyncio.sleep(0)  # where a cancelling that was left would come


async def test_what_goes_wrong_in_a_piece_is_its_own() -> None:
    watch = Watch()
    with pytest.raises(ZeroDivisionError), watch.over_a_group(NEVER_S), watch:
        _nothing = 1 / 0


@pytest.mark.parametrize("most_s", [AT_ONCE_S, NEVER_S])
async def test_what_is_cancelled_from_outside_is_no_timeout(most_s: float) -> None:
    watch, has_begun = Watch(), asyncio.Event()

    async def group() -> None:
        with watch.over_a_group(most_s), watch:
            has_begun.set()
            try:
                await hangs()
            except asyncio.CancelledError:
                outer.cancel()  # as well, where it took too long
                raise

    outer = asyncio.ensure_future(group())
    await has_begun.wait()
    if most_s == NEVER_S:
        outer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await outer
