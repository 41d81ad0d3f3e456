"""Files that people send to the desk: base64 in JSON, or parts of a form."""

import base64
import binascii
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from sandbox.desk import bodies
from sandbox.desk.bodies import body_of, checked
from sandbox.refusals import CannotError
from sandbox.schema import Upload


def decoded(text: str, field: str) -> bytes:
    """Return the bytes of a base64 text."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CannotError("not base64", field=field) from error


async def read_photos(request: web.Request) -> tuple[bodies.SendPhotos, list[Upload]]:
    """Return what is said about the pictures, and the pictures."""
    if request.content_type == "multipart/form-data":
        fields, files = await _multipart(request)
        return checked({**fields, "photos": []}, bodies.SendPhotos), [one for one in files if one.data]
    body = await body_of(request, bodies.SendPhotos)
    uploads = [
        Upload(f"photo{at}.jpg", "image/jpeg", decoded(photo, "photos")) for at, photo in enumerate(body.photos, 1)
    ]
    return body, uploads


async def read_document(request: web.Request) -> tuple[bodies.SendDocument, Upload]:
    """Return what is said about the file, and the file."""
    if request.content_type == "multipart/form-data":
        fields, files = await _multipart(request)
        if len(files) != 1:
            raise CannotError("exactly one file is needed", field="document")
        return checked({**fields, "data": ""}, bodies.SendDocument), files[0]
    body = await body_of(request, bodies.SendDocument)
    return body, Upload(body.name, body.mime, decoded(body.data, "data"))


async def _multipart(request: web.Request) -> tuple[dict[str, Any], list[Upload]]:
    """Return fields (chat and reply_to as numbers) and files."""
    fields: dict[str, Any] = {}
    files = []
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader) or not part.name:
                raise CannotError("every part needs a name")
            data = bytes(await part.read(decode=True))
            if part.filename is not None:
                files.append(Upload(part.filename, part.headers.get("Content-Type", ""), data))
            else:
                text = data.decode()
                fields[part.name] = int(text) if part.name in ("chat", "reply_to") else text
    except (ValueError, AssertionError, RuntimeError, LookupError) as error:
        raise CannotError("the multipart body cannot be read") from error
    return fields, files
