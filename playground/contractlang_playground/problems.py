"""Why a request of the API is not answered: each is a status, a code, and a sentence."""

from __future__ import annotations

import math

from starlette.responses import JSONResponse


class Refused(Exception):
    """A request that is not answered. `retry`: seconds after which it may be tried again."""

    def __init__(self, status: int, code: str, message: str, retry: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry = retry

    def response(self) -> JSONResponse:
        headers = {} if self.retry is None else {"Retry-After": str(max(1, math.ceil(self.retry)))}
        return JSONResponse({"error": self.code, "message": self.message}, self.status, headers)


def malformed(message: str) -> Refused:
    return Refused(400, "malformed", message)


def too_large(most: int) -> Refused:
    return Refused(413, "too-large", f"the body has more than {most:,} bytes")


def superseded() -> Refused:
    return Refused(409, "superseded", "a newer request has come")


def rate_limited(retry: float) -> Refused:
    return Refused(429, "rate-limited", "too many requests from this address", retry)


def busy() -> Refused:
    return Refused(503, "busy", "too many requests wait: try again in a moment", 1.0)
