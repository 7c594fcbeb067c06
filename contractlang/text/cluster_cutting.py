r"""Cutting text into grapheme clusters, by one regular expression over the class letters of its code points.

Source: stdlib.md appendix A (UAX #29).
"""

from __future__ import annotations

import re

from contractlang.text.cluster_classes import class_letters

_FROM_U0300 = re.compile("[^\x00-\u02ff]").search
"""Below U+0300 only "\r\n" makes a cluster of two."""

# What begins a cluster decides how it goes on; then follow extenders, spacing marks and joiners. Every loop is possessive or begins
# with a letter that cannot continue what stands before it, so that cutting takes linear time.
_CLUSTER = re.compile(
    "rn|[rnc]"
    "|(?:p*+(?:"
    "l*+(?:v++|wv*+|y)t*+|l++|t++"  # a Hangul syllable
    "|ii?"  # a flag: two regional indicators
    "|x(?:[euk]*+zx)*+"  # pictographs that joiners bind
    "|d(?:[ez]*+k[ekz]*+d)*+"  # a conjunct: consonants that linkers bind
    "|[^rncp]"
    ")|p++)[ezuks]*+"
)
_JOINING = re.compile("[ezuksp]|rn|[lvtwy]{2}|ii").search
"""Without any of these, no two code points share a cluster."""


def cut(text: str) -> list[int] | None:
    """What `boundaries` gives, for any text."""
    if not _FROM_U0300(text) and "\r\n" not in text:
        return None
    letters = class_letters(text)
    if not _JOINING(letters):
        return None
    result = [0]
    result.extend([match.end() for match in _CLUSTER.finditer(letters)])
    return result
