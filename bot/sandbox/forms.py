"""Forms: fields and uploaded files of a request."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in."""

    name: str
    mime_type: str
    content: bytes


async def read_form(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """The text fields and the files of a form, urlencoded or multipart.

    Raises:
        web.HTTPRequestEntityTooLarge: it is longer than the server takes.
        ValueError: it is no form.
    """
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file:
                content = value.file.read()
            uploads[name] = Upload(value.filename or "file", value.content_type, content)
        elif isinstance(value, str):
            fields[name] = value
        else:
            fields[name] = bytes(value).decode(errors="replace")
    return fields, uploads
