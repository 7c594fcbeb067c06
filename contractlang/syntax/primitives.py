"""The primitive operators `%name%` that the language has (section 8 of its syntax).

Each has strict arguments, which the parser demands as atoms right after the operator and which are evaluated before it runs, and
lazy ones, which are ordinary arguments of an application.
"""

from __future__ import annotations

PRIMITIVES: dict[str, tuple[int, int]] = {
    # Types and evaluation.
    "typeof": (1, 0),
    "cast": (1, 0),
    "force": (1, 0),
    "seq": (1, 1),
    "deep_seq": (1, 1),
    "trace": (1, 1),
    # Labels and blame.
    "blame": (1, 0),
    "label/flip_polarity": (1, 0),
    "label/polarity": (1, 0),
    "label/go_dom": (1, 0),
    "label/go_codom": (1, 0),
    "label/go_array": (1, 0),
    "label/go_dict": (1, 0),
    "label/push_diag": (1, 0),
    "label/go_field": (2, 0),
    "label/with_message": (2, 0),
    "label/with_notes": (2, 0),
    "label/append_note": (2, 0),
    "label/lookup_type_variable": (2, 0),
    "label/insert_type_variable": (3, 0),
    # Contracts and sealing.
    "contract/custom": (1, 0),
    "contract/apply": (2, 1),
    "contract/check": (2, 1),
    "contract/array_lazy_apply": (2, 1),
    "contract/record_lazy_apply": (2, 1),
    "seal": (2, 0),
    "unseal": (2, 1),
    # Numbers.
    "number/from_string": (1, 0),
    "number/arccos": (1, 0),
    "number/arcsin": (1, 0),
    "number/arctan": (1, 0),
    "number/cos": (1, 0),
    "number/sin": (1, 0),
    "number/tan": (1, 0),
    "number/arctan2": (2, 0),
    "number/log": (2, 0),
    "pow": (2, 0),
    # Strings.
    "to_string": (1, 0),
    "string/trim": (1, 0),
    "string/chars": (1, 0),
    "string/uppercase": (1, 0),
    "string/lowercase": (1, 0),
    "string/length": (1, 0),
    "string/is_match": (1, 0),
    "string/find": (1, 0),
    "string/find_all": (1, 0),
    "string/split": (2, 0),
    "string/contains": (2, 0),
    "string/compare": (2, 0),
    "string/base64_encode": (2, 0),
    "string/base64_decode": (2, 0),
    "string/replace": (3, 0),
    "string/replace_regex": (3, 0),
    "string/substr": (3, 0),
    "hash": (2, 0),
    "serialize": (2, 0),
    "deserialize": (2, 0),
    # Enums.
    "enum/from_string": (1, 0),
    "enum/get_arg": (1, 0),
    "enum/get_tag": (1, 0),
    "enum/is_variant": (1, 0),
    "enum/make_variant": (1, 1),
    "enum/embed": (1, 0),
    # Arrays.
    "array/length": (1, 0),
    "array/map": (1, 1),
    "array/generate": (1, 1),
    "array/at": (2, 0),
    "array/slice": (3, 0),
    # Records.
    "record/fields": (1, 0),
    "record/fields_with_opts": (1, 0),
    "record/values": (1, 0),
    "record/empty_with_tail": (1, 0),
    "record/freeze": (1, 0),
    "record/map": (1, 1),
    "record/has_field": (2, 0),
    "record/has_field_with_opts": (2, 0),
    "record/field_is_defined": (2, 0),
    "record/field_is_defined_with_opts": (2, 0),
    "record/remove": (2, 0),
    "record/remove_with_opts": (2, 0),
    "record/split_pair": (2, 0),
    "record/disjoint_merge": (2, 0),
    "record/insert": (2, 1),
    "record/insert_with_opts": (2, 1),
    "record/unseal_tail": (3, 0),
    "record/merge_contract": (3, 0),
    "record/seal_tail": (4, 0),
}

# More of them, for the standard library alone: what it does faster in Python than in the language itself.
INTERNAL_PRIMITIVES: dict[str, tuple[int, int]] = {
    # Evaluation.
    "is_stringable": (1, 0),
    # Contracts.
    "contract/from_predicate": (1, 0),
    "contract/from_validator": (1, 0),
    "contract/equal": (1, 2),
    "contract/check_any": (2, 1),
    "contract/check_all": (2, 1),
    "function/native": (1, 0),
    "guard/index": (1, 1),
    "guard/slice": (1, 1),
    "guard/field": (1, 1),
    # Numbers.
    "number/compare": (2, 0),
    "number/is_integer": (1, 0),
    "number/floor": (1, 0),
    "number/ceil": (1, 0),
    "number/truncate": (1, 0),
    # Strings.
    "string/join": (1, 1),
    # Arrays.
    "array/at_or": (2, 1),
    "array/replicate": (1, 1),
    "array/range_step": (3, 0),
    "array/append": (1, 1),
    "array/prepend": (1, 1),
    "array/intersperse": (1, 1),
    "array/flatten": (1, 0),
    "array/flat_map": (1, 1),
    "array/map_with_index": (1, 1),
    "array/zip_with": (2, 1),
    "array/reverse": (1, 0),
    "array/fold_left": (1, 2),
    "array/fold_right": (1, 2),
    "array/try_fold_left": (1, 2),
    "array/reduce_left": (1, 1),
    "array/reduce_right": (1, 1),
    "array/all": (1, 1),
    "array/any": (1, 1),
    "array/elem": (1, 1),
    "array/filter": (1, 1),
    "array/filter_map": (1, 1),
    "array/partition": (1, 1),
    "array/group": (1, 1),
    "array/chunk": (1, 1),
    "array/dedup": (1, 0),
    "array/sort": (1, 1),
    "array/compare": (2, 1),
    "array/dedup_sorted": (1, 1),
    # Records.
    "record/update": (2, 1),
    "record/from_array": (1, 0),
    "record/to_array": (1, 0),
    "record/filter": (1, 1),
    "record/merge_all": (1, 0),
}

# Takes a bare identifier before its argument.
EMBED = "enum/embed"

# A legal token for something that no build of ours has.
DISABLED_PRIMITIVE = "eval_nix"
