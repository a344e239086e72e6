"""Lists at delivery: what takes a while to be found is found outside of any transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bot.members import directory, duplicates, erasing, listing, words
from bot.members.listing import Listing, OldSearchError, Records
from bot.members.roles import NotAllowedError
from bot.members.words import AwaitedWords
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.directory import FOUND_IN_DIRECTORY
from handlers.listings import PAGE_OF_LIST, WORDS_ASKED
from handlers.merging import CANDIDATES
from handlers.rendering import placed
from handlers.turn import Desk
from handlers.views import directory as directory_views
from handlers.views import listings as list_views
from handlers.views import merging as merging_views
from handlers.views.list_state import unpacked
from handlers.views.lists import PAGE, page_within
from storage import centers, delegates, outbox, people
from storage.records import Call
from storage.records.members import Center, Delegate
from storage.session import Session, Transaction

Args = Mapping[str, Any]


class ListsDelivery:
    """Renders the lists, and follows up on questions for words."""

    def __init__(self, desk_at_hand: Desk) -> None:
        self._desk = desk_at_hand

    def renderers(self) -> Mapping[str, Renderer]:
        return {PAGE_OF_LIST: self._page, CANDIDATES: self._candidates, FOUND_IN_DIRECTORY: self._directory}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {WORDS_ASKED: self._words_asked}

    async def _page(self, session: Session, _chat_id: int, args: Args) -> Call | None:
        shown, reader = unpacked(args["state"]), await people.find(session, args["by"])
        if shown is None or reader is None:
            return None
        try:
            found, shown = await self._found(session, shown, reader.id, reader.language)
            words_of_it = await listing.words_of(session, shown)
        except (NotAllowedError, OldSearchError):  # not any more
            return None
        center = await centers.by_id(session, shown.center) if shown.center else None
        page = list_views.Shown(shown, found.rows, found.total, words_of_it, center)
        t = self._desk.catalogues.translator(reader.language)
        return placed(list_views.listing(t, page, self._desk.places.countries), args)

    async def _found(self, session: Session, shown: Listing, by: int, language: str) -> tuple[Records, Listing]:
        """The page, or the last one that there is."""
        rights, countries = self._desk.rights, self._desk.places.countries
        found = await listing.find(session, rights, shown, countries, language=language, by=by, at_most=PAGE)
        last = replace(shown, page=page_within(shown.page, found.total))
        if last.page != shown.page:
            found = await listing.find(session, rights, last, countries, language=language, by=by, at_most=PAGE)
        return found, last

    async def _candidates(self, session: Session, _chat_id: int, args: Args) -> Call | None:
        reader = await people.find(session, args["by"])
        if reader is None or not await self._desk.rights.is_staff(session, reader.id):
            return None
        record, found = await self._likely(session, args, reader.language)
        if record is None:
            return None
        t = self._desk.catalogues.translator(reader.language)
        return placed(merging_views.candidates(t, record, found, words=args["words"]), args)

    async def _likely(
        self, session: Session, args: Args, language: str
    ) -> tuple[Center | Delegate | None, tuple[Center | Delegate, ...]]:
        """A record, and those that may be the same, or that were looked for."""
        center = await centers.by_id(session, args["record"]) if args["is_center"] else None
        delegate = None if args["is_center"] else await delegates.by_id(session, args["record"])
        if args["words"]:
            everything = Listing(is_centers=args["is_center"])
            found = await listing.find_words(
                session, everything, args["words"], self._desk.places.countries, language=language, at_most=PAGE
            )
            return center or delegate, found.rows
        if center is not None:
            return center, await duplicates.likely_same(session, center.details, but=center.id)
        if delegate is None:
            return None, ()
        place = None if delegate.center is None else await centers.by_id(session, delegate.center)
        return delegate, await duplicates.likely_same_person(session, delegate.details, place, but=delegate.id)

    async def _directory(self, session: Session, _chat_id: int, args: Args) -> Call | None:
        reader = await people.find(session, args["by"])
        if reader is None:
            return None
        found = await directory.search(
            session, args["words"], self._desk.places.countries, reader.language, at_most=PAGE
        )
        t = self._desk.catalogues.translator(reader.language)
        return placed(directory_views.found(t, found.rows, found.total, args["words"]), args)

    async def _words_asked(self, tx: Transaction, chat_id: int, args: Args, result: Any) -> None:
        awaited = AwaitedWords.from_args(args)
        await words.prompted(tx, awaited, result["message_id"])
        if awaited.person_record is not None:
            post = partial(outbox.add, tx, now=self._desk.clock.now_us())
            await erasing.note_shown(tx, chat_id, result["message_id"], [awaited.person_record], post)
