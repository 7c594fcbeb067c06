"""What the owner of a workspace may choose."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence


class Settings:
    """`import_paths`: directories that imports are also looked for in; `edition`: "2021" for programs that do not say their own;
    `data_contracts`: pairs of a glob and the path of a contract that data files which match it have to satisfy."""

    __slots__ = ("data_contracts", "edition", "import_paths")

    def __init__(
        self,
        import_paths: Sequence[str] = (),
        edition: str | None = None,
        data_contracts: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.import_paths = tuple(import_paths)
        self.edition = edition
        self.data_contracts = tuple(data_contracts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and all(
            getattr(self, name) == getattr(other, name) for name in Settings.__slots__
        )

    __hash__ = None  # type: ignore[assignment] # compared, never looked up
