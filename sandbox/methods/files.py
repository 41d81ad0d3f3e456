"""Finding a file to download."""

from sandbox import media
from sandbox.calls import Context, Params, method
from sandbox.model import Json
from sandbox.refusals import bad_request


@method("getFile")
def get_file(ctx: Context, p: Params) -> Json:
    file = media.by_file_id(ctx.world, ctx.bot, p["file_id"])
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > media.MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": p["file_id"],
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": media.path_of(file),
    }
