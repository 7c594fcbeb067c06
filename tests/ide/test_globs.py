"""Globs mean what they mean in editors' settings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.ide.globs import matches


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*.json", "a.json", True),
        ("*.json", "deep/down/a.json", True),
        ("*.json", "a.jsonc", False),
        ("etc/*.json", "etc/a.json", True),
        ("etc/*.json", "etc/b/a.json", False),
        ("etc/**", "etc/b/a.json", True),
        ("etc/**/*.json", "etc/a.json", True),
        ("etc/**/*.json", "etc/b/c/a.json", True),
        ("**/a.json", "a.json", True),
        ("./a.json", "a.json", True),
        ("a?.json", "ab.json", True),
        ("a?.json", "a/.json", False),
        ("*.{json,yaml}", "a.yaml", True),
        ("*.{json,yaml}", "a.toml", False),
        ("[ab].json", "b.json", True),
        ("[!ab].json", "b.json", False),
        ("[!ab].json", "c.json", True),
        ("a+b.json", "a+b.json", True),
        ("a[.json", "a[.json", True),
        ("a{b.json", "a{b.json", True),
        ("C:\\etc\\*.json", "C:\\etc\\a.json", True),
    ],
)
def test_globs(glob: str, path: str, expected: bool) -> None:
    assert matches(glob, path) is expected


@given(st.text("a*?[]{}!,-/\\^.", max_size=20), st.text("a/.", max_size=10))
def test_no_glob_raises(glob: str, path: str) -> None:
    assert matches(glob, path) in {True, False}
