"""The types of operators and primitives (typing.md §9, primops.md)."""

from __future__ import annotations

from contractlang.typecheck.types import BOOL, DYN, NUMBER, STRING, Arrow, Ty

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.typecheck.state import State

# The type of all operands (None: any type, each its own) and of the result.
OPERATORS: dict[str, tuple[Ty | None, Ty]] = {
    "+": (NUMBER, NUMBER),
    "-": (NUMBER, NUMBER),
    "*": (NUMBER, NUMBER),
    "/": (NUMBER, NUMBER),
    "%": (NUMBER, NUMBER),
    "neg": (NUMBER, NUMBER),
    "<": (NUMBER, BOOL),
    "<=": (NUMBER, BOOL),
    ">": (NUMBER, BOOL),
    ">=": (NUMBER, BOOL),
    "==": (None, BOOL),
    "!=": (None, BOOL),
    "!": (BOOL, BOOL),
    "++": (STRING, STRING),
    "&": (DYN, DYN),
    "&piecewise": (DYN, DYN),
}
AND_OR = BOOL

_KINDS = "[| 'Number, 'Bool, 'String, 'Enum, 'Function, 'CustomContract, 'Array, 'Record, 'Label, 'ForeignId, 'Type, 'Other |]"
_BASE64 = "[| 'Standard, 'UrlSafe, 'NoPad, 'UrlSafeNoPad |]"
_FORMATS = "[| 'Json, 'Toml, 'Yaml, 'YamlDocuments |]"
_FOUND = "{ matched : String, index : Number, groups : Array String }"
_CASTS = (
    "[| 'Number Number, 'Bool Bool, 'String String, 'Enum Dyn, 'Label Dyn, 'Function (Dyn -> Dyn), 'Array (Array Dyn), "
    "'Record { _ : Dyn }, 'ForeignId Dyn, 'CustomContract Dyn, 'Type Dyn, 'Other Dyn |]"
)

_ERROR = "{ message | String | optional, notes | Array String | optional, blame_location | Dyn | optional }"

PRIMITIVES = {
    "@": "forall a. Array a -> Array a -> Array a",
    "typeof": f"Dyn -> {_KINDS}",
    "cast": f"Dyn -> {_CASTS}",
    "seq": "forall a b. a -> b -> b",
    "deep_seq": "forall a b. a -> b -> b",
    "force": "Dyn -> Dyn",
    "trace": "forall a. String -> a -> a",
    "to_string": "Dyn -> String",
    "pow": "Number -> Number -> Number",
    "number/log": "Number -> Number -> Number",
    "number/sin": "Number -> Number",
    "number/cos": "Number -> Number",
    "number/tan": "Number -> Number",
    "number/arcsin": "Number -> Number",
    "number/arccos": "Number -> Number",
    "number/arctan": "Number -> Number",
    "number/arctan2": "Number -> Number -> Number",
    "number/from_string": "String -> Number",
    "string/length": "String -> Number",
    "string/chars": "String -> Array String",
    "string/trim": "String -> String",
    "string/uppercase": "String -> String",
    "string/lowercase": "String -> String",
    "string/split": "String -> String -> Array String",
    "string/contains": "String -> String -> Bool",
    "string/compare": "String -> String -> [| 'Lesser, 'Equal, 'Greater |]",
    "string/replace": "String -> String -> String -> String",
    "string/replace_regex": "String -> String -> String -> String",
    "string/substr": "String -> Number -> Number -> String",
    "string/is_match": "String -> String -> Bool",
    "string/find": f"String -> String -> {_FOUND}",
    "string/find_all": f"String -> String -> Array {_FOUND}",
    "string/base64_encode": f"{_BASE64} -> String -> String",
    "string/base64_decode": f"{_BASE64} -> String -> [| 'Ok String, 'Error {{ message : String }} |]",
    "hash": "[| 'Md5, 'Sha1, 'Sha256, 'Sha512 |] -> String -> String",
    "serialize": f"forall a. {_FORMATS} -> a -> String",
    "deserialize": f"{_FORMATS} -> String -> Dyn",
    "array/length": "forall a. Array a -> Number",
    "array/at": "forall a. Array a -> Number -> a",
    "array/slice": "forall a. Number -> Number -> Array a -> Array a",
    "array/map": "forall a b. Array a -> (a -> b) -> Array b",
    "array/generate": "forall a. Number -> (Number -> a) -> Array a",
    "record/fields": "forall a. { _ : a } -> Array String",
    "record/fields_with_opts": "forall a. { _ : a } -> Array String",
    "record/values": "forall a. { _ : a } -> Array a",
    "record/has_field": "forall a. String -> { _ : a } -> Bool",
    "record/has_field_with_opts": "forall a. String -> { _ : a } -> Bool",
    "record/field_is_defined": "forall a. String -> { _ : a } -> Bool",
    "record/field_is_defined_with_opts": "forall a. String -> { _ : a } -> Bool",
    "record/insert": "forall a. String -> { _ : a } -> a -> { _ : a }",
    "record/insert_with_opts": "forall a. String -> { _ : a } -> a -> { _ : a }",
    "record/remove": "forall a. String -> { _ : a } -> { _ : a }",
    "record/remove_with_opts": "forall a. String -> { _ : a } -> { _ : a }",
    "record/map": "forall a b. { _ : a } -> (String -> a -> b) -> { _ : b }",
    "record/freeze": "forall a. { _ : a } -> { _ : a }",
    "record/split_pair": (
        "forall a. { _ : a } -> { _ : a } -> "
        "{ left_only : { _ : a }, right_only : { _ : a }, left_center : { _ : a }, right_center : { _ : a } }"
    ),
    "record/disjoint_merge": "forall a. { _ : a } -> { _ : a } -> { _ : a }",
    "record/merge_contract": "Dyn -> Dyn -> Dyn -> Dyn",
    "record/empty_with_tail": "Dyn -> Dyn",
    "record/seal_tail": "Key -> Dyn -> Dyn -> Dyn -> Dyn",
    "record/unseal_tail": "Key -> Dyn -> Dyn -> Dyn",
    "enum/make_variant": "String -> Dyn -> Dyn",
    "enum/is_variant": "Dyn -> Bool",
    "enum/get_tag": "Dyn -> Dyn",
    "enum/get_arg": "Dyn -> Dyn",
    "contract/custom": f"(Dyn -> Dyn -> [| 'Ok Dyn, 'Error {_ERROR} |]) -> Dyn",
    "contract/apply": "Dyn -> Dyn -> Dyn -> Dyn",
    "contract/check": f"Dyn -> Dyn -> Dyn -> [| 'Ok Dyn, 'Error {_ERROR} |]",
    "contract/array_lazy_apply": "forall a. Dyn -> Dyn -> Array a -> Array a",
    "contract/record_lazy_apply": "forall a. Dyn -> { _ : a } -> Dyn -> { _ : a }",
    "blame": "forall a. Dyn -> a",
    "label/with_message": "String -> Dyn -> Dyn",
    "label/append_note": "String -> Dyn -> Dyn",
    "label/with_notes": "Array String -> Dyn -> Dyn",
    "label/push_diag": "Dyn -> Dyn",
    "label/polarity": "Dyn -> [| 'Positive, 'Negative |]",
    "label/flip_polarity": "Dyn -> Dyn",
    "label/go_dom": "Dyn -> Dyn",
    "label/go_codom": "Dyn -> Dyn",
    "label/go_array": "Dyn -> Dyn",
    "label/go_dict": "Dyn -> Dyn",
    "label/go_field": "String -> Dyn -> Dyn",
    "label/insert_type_variable": "Key -> Dyn -> Dyn -> Dyn",
    "label/lookup_type_variable": "Key -> Dyn -> Dyn",
    "seal": "Key -> Dyn -> Dyn -> Dyn",
    "unseal": "Key -> Dyn -> Dyn -> Dyn",
}


_ORDER = "[| 'Lesser, 'Equal, 'Greater |]"

# The primitives of the library alone.
INTERNAL_PRIMITIVES = {
    "is_stringable": "Dyn -> Bool",
    "contract/from_predicate": "(Dyn -> Bool) -> Dyn",
    "contract/from_validator": f"(Dyn -> [| 'Ok, 'Error {_ERROR} |]) -> Dyn",
    "contract/equal": "Dyn -> Dyn -> Dyn -> Dyn",
    "contract/check_any": f"Array Dyn -> Dyn -> Dyn -> [| 'Ok Dyn, 'Error {_ERROR} |]",
    "contract/check_all": f"Array Dyn -> Dyn -> Dyn -> [| 'Ok Dyn, 'Error {_ERROR} |]",
    "function/native": "forall a. String -> a",
    "guard/index": "Dyn -> Dyn -> Dyn -> Dyn",
    "guard/slice": "Dyn -> Dyn -> Dyn",
    "guard/field": "Dyn -> Dyn -> Dyn -> Dyn",
    "number/compare": f"Number -> Number -> {_ORDER}",
    "number/is_integer": "Number -> Bool",
    "number/floor": "Number -> Number",
    "number/ceil": "Number -> Number",
    "number/truncate": "Number -> Number",
    "string/join": "Array String -> String -> String",
    "array/at_or": "forall a. Number -> Array a -> a -> a",
    "array/replicate": "forall a. Number -> a -> Array a",
    "array/range_step": "Number -> Number -> Number -> Array Number",
    "array/append": "forall a. Array a -> a -> Array a",
    "array/prepend": "forall a. Array a -> a -> Array a",
    "array/intersperse": "forall a. Array a -> a -> Array a",
    "array/flatten": "forall a. Array (Array a) -> Array a",
    "array/flat_map": "forall a b. Array a -> (a -> Array b) -> Array b",
    "array/map_with_index": "forall a b. Array a -> (Number -> a -> b) -> Array b",
    "array/zip_with": "forall a b c. Array a -> Array b -> (a -> b -> c) -> Array c",
    "array/reverse": "forall a. Array a -> Array a",
    "array/fold_left": "forall a b. Array b -> (a -> b -> a) -> a -> a",
    "array/fold_right": "forall a b. Array a -> (a -> b -> b) -> b -> b",
    "array/try_fold_left": "forall a b c. Array c -> (a -> c -> [| 'Ok a, 'Error b |]) -> a -> [| 'Ok a, 'Error b |]",
    "array/reduce_left": "forall a. Array a -> (a -> a -> a) -> a",
    "array/reduce_right": "forall a. Array a -> (a -> a -> a) -> a",
    "array/all": "forall a. Array a -> (a -> Bool) -> Bool",
    "array/any": "forall a. Array a -> (a -> Bool) -> Bool",
    "array/elem": "Array Dyn -> Dyn -> Bool",
    "array/filter": "forall a. Array a -> (a -> Bool) -> Array a",
    "array/filter_map": "forall a b. Array a -> (a -> [| 'Some b, 'None |]) -> Array b",
    "array/partition": "forall a. Array a -> (a -> Bool) -> { right : Array a, wrong : Array a }",
    "array/group": "forall a. Array a -> (a -> String) -> { _ : Array a }",
    "array/chunk": "forall a. Array a -> (a -> Dyn) -> Array (Array a)",
    "array/dedup": "Array Dyn -> Array Dyn",
    "array/sort": f"forall a. Array a -> (a -> a -> {_ORDER}) -> Array a",
    "array/compare": f"forall a. Array a -> Array a -> (a -> a -> {_ORDER}) -> {_ORDER}",
    "array/dedup_sorted": f"forall a. Array a -> (a -> a -> {_ORDER}) -> Array a",
    "record/update": "forall a. String -> { _ : a } -> a -> { _ : a }",
    "record/from_array": "forall a. Array { field : String, value : a } -> { _ : a }",
    "record/to_array": "forall a. { _ : a } -> Array { field : String, value : a }",
    "record/filter": "forall a. { _ : a } -> (String -> a -> Bool) -> { _ : a }",
    "record/merge_all": "Array { _ : Dyn } -> { _ : Dyn }",
}


def primitive_type(state: State, name: str) -> Ty:
    """The type of a primitive; one that is not listed here takes and gives `Dyn`."""
    text = PRIMITIVES.get(name) or INTERNAL_PRIMITIVES.get(name)
    if text is None:
        return Arrow(DYN, Arrow(DYN, Arrow(DYN, Arrow(DYN, DYN))))
    return state.library.signature(text)
