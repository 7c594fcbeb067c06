"""Every request about a document, over real pipes: what is asked, and that positions arrive and return where they should."""

from __future__ import annotations

from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from lsp.editor import Editor, numbers

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_hover_tells_type_and_documentation(editor: Editor) -> None:
    at = editor.open('{ «po$0rt» | Number | doc "Where it 😀 listens." = 80 }')
    hover = await editor.client.text_document_hover_async(types.HoverParams(**at.at()))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert hover.contents.kind == types.MarkupKind.Markdown
    assert "port | Number" in hover.contents.value
    assert "Where it 😀 listens." in hover.contents.value
    assert hover.range is not None
    assert [(at.main, *numbers(hover.range))] == at.stretches


async def test_hover_over_nothing_is_nothing(editor: Editor) -> None:
    at = editor.open("{ a = 1 }\n$0\n")
    assert await editor.client.text_document_hover_async(types.HoverParams(**at.at())) is None


async def completions(editor: Editor, at: Any) -> types.CompletionList:
    found = await editor.client.text_document_completion_async(types.CompletionParams(**at.at()))
    assert isinstance(found, types.CompletionList)
    return found


def item(found: types.CompletionList, label: str) -> types.CompletionItem:
    return next(each for each in found.items if each.label == label)


async def test_completion_of_the_library_and_its_documentation_on_demand(editor: Editor) -> None:
    at = editor.open("std.array.fold$0")
    found = item(await completions(editor, at), "fold_left")
    assert found.kind == types.CompletionItemKind.Function
    assert found.documentation is None
    assert isinstance(found.text_edit, types.TextEdit)
    assert found.text_edit.new_text == "fold_left"
    resolved = await editor.client.completion_item_resolve_async(found)
    assert isinstance(resolved.documentation, types.MarkupContent)
    assert resolved.documentation.value
    assert resolved.detail


async def test_completion_in_a_half_typed_text(editor: Editor) -> None:
    at = editor.open('let server = { port = 80, host = "a" } in\n{ url = server.$0\n, other = ')
    assert {"port", "host"} <= {each.label for each in (await completions(editor, at)).items}


async def test_completion_within_a_word_offers_to_insert_or_to_replace(editor: Editor) -> None:
    at = editor.open("let long_name = 1 in lo$0ng")
    edit = item(await completions(editor, at), "long_name").text_edit
    if isinstance(edit, types.InsertReplaceEdit):
        assert (edit.insert.end.character, edit.replace.end.character) == (23, 25)
    else:
        assert edit is not None
        assert edit.range.end.character == 25


async def test_signature_help(editor: Editor) -> None:
    at = editor.open("let f : Number -> String -> Bool = fun n s => true in f 1 $0")
    found = await editor.client.text_document_signature_help_async(types.SignatureHelpParams(**at.at()))
    assert found is not None
    assert found.active_parameter == 1
    label = found.signatures[0].label
    parameters = found.signatures[0].parameters
    assert parameters is not None
    start, end = parameters[1].label if isinstance(parameters[1].label, tuple) else (0, 0)
    assert "String" in label[start:end]


async def test_definition_across_files(editor: Editor) -> None:
    at = editor.open(
        """
        let lib = import "lib.ncl" in lib.inner.po$0rt
        -- file: lib.ncl
        # 😀
        { inner = { «port» = 80 } }
        """
    )
    found = await editor.client.text_document_definition_async(types.DefinitionParams(**at.at()))
    assert at.shown(found) == at.stretches


async def test_declaration_of_a_field_is_in_its_contract(editor: Editor) -> None:
    at = editor.open("let C = { «port» | Number } in { a | C = { po$0rt = 80 } }")
    found = await editor.client.text_document_declaration_async(types.DeclarationParams(**at.at()))
    assert at.shown(found) == at.stretches


async def test_type_definition_is_the_contract(editor: Editor) -> None:
    at = editor.open("let «Port» = std.number.PosNat in { po$0rt | Port = 80 }")
    found = await editor.client.text_document_type_definition_async(types.TypeDefinitionParams(**at.at()))
    assert at.shown(found) == at.stretches


async def test_definition_in_the_library_is_a_file_that_can_be_opened(editor: Editor) -> None:
    at = editor.open("std.array.m$0ap")
    found = await editor.client.text_document_definition_async(types.DefinitionParams(**at.at()))
    assert isinstance(found, list)
    assert isinstance(found[0], types.Location)
    assert found[0].uri.startswith("file:")
    assert found[0].uri.endswith("/array.ncl")


async def test_references_with_and_without_the_declaration(editor: Editor) -> None:
    at = editor.open("let «x»$0 = 1 in [«x», «x»]")
    for declaration, wanted in ((True, at.stretches), (False, at.stretches[1:])):
        context = types.ReferenceContext(include_declaration=declaration)
        found = await editor.client.text_document_references_async(types.ReferenceParams(context=context, **at.at()))
        assert at.shown(found) == wanted


async def test_highlights_tell_reads_from_writes(editor: Editor) -> None:
    at = editor.open("let x$0 = 1 in x + 1")
    found = await editor.client.text_document_document_highlight_async(types.DocumentHighlightParams(**at.at()))
    assert found is not None
    assert [each.kind for each in found] == [types.DocumentHighlightKind.Write, types.DocumentHighlightKind.Read]


async def test_rename_in_all_files(editor: Editor) -> None:
    at = editor.open(
        """
        let lib = import "lib.ncl" in lib.po$0rt + lib.port
        -- file: lib.ncl
        { port = 80 }
        """
    )
    prepared = await editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(**at.at()))
    assert isinstance(prepared, types.PrepareRenamePlaceholder)
    assert prepared.placeholder == "port"
    params = types.RenameParams(new_name="number", **at.at())
    edit = await editor.client.text_document_rename_async(params)
    assert edit is not None
    assert edit.document_changes is not None
    changed = {
        change.text_document.uri: len(change.edits)
        for change in edit.document_changes
        if isinstance(change, types.TextDocumentEdit)
    }
    assert changed == {at.uri("main.ncl"): 2, at.uri("lib.ncl"): 1}
    versions = [change.text_document.version for change in edit.document_changes]  # type: ignore[union-attr]
    assert sorted(versions, key=str) == [1, None]


async def test_what_cannot_be_renamed_is_refused_with_a_reason(editor: Editor) -> None:
    at = editor.open("std.array.m$0ap")
    with pytest.raises(JsonRpcException) as caught:
        await editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(**at.at()))
    assert caught.value.code == types.LSPErrorCodes.RequestFailed.value
    assert "library" in caught.value.message


async def test_document_symbols_nest(editor: Editor) -> None:
    at = editor.open("{ a = { b | Number = 1 }, f = fun x => x }")
    params = types.DocumentSymbolParams(at.identifier())
    found = await editor.client.text_document_document_symbol_async(params)
    assert found is not None
    symbols = [each for each in found if isinstance(each, types.DocumentSymbol)]
    assert [each.name for each in symbols] == ["a", "f"]
    assert symbols[1].kind == types.SymbolKind.Function
    assert [each.name for each in symbols[0].children or []] == ["b"]


async def test_workspace_symbols_in_files_that_are_not_open(editor: Editor) -> None:
    at = editor.write("{ quite_special_name = 1 }")
    editor.client.workspace_did_change_watched_files(
        types.DidChangeWatchedFilesParams([types.FileEvent(at.uri(), types.FileChangeType.Created)])
    )
    found = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("quitespecial"))
    assert found is not None
    assert [each.name for each in found] == ["quite_special_name"]
    symbol = types.WorkspaceSymbol(found[0].location, found[0].name, found[0].kind)
    resolved = await editor.client.workspace_symbol_resolve_async(symbol)
    assert isinstance(resolved.location, types.Location)
    assert resolved.location.uri == at.uri()


def decoded(data: Any, capabilities: types.ServerCapabilities | None) -> list[tuple[int, int, int, str]]:
    """Semantic tokens as line, character, length and type."""
    assert capabilities is not None
    options = capabilities.semantic_tokens_provider
    assert isinstance(options, types.SemanticTokensOptions)
    legend = options.legend.token_types
    found = []
    line = character = 0
    for at in range(0, len(data), 5):
        down, right, length, kind, _ = data[at : at + 5]
        line, character = (line + down, right) if down else (line, character + right)
        found.append((line, character, length, legend[kind]))
    return found


async def test_semantic_tokens_whole_in_part_and_as_a_difference(editor: Editor) -> None:
    at = editor.open('# 😀\nlet x = "é😀" in\n{ a = x }\n')
    params = types.SemanticTokensParams(at.identifier())
    full = await editor.client.text_document_semantic_tokens_full_async(params)
    assert full is not None
    tokens = decoded(full.data, editor.server_capabilities)
    assert (0, 0, 4, "comment") in tokens
    assert (1, 0, 3, "keyword") in tokens
    assert (1, 8, 5, "string") in tokens
    part = await editor.client.text_document_semantic_tokens_range_async(
        types.SemanticTokensRangeParams(at.identifier(), types.Range(types.Position(2, 0), types.Position(3, 0)))
    )
    assert part is not None
    assert decoded(part.data, editor.server_capabilities) == [token for token in tokens if token[0] == 2]

    editor.replace(at, "a = x", "abc = x")
    assert full.result_id is not None
    delta = await editor.client.text_document_semantic_tokens_full_delta_async(
        types.SemanticTokensDeltaParams(at.identifier(), full.result_id)
    )
    assert isinstance(delta, types.SemanticTokensDelta)
    after = list(full.data)
    for edit in delta.edits:
        after[edit.start : edit.start + edit.delete_count] = edit.data or []
    again = await editor.client.text_document_semantic_tokens_full_async(params)
    assert again is not None
    assert after == list(again.data)
    assert len(delta.edits[0].data or []) < len(after)


async def test_a_difference_to_an_unknown_answer_is_the_whole_answer(editor: Editor) -> None:
    at = editor.open("{ a = 1 }")
    found = await editor.client.text_document_semantic_tokens_full_delta_async(
        types.SemanticTokensDeltaParams(at.identifier(), "unheard of")
    )
    assert isinstance(found, types.SemanticTokens)
    assert found.data


async def test_inlay_hints(editor: Editor) -> None:
    at = editor.open("let double = fun n => n * 2 in\nlet x = double 4 in\n{ a = x }")
    found = await editor.client.text_document_inlay_hint_async(types.InlayHintParams(at.identifier(), at.all()))
    assert found
    assert all(isinstance(hint.label, str) for hint in found)
    resolved = await editor.client.inlay_hint_resolve_async(found[0])
    assert resolved.tooltip


async def test_folding(editor: Editor) -> None:
    at = editor.open("# one\n# two\n{\n  a = {\n    b = 1,\n  },\n}\n")
    found = await editor.client.text_document_folding_range_async(types.FoldingRangeParams(at.identifier()))
    assert found is not None
    assert {(each.start_line, each.end_line) for each in found} >= {(0, 1), (2, 5), (3, 4)}


async def test_selection_grows(editor: Editor) -> None:
    at = editor.open("{ a = f (x$0 + 1) }")
    position = at.at()["position"]
    params = types.SelectionRangeParams(at.identifier(), [position, types.Position(0, 0)])
    found = await editor.client.text_document_selection_range_async(params)
    assert found is not None
    assert len(found) == 2
    widths = []
    step: types.SelectionRange | None = found[0]
    while step is not None:
        widths.append(step.range.end.character - step.range.start.character)
        step = step.parent
    assert widths == sorted(widths)
    assert widths[0] == 1
    assert widths[-1] == len(at.text())


async def test_links_lead_to_imported_files(editor: Editor) -> None:
    at = editor.open('{ a = import "«data.json»" }\n-- file: data.json\n{"a": 1}\n')
    found = await editor.client.text_document_document_link_async(types.DocumentLinkParams(at.identifier()))
    assert found is not None
    assert [(at.main, *numbers(link.range)) for link in found] == at.stretches
    assert found[0].target == at.uri("data.json")
    found[0].target = None
    resolved = await editor.client.document_link_resolve_async(found[0])
    assert resolved.target == at.uri("data.json")


async def test_call_hierarchy_both_ways(editor: Editor) -> None:
    at = editor.open("let inner = fun x => x in\nlet ou$0ter = fun y => inner y in\n{ a = outer 1 }")
    items = await editor.client.text_document_prepare_call_hierarchy_async(types.CallHierarchyPrepareParams(**at.at()))
    assert items is not None
    assert [each.name for each in items] == ["outer"]
    called = await editor.client.call_hierarchy_outgoing_calls_async(types.CallHierarchyOutgoingCallsParams(items[0]))
    assert called is not None
    assert [each.to.name for each in called] == ["inner"]
    calling = await editor.client.call_hierarchy_incoming_calls_async(types.CallHierarchyIncomingCallsParams(items[0]))
    assert calling is not None
    assert [len(each.from_ranges) for each in calling] == [1]


async def test_code_action_extracts_and_its_edit_is_resolved(editor: Editor) -> None:
    at = editor.open("{ a = «1 + 2», b = 3 }")
    name, start, end = at.source.stretches[0]
    params = types.CodeActionParams(
        at.identifier(), at.range(start, end, name), types.CodeActionContext([], only=["refactor.extract"])
    )
    found = await editor.client.text_document_code_action_async(params)
    assert found
    action = found[0]
    assert isinstance(action, types.CodeAction)
    assert action.kind == "refactor.extract"
    resolved = await editor.client.code_action_resolve_async(action)
    assert resolved.edit is not None
