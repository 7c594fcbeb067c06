"""The properties of characters in Unicode 16, under all their names, and the simple case folding.

The tables stand in data files beside this module rather than in a library, so that a pattern matches the same text whatever
versions of Python and of its libraries run it. They are read when a pattern first needs them.

A line of `unicode_properties.tsv` has three columns: the names of the property, `gc=` for general categories, `sc=` and `scx=` for
scripts and script extensions, `age=`, `gcb=`, `wb=`, `sb=` for versions and breaks, without prefix for binary ones; then names of
other properties, whose union is the basis; then hexadecimal ranges, whose members are in the property if they are not in the
basis, and the other way round.

Source: stdlib.md appendix B; the tables from the reference, by `tests/text/record_unicode.py`.
"""

from __future__ import annotations

from contractlang.text.character_sets import (
    ASCII,
    EVERYTHING,
    CharacterSet,
    complement,
    parse_set,
    symmetric_difference,
    union,
)

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_PREFIXES: Final = {
    "generalcategory": "gc",
    "gc": "gc",
    "script": "sc",
    "sc": "sc",
    "scriptextensions": "scx",
    "scx": "scx",
    "age": "age",
    "graphemeclusterbreak": "gcb",
    "gcb": "gcb",
    "wordbreak": "wb",
    "wb": "wb",
    "sentencebreak": "sb",
    "sb": "sb",
}
_AMBIGUOUS: Final = frozenset({"cf", "lc", "sc"})
"""Names of properties that, standing alone, mean a general category."""
_UNAVAILABLE_NAMES: Final = (
    "age bc bidiclass bidimirroringglyph bidipairedbracket bidipairedbrackettype blk block bmg bpb bpt "
    "canonicalcombiningclass casefolding ccc ce cf changeswhennfkccasefolded cjkaccountingnumeric "
    "cjkcompatibilityvariant cjkiicore cjkirggsource cjkirghsource cjkirgjsource cjkirgkpsource cjkirgksource "
    "cjkirgmsource cjkirgssource cjkirgtsource cjkirguksource cjkirgusource cjkirgvsource cjkothernumeric "
    "cjkprimarynumeric cjkrsunicode compex compositionexclusion cwkcf decompositionmapping decompositiontype dm dt "
    "ea eastasianwidth equideo equivalentunifiedideograph expandsonnfc expandsonnfd expandsonnfkc expandsonnfkd "
    "fcnfkc fcnfkcclosure fullcompositionexclusion gc gcb generalcategory graphemeclusterbreak hangulsyllabletype "
    "hst incb indicconjunctbreak indicpositionalcategory indicsyllabiccategory inpc insc isc jamoshortname jg "
    "joininggroup joiningtype jsn jt kaccountingnumeric kcompatibilityvariant kehcat kiicore kirggsource "
    "kirghsource kirgjsource kirgkpsource kirgksource kirgmsource kirgssource kirgtsource kirguksource kirgusource "
    "kirgvsource kothernumeric kprimarynumeric krsunicode lb lc linebreak lowercasemapping na na1 name namealias "
    "nfcqc nfcquickcheck nfdqc nfdquickcheck nfkccasefold nfkccf nfkcqc nfkcquickcheck nfkcscf nfkcsimplecasefold "
    "nfkdqc nfkdquickcheck nt numerictype numericvalue nv ocomment sb sc scf script scriptextensions scx "
    "sentencebreak sfc simplecasefolding simplelowercasemapping simpletitlecasemapping simpleuppercasemapping slc "
    "stc suc tc titlecasemapping uc unicode1name unicoderadicalstroke uppercasemapping urs verticalorientation vo "
    "wb wordbreak xonfc xonfd xonfkc xonfkd"
)
_UNAVAILABLE: Final = frozenset(_UNAVAILABLE_NAMES.split())
"""Properties that are known by name, but that no pattern can ask for."""
_EMPTY_VALUES: Final = frozenset({"gc=cs", "gc=surrogate", "sc=unknown", "sc=zzzz", "sc=katakanaorhiragana", "sc=hrkt"})
"""Values that exist but hold no character that a text can hold."""

_lines: dict[str, str] | None = None
_sets: dict[str, CharacterSet] = {}


class UnknownProperty(Exception):
    """There is no property of that name."""

    reason = "Unicode property not found"


class UnknownPropertyValue(UnknownProperty):
    """The property has no such value."""

    reason = "Unicode property value not found"


def _table() -> dict[str, str]:
    global _lines  # noqa: PLW0603 - read once, when the first pattern needs it
    if _lines is None:
        from pkgutil import get_data

        data = get_data("contractlang.text", "unicode_properties.tsv")
        assert data is not None
        _lines = {
            name: line for line in data.decode("ascii").splitlines() for name in line.partition("\t")[0].split(" ")
        }
    return _lines


def property_named(name: str) -> CharacterSet:
    """The characters with a property, by one of the names in the table."""
    known = _sets.get(name)
    if known is None:
        names, bases, ranges = _table()[name].split("\t")
        known = ()
        for base in bases.split():
            known = union(known, property_named(base))
        known = symmetric_difference(known, parse_set(ranges))
        for alias in names.split():
            _sets[alias] = known
    return known


_WORD: Final = ("alphabetic", "gc=mark", "gc=decimalnumber", "gc=connectorpunctuation", "joincontrol")


def perl_class(letter: str) -> CharacterSet:
    r"""What `\d`, `\s` or `\w` matches."""
    if letter == "d":
        return property_named("gc=decimalnumber")
    if letter == "s":
        return property_named("whitespace")
    known = _sets.get("\\w")
    if known is None:
        known = ()
        for name in _WORD:
            known = union(known, property_named(name))
        _sets["\\w"] = known
    return known


def find_property(name: str, value: str | None) -> CharacterSet:
    r"""What `\p{name}` or `\p{name=value}` matches; case, spaces, hyphens, underscores and a leading "is" do not count.

    Raises UnknownProperty, or UnknownPropertyValue.
    """
    table = _table()
    key = _normal(name)
    if value is None:
        if key not in _AMBIGUOUS and key in table:
            return property_named(key)
        return _valued("gc", key) or _valued("sc", key) or _unknown(UnknownProperty)
    prefix = _PREFIXES.get(key)
    if prefix is None:
        _unknown(UnknownPropertyValue if key in table or key in _UNAVAILABLE else UnknownProperty)
    return _valued(prefix or "", _normal(value)) or _unknown(UnknownPropertyValue)


def _unknown(error: type[UnknownProperty]) -> CharacterSet:
    raise error


def _valued(prefix: str, value: str) -> CharacterSet | None:
    if prefix == "gc" and value in {"any", "ascii", "assigned"}:
        return {"any": EVERYTHING, "ascii": ASCII}.get(value) or complement(property_named("gc=unassigned"))
    key = f"{prefix}={value}"
    if key in _EMPTY_VALUES:
        raise UnknownPropertyValue
    return property_named(key) if key in _table() else None


def _normal(name: str) -> str:
    """A name as in the table."""
    kept = "".join(char for char in name if char.isascii() and char not in " _-").lower()
    begins_with_is = name[:2].lower() == "is"
    if begins_with_is and kept != "isc":  # the abbreviation of ISO_Comment
        kept = kept[2:]
    return kept
