"""Files: what Telegram takes as a picture or a document, and how it names them."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Any

from PIL import Image

from sandbox.model import Bot, File
from sandbox.refusals import Refusal, bad_request
from sandbox.schema import Upload
from sandbox.world import World

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_SIDES = 10_000
MAX_RATIO = 20
THUMBNAIL = 320

TOO_LARGE = "Request Entity Too Large"


@dataclass(frozen=True, slots=True)
class Kind:
    """How files of one kind are named and typed."""

    field: str
    prefix: str
    mime: str
    folder: str


KINDS = {
    "photo": Kind("photo", "AgACAgUAAxk", "image/jpeg", "photos"),
    "document": Kind("document", "BQACAgUAAxk", "application/octet-stream", "documents"),
    "sticker": Kind("sticker", "CAACAgUAAxk", "image/webp", "stickers"),
    "video": Kind("video", "BAACAgUAAxk", "video/mp4", "videos"),
    "audio": Kind("audio", "CQACAgUAAxk", "audio/mpeg", "music"),
    "animation": Kind("animation", "CgACAgUAAxk", "video/mp4", "animations"),
    "voice": Kind("voice", "AwACAgUAAxk", "audio/ogg", "voice"),
}


def store(world: World, kind: str, upload: Upload) -> File:
    """Check and keep the bytes; the same bytes of the same kind are one file."""
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > MAX_DOCUMENT_BYTES:
        raise Refusal(413, TOO_LARGE)
    if kind == "photo" and len(upload.data) > MAX_PHOTO_BYTES:
        size = f"file of size {len(upload.data)} bytes is too big for a photo"
        raise bad_request(f"{size}; the maximum size is {MAX_PHOTO_BYTES} bytes")
    digest = hashlib.blake2b(upload.data, digest_size=9, person=kind.encode()[:16]).hexdigest()
    file = world.files.get(digest)
    if file is None or (file.name != upload.name and kind != "photo"):
        width, height = picture_size(upload.data) if kind == "photo" else (0, 0)
        mime = upload.mime or KINDS[kind].mime
        if file is None:
            file = File(digest, kind, upload.name or "file", mime, upload.data, width, height)
        else:
            file = File(f"{digest}{world.number():x}", kind, upload.name, mime, upload.data, width, height)
        world.files[file.unique_id] = file
    return file


def picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a picture that decodes and that Telegram takes as a photo."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
                if picture.format == "PNG":
                    picture.verify()  # All its checksums, at a tenth of the cost of decoding.
                elif width + height <= MAX_SIDES:
                    picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def take(world: World, bot: Bot, kind: str, value: Upload | str) -> File:
    """Return the file that a request names: an upload, or the identifier of a stored file of this kind."""
    if isinstance(value, Upload):
        return store(world, kind, value)
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    file = by_file_id(world, bot, value)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file


def file_id(bot: Bot, file: File) -> str:
    """Return the identifier by which this bot, and no other, can use the file."""
    return f"{KINDS[file.kind].prefix}-{bot.id:x}-{file.unique_id}"


def by_file_id(world: World, bot: Bot, value: str) -> File | None:
    """Return the stored file of this identifier, or None if it is not one of this bot's."""
    prefix, _, rest = value.partition("-")
    owner, _, unique = rest.partition("-")
    file = world.files.get(unique.removesuffix("s"))
    if file is None or prefix != KINDS[file.kind].prefix or owner != f"{bot.id:x}":
        return None
    return file


def path_of(file: File) -> str:
    """Return the path under which a bot downloads the file."""
    suffix = file.name.rpartition(".")[2].lower() if "." in file.name else "bin"
    safe = "".join(char for char in suffix if char.isascii() and char.isalnum())[:8] or "bin"
    return f"{KINDS[file.kind].folder}/{file.unique_id}.{'jpg' if file.kind == 'photo' else safe}"


def wire(bot: Bot, file: File) -> dict[str, Any]:
    """Return the part of a message that holds this file, for example `{"photo": [...]}`."""
    base = {"file_id": file_id(bot, file), "file_unique_id": file.unique_id, "file_size": len(file.data)}
    if file.kind == "photo":
        return {"photo": _sizes(base, file)}
    if file.kind == "sticker":
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return {"sticker": {**base, **shape, "emoji": file.name}}
    named = {**base, "file_name": file.name, "mime_type": file.mime}
    if file.kind in ("video", "animation"):
        named |= {"width": 0, "height": 0, "duration": 0}
    elif file.kind in ("audio", "voice"):
        named |= {"duration": 0}
    if file.kind == "voice":
        del named["file_name"]
    if file.kind == "animation":
        return {"animation": named, "document": named}
    return {file.kind: named}


def _sizes(base: dict[str, Any], file: File) -> list[dict[str, Any]]:
    """Return the picture's sizes, smallest first; the small one stands for the same bytes."""
    full = {**base, "width": file.width, "height": file.height}
    longest = max(file.width, file.height)
    if longest <= THUMBNAIL:
        return [full]
    small = {
        "file_id": f"{base['file_id']}s",
        "file_unique_id": f"{base['file_unique_id']}s",
        "file_size": len(file.data),
        "width": max(1, file.width * THUMBNAIL // longest),
        "height": max(1, file.height * THUMBNAIL // longest),
    }
    return [small, full]


def content_type(file: File) -> str:
    """Return a MIME type that is safe to send in a header."""
    kind, _, sub = file.mime.partition(";")[0].strip().partition("/")
    fine = (
        kind.isascii()
        and sub.isascii()
        and kind.isalnum()
        and sub.replace("-", "").replace(".", "").replace("+", "").isalnum()
    )
    return f"{kind}/{sub}" if fine else "application/octet-stream"
