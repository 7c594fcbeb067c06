"""What a feature raises instead of answering, and what becomes of it on the wire."""

from __future__ import annotations

from lsprotocol import types
from pygls.exceptions import JsonRpcException


class Refused(Exception):
    """The request cannot be fulfilled, for a reason that the user should read: its sentence."""


def content_modified() -> JsonRpcException:
    """The answer to a request that an edit overtook: clients ask again if they still care."""
    return JsonRpcException("the document was edited meanwhile", types.LSPErrorCodes.ContentModified.value)


def request_failed(sentence: str) -> JsonRpcException:
    """The answer to a well-formed request that cannot be fulfilled."""
    return JsonRpcException(sentence, types.LSPErrorCodes.RequestFailed.value)


def internal_error(method: str, error: BaseException) -> JsonRpcException:
    """The answer when we are at fault; the log has the details."""
    sentence = f"internal error in {method}: {type(error).__name__}; the server's log has the details"
    return JsonRpcException(sentence, types.ErrorCodes.InternalError.value)
