from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.text.encodings import BASE64_VARIANTS, HASH_ALGORITHMS, base64_decode, base64_encode, hash_text
from contractlang.text.errors import TextError
from text.reference import evaluate_all, literal, sampler


def test_encode() -> None:
    cases = [("Standard", "é?>~"), ("UrlSafe", "é?>~"), ("NoPad", "ab"), ("UrlSafeNoPad", "a")]
    assert [base64_encode(variant, text) for variant, text in cases] == ["w6k/Pn4=", "w6k_Pn4=", "YWI", "YQ"]


def test_decode() -> None:
    cases = [("Standard", "w6k/Pn4="), ("NoPad", "YWI"), ("UrlSafe", "")]
    assert [base64_decode(variant, text) for variant, text in cases] == ["é?>~", "ab", ""]


@pytest.mark.parametrize(
    ("variant", "text", "message"),
    [
        ("Standard", "YWI", "Base64 decoding failed: Invalid padding"),
        ("NoPad", "YWI=", "Base64 decoding failed: Invalid padding"),
        ("Standard", "A", "Base64 decoding failed: Invalid input length: 1"),
        ("Standard", "YW J", "Base64 decoding failed: Invalid symbol 32, offset 2."),
        ("Standard", "YWI=YWI=", "Base64 decoding failed: Invalid symbol 61, offset 3."),
        ("NoPad", "YWJ", "Base64 decoding failed: Invalid last symbol 74, offset 2."),
        (
            "Standard",
            "/w==",
            "Could not convert decoded value to string: invalid utf-8 sequence of 1 bytes from index 0",
        ),
        ("Standard", "4oI=", "Could not convert decoded value to string: incomplete utf-8 byte sequence from index 0"),
    ],
)
def test_decode_refuses(variant: str, text: str, message: str) -> None:
    with pytest.raises(TextError) as caught:
        base64_decode(variant, text)
    assert caught.value.message == message


@given(st.sampled_from(BASE64_VARIANTS), st.text())
def test_round_trip(variant: str, text: str) -> None:
    assert base64_decode(variant, base64_encode(variant, text)) == text


def decoded(variant: str, text: str) -> str:
    try:
        return base64_decode(variant, text)
    except TextError as error:
        return "! " + error.message


def test_decode_of_the_reference() -> None:
    sample = sampler(41)
    cases = []
    for _ in range(6000):
        kind = sample.randrange(3)
        if kind == 0:
            text = "".join(sample.choices("AQgwYWJ=+/-_ \né", k=sample.randrange(0, 10)))
        elif kind == 1:  # bytes that are not always UTF-8
            text = base64.b64encode(
                bytes(sample.choices(b"a\x80\xbf\xc2\xe2\x82\xed\xa0\xf0\x9f\xf4\x90\xff", k=sample.randrange(1, 7)))
            )
            text = text.decode()
        else:  # nearly right
            text = base64.b64encode("aé€".encode()[: sample.randrange(7)]).decode()
            at = sample.randrange(len(text) + 1)
            text = text[:at] + sample.choice("A=/é") + text[at + sample.randrange(2) :]
        cases.append((sample.choice(BASE64_VARIANTS), text))
    expected = evaluate_all(
        f"%string/base64_decode% '{variant} {literal(text)} |> match {{ 'Ok t => t, 'Error {{ message }} => \"! \" ++ message }}"
        for variant, text in cases
    )
    assert [decoded(variant, text) for variant, text in cases] == expected


def test_hash() -> None:
    assert hash_text("Sha256", "") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_hash_and_encode_of_the_reference() -> None:
    samples = ["", "a", "é€\U0001f600", "x" * 1000]
    hashes = [(algorithm, text) for algorithm in HASH_ALGORITHMS for text in samples]
    assert [hash_text(algorithm, text) for algorithm, text in hashes] == evaluate_all(
        f"%hash% '{algorithm} {literal(text)}" for algorithm, text in hashes
    )
    encodings = [(variant, text) for variant in BASE64_VARIANTS for text in samples]
    assert [base64_encode(variant, text) for variant, text in encodings] == evaluate_all(
        f"%string/base64_encode% '{variant} {literal(text)}" for variant, text in encodings
    )
