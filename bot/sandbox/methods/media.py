"""Photos, documents and albums, uploaded or known by `file_id`; and getting files back."""

from __future__ import annotations

from bot.sandbox.files import (
    MAX_DOWNLOAD_BYTES,
    MAX_PHOTO_BYTES,
    MAX_UPLOAD_BYTES,
    BadPhotoError,
)
from bot.sandbox.forms import Upload
from bot.sandbox.markup import Markup, read_markup
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.methods.sending import caption_of, deliver, destination
from bot.sandbox.texts import sent_caption
from bot.sandbox.wire import ApiError, Json, bad_request

MIN_ALBUM = 2
MAX_ALBUM = 10
_NAMES = {"photo": "Photo", "document": "Document", "voice": "VoiceNote", "sticker": "Sticker"}
_URL_SCHEMES = ("http://", "https://")


def send_photo(call: Call) -> Json:
    content = {"photo": _photo(call, "photo"), **caption_of(call)}
    if call.args.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    if call.args.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    markup = read_markup(call.args)
    return deliver(call, destination(call), content, markup).body


def send_document(call: Call) -> Json:
    content = {"document": _document(call, "document"), **caption_of(call)}
    markup = read_markup(call.args)
    return deliver(call, destination(call), content, markup).body


def send_media_group(call: Call) -> list[Json]:
    media: list[Json] = call.args.json("media", "media")
    if len(media) < MIN_ALBUM:
        raise bad_request("too few messages to send as an album")
    if len(media) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {item["type"] for item in media}
    if unknown := kinds - {"photo", "document"}:
        raise ApiError(501, f"Not Implemented: the sandbox does not model {min(unknown)} in albums")
    if len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    contents = [_album_item(call, item) for item in media]
    place = destination(call, count=len(media))
    album = {"media_group_id": call.world.new_query_id()}
    return [deliver(call, place, {**album, **content}, Markup()).body for content in contents]


def _album_item(call: Call, item: Json) -> Json:
    reference = str(item["media"])
    caption = sent_caption(call.world, item)
    if item["type"] == "photo":
        return {"photo": _photo(call, reference, is_reference=True), **caption}
    return {"document": _document(call, reference, is_reference=True), **caption}


def _upload(call: Call, name: str, *, is_reference: bool) -> tuple[Upload | None, str]:
    """An uploaded file, or the `file_id` that stands in its place."""
    uploads = call.args.uploads
    value = name if is_reference else call.args.text(name)
    if not is_reference and name in uploads:
        return _checked(uploads[name]), ""
    if value.startswith("attach://"):
        attached = uploads.get(value.removeprefix("attach://"))
        if attached is None:
            raise bad_request(f"can't find the attached file {value.removeprefix('attach://')}")
        return _checked(attached), ""
    if value.startswith(_URL_SCHEMES):
        raise bad_request("failed to get HTTP URL content")
    return None, value


def _checked(upload: Upload) -> Upload:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MAX_UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    return upload


def _photo(call: Call, name: str, *, is_reference: bool = False) -> list[Json]:
    upload, file_id = _upload(call, name, is_reference=is_reference)
    if upload is None:
        _check_kind(call, file_id, "photo")
        return call.world.files.photo_sizes(file_id)
    if len(upload.content) > MAX_PHOTO_BYTES:
        raise bad_request("file is too big")
    try:
        return call.world.files.add_photo(upload.content, upload.name, upload.mime_type)
    except BadPhotoError as error:
        raise bad_request(str(error)) from None


def _document(call: Call, name: str, *, is_reference: bool = False) -> Json:
    upload, file_id = _upload(call, name, is_reference=is_reference)
    if upload is None:
        return _check_kind(call, file_id, "document")
    extra: Json = {}
    thumbnail = call.args.uploads.get("thumbnail")
    if thumbnail is not None and not is_reference:
        try:
            extra["thumbnail"] = call.world.files.add_photo(thumbnail.content, thumbnail.name)[-1]
        except BadPhotoError as error:
            raise bad_request(str(error)) from None
    return call.world.files.add("document", upload.content, upload.name, upload.mime_type, extra).api


def _check_kind(call: Call, file_id: str, kind: str) -> Json:
    stored = call.world.files.get(file_id)
    if stored is None:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {_NAMES[stored.kind]} as {_NAMES[kind]}")
    return stored.api


def get_file(call: Call) -> Json:
    stored = call.world.files.get(call.args.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return stored.to_file()


METHODS: dict[str, Method] = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
