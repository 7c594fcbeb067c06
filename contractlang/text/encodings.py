"""Base64 and hashes, of the UTF-8 bytes of strings.

Source: stdlib.md §6, primops.md §4.
"""

from __future__ import annotations

from contractlang.text.errors import TextError

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_URL_SAFE: Final = frozenset({"UrlSafe", "UrlSafeNoPad"})
_PADDED: Final = frozenset({"Standard", "UrlSafe"})
_SYMBOLS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_ALPHABET: Final = {False: _SYMBOLS + b"+/", True: _SYMBOLS + b"-_"}
_TO_URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")
_FROM_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
_PAD: Final = ord("=")

BASE64_VARIANTS: Final = ("Standard", "UrlSafe", "NoPad", "UrlSafeNoPad")
HASH_ALGORITHMS: Final = ("Md5", "Sha1", "Sha256", "Sha512")


def base64_encode(variant: str, text: str) -> str:
    """The UTF-8 bytes of `text` in Base64; `variant` is one of BASE64_VARIANTS."""
    from binascii import b2a_base64

    encoded = b2a_base64(text.encode(), newline=False)
    if variant in _URL_SAFE:
        encoded = encoded.translate(_TO_URL_SAFE)
    if variant not in _PADDED:
        encoded = encoded.rstrip(b"=")
    return encoded.decode("ascii")


def base64_decode(variant: str, text: str) -> str:
    """The text whose UTF-8 bytes `text` encodes. Raises TextError with a sentence that begins `Base64 decoding failed` or
    `Could not convert`: the padding must be as the variant says, and unused bits zero."""
    from binascii import a2b_base64

    data = text.encode()
    url_safe = variant in _URL_SAFE
    alphabet = _ALPHABET[url_safe]
    size = _last_quantum(data, alphabet)
    rejected = data[:size].translate(None, alphabet)
    if rejected:
        raise _invalid_symbol(data, data.index(rejected[0]))
    symbols = _check_last_quantum(data, size, alphabet, padded=variant in _PADDED)
    body = data[: size + symbols] + b"=" * (-symbols % 4)
    decoded = a2b_base64(body.translate(_FROM_URL_SAFE) if url_safe else body)
    try:
        return decoded.decode()
    except UnicodeDecodeError as error:
        raise TextError(_not_text(error)) from None


def _last_quantum(data: bytes, alphabet: bytes) -> int:
    """Where the last, perhaps incomplete, group of four symbols begins: padding is looked for in it alone."""
    rest = len(data) % 4
    if rest == 1 and data[-1] not in alphabet and data[-1] != _PAD:
        raise _invalid_symbol(data, len(data) - 1)  # a final newline, say: better told first
    return len(data) - (rest or min(4, len(data)))


def _check_last_quantum(data: bytes, begin: int, alphabet: bytes, *, padded: bool) -> int:
    """How many symbols the last group has, after all checks on it."""
    pads = 0
    for i in range(begin, len(data)):
        byte = data[i]
        if byte == _PAD:
            if i - begin < 2:
                raise _invalid_symbol(data, i)
            pads += 1
        elif pads:
            raise _invalid_symbol(data, i - pads)
        elif byte not in alphabet:
            raise _invalid_symbol(data, i)
    symbols = len(data) - begin - pads
    if symbols == 1:
        raise TextError(f"Base64 decoding failed: Invalid input length: {len(data)}")
    if (symbols + pads) % 4 if padded else pads:
        raise TextError("Base64 decoding failed: Invalid padding")
    unused = {2: 15, 3: 3}.get(symbols, 0)
    if alphabet.index(data[begin + symbols - 1]) & unused if unused else False:
        offset = begin + symbols - 1
        raise TextError(f"Base64 decoding failed: Invalid last symbol {data[offset]}, offset {offset}.")
    return symbols


def _invalid_symbol(data: bytes, offset: int) -> TextError:
    return TextError(f"Base64 decoding failed: Invalid symbol {data[offset]}, offset {offset}.")


def _not_text(error: UnicodeDecodeError) -> str:
    prefix = "Could not convert decoded value to string: "
    if error.end == len(error.object) and error.reason == "unexpected end of data":
        return f"{prefix}incomplete utf-8 byte sequence from index {error.start}"
    return f"{prefix}invalid utf-8 sequence of {error.end - error.start} bytes from index {error.start}"


def hash_text(algorithm: str, text: str) -> str:
    """The hash of the UTF-8 bytes of `text`, in lower-case hexadecimal; `algorithm` is one of HASH_ALGORITHMS."""
    import hashlib  # takes milliseconds to import, and few programs hash

    return hashlib.new(algorithm.lower(), text.encode(), usedforsecurity=False).hexdigest()
