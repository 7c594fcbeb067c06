"""textDocument/completion and completionItem/resolve.

What takes time of an item, its detail and its documentation, is found when the client asks for it, which it does for the item that
is selected. So the last lists are kept, and items say which they are of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.completion import complete
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang.ide.candidates import Completion
    from contractlang_lsp.session import Session
    from contractlang_lsp.view import View

KINDS = {
    "field": types.CompletionItemKind.Field,
    "function": types.CompletionItemKind.Function,
    "module": types.CompletionItemKind.Module,
    "variable": types.CompletionItemKind.Variable,
    "parameter": types.CompletionItemKind.Variable,
    "contract": types.CompletionItemKind.Interface,
    "tag": types.CompletionItemKind.EnumMember,
    "keyword": types.CompletionItemKind.Keyword,
    "metadata": types.CompletionItemKind.Keyword,
    "type": types.CompletionItemKind.Struct,
    "file": types.CompletionItemKind.File,
    "folder": types.CompletionItemKind.Folder,
}

# A dot for members, a tick for tags, a quote and a slash for import paths, a percent sign's brace for interpolations.
TRIGGERS = [".", "'", '"', "/", "{"]


class CompletionMemory:
    """The lists that were given out last, by number."""

    KEPT = 4

    def __init__(self) -> None:
        self._lists: dict[int, list[Completion]] = {}
        self._number = 0

    def remember(self, items: list[Completion]) -> int:
        self._number += 1
        self._lists[self._number] = items
        self._lists.pop(self._number - self.KEPT, None)
        return self._number

    def recall(self, data: object) -> Completion | None:
        """The item that the data of one names; None if its list is gone."""
        if not isinstance(data, list) or len(data) != 2:
            return None
        number, index = data
        items = self._lists.get(number, [])
        return items[index] if isinstance(index, int) and 0 <= index < len(items) else None


def completion(session: Session, params: types.CompletionParams) -> types.CompletionList:
    view = session.view()
    path, offset = view.at(params)
    found = complete(view.snapshot, path, offset)
    number = session.completions.remember(found)
    return types.CompletionList(
        is_incomplete=False,
        items=[_item(view, path, offset, each, [number, index]) for index, each in enumerate(found)],
    )


def _item(view: View, path: str, offset: int, found: Completion, data: list[int]) -> types.CompletionItem:
    edit = found.edit
    snippet = found.snippet if view.client.snippets else None
    text = snippet or edit.text
    replace = view.range(path, edit.start, edit.end)
    text_edit: types.TextEdit | types.InsertReplaceEdit = types.TextEdit(replace, text)
    if view.client.insert_replace and edit.start <= offset < edit.end:
        text_edit = types.InsertReplaceEdit(text, view.range(path, edit.start, offset), replace)
    return types.CompletionItem(
        label=found.label,
        kind=KINDS[found.kind],
        sort_text=found.sort,
        filter_text=None if found.filter == found.label else found.filter,
        insert_text_format=types.InsertTextFormat.Snippet if snippet else types.InsertTextFormat.PlainText,
        text_edit=text_edit,
        data=data,
    )


def resolve(session: Session, item: types.CompletionItem) -> types.CompletionItem:
    found = session.completions.recall(item.data)
    if found is not None:
        item.detail = found.detail or None
        if found.documentation:
            markdown = session.client.completion_markdown
            kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
            item.documentation = types.MarkupContent(kind, found.documentation)
    return item


REQUESTS = (
    Request(
        types.TEXT_DOCUMENT_COMPLETION,
        completion,
        types.CompletionOptions(trigger_characters=TRIGGERS, resolve_provider=True),
    ),
    Request(types.COMPLETION_ITEM_RESOLVE, resolve),
)
