"""The built front end: files that are read once, compressed once, and served from memory."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import secrets
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from contractlang_playground.headers import page_policy

NONCE = b"__CSP_NONCE__"
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"
_COMPRESSED = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
_WORTH_COMPRESSING = 512
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}


class _File:
    __slots__ = ("compressed", "content", "kind", "tag")

    def __init__(self, name: str, content: bytes) -> None:
        suffix = name[name.rfind(".") :]
        kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.content = content
        self.kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        self.tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
        worth = len(content) >= _WORTH_COMPRESSING and kind.startswith(_COMPRESSED)
        self.compressed = gzip.compress(content, 9, mtime=0) if worth else None


class Pages:
    """All files of the front end. `ancestors`: who may frame `/embed`."""

    def __init__(self, ancestors: str, root: Traversable | None = None) -> None:
        self._ancestors = ancestors
        self._files: dict[str, _File] = {}
        folder = root if root is not None else files("contractlang_playground") / "static"
        if folder.is_dir():
            self._read(folder, "")

    def _read(self, folder: Traversable, prefix: str) -> None:
        for entry in folder.iterdir():
            if entry.is_dir():
                self._read(entry, f"{prefix}{entry.name}/")
            elif not entry.name.endswith(".map"):
                self._files[prefix + entry.name] = _File(entry.name, entry.read_bytes())

    @property
    def complete(self) -> bool:
        """Whether there is a front end at all."""
        return "index.html" in self._files

    async def page(self, request: Request) -> Response:
        """The page itself, or the frame that others may embed."""
        file = self._files.get("index.html")
        if file is None:
            return PlainTextResponse("the front end has not been built: see playground/frontend\n", 503)
        ancestors = self._ancestors if request.url.path == "/embed" else "'none'"
        nonce = secrets.token_urlsafe(18)
        content = file.content.replace(NONCE, nonce.encode("ascii"))
        headers = {"Content-Security-Policy": page_policy(nonce, ancestors), "Cache-Control": _ASK_EACH_TIME}
        return _maybe_compressed(request, content, gzip.compress(content, 6, mtime=0), file.kind, headers)

    async def file(self, request: Request) -> Response:
        """Any other file."""
        name = request.path_params["path"]
        file = self._files.get(name)
        if file is None or name == "index.html":
            raise HTTPException(404, "there is no such page")
        headers = {"Cache-Control": _FOR_EVER if name.startswith("assets/") else _ASK_EACH_TIME, "ETag": file.tag}
        if file.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return _maybe_compressed(request, file.content, file.compressed, file.kind, headers)


def _maybe_compressed(
    request: Request, content: bytes, compressed: bytes | None, kind: str, headers: dict[str, str]
) -> Response:
    if compressed is not None:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = compressed
    return Response(content, media_type=kind, headers=headers)
