"""Diagnostics, sent and asked for: stage after stage, in every file that is concerned, gone when the mistake is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from lsp.editor import PATIENCE, Editor, capabilities, numbers, started

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_syntax_error_comes_and_goes(editor: Editor) -> None:
    at = editor.open("{ a = 1 }")
    editor.replace(at, "1", "")
    found = await editor.diagnostics(at, "unexpected-token")
    assert found.severity == types.DiagnosticSeverity.Error
    assert found.source == "contractlang"
    editor.replace(at, "a = ", "a = 1")
    await editor.no_diagnostics(at)


async def test_a_type_error_points_at_what_it_has_to_do_with(editor: Editor) -> None:
    at = editor.open('let f : Number -> Number = fun n => n + 1 in\n{ a : Number = f «"x"» }')
    found = await editor.diagnostics(at, "type-mismatch")
    assert [(at.main, *numbers(found.range))] == at.stretches


async def test_a_broken_contract_points_at_the_contract_and_the_value(editor: Editor) -> None:
    at = editor.open(
        """
        let S = import "schema.ncl" in
        { web | S = { port = «"80"» } }
        -- file: schema.ncl
        { port | Number }
        """
    )
    found = await editor.diagnostics(at, "contract-broken")
    assert [(at.main, *numbers(found.range))] == at.stretches
    assert found.related_information is not None
    assert at.uri("schema.ncl") in {each.location.uri for each in found.related_information}


async def test_broken_contracts_in_imported_data_are_shown_there(editor: Editor) -> None:
    at = editor.open(
        """
        { a | { port | Number } = import "data.json" }
        -- file: data.json
        {
          "port": «"80"»
        }
        """
    )
    found = await editor.diagnostics(at, "contract-broken", "data.json")
    assert [("data.json", *numbers(found.range))] == at.stretches
    editor.close(at)
    await editor.no_diagnostics(at, "data.json")


async def test_malformed_imported_data_is_shown_there_and_at_the_import(editor: Editor) -> None:
    at = editor.open('{ a = import "data.yaml" }\n-- file: data.yaml\na: [1,\n')
    await editor.until(lambda: editor.client.diagnostics.get(at.uri("data.yaml")))
    await editor.until(lambda: editor.client.diagnostics.get(at.uri()))


async def test_an_edit_of_an_open_import_reaches_its_importers(editor: Editor) -> None:
    at = editor.open('{ a = (import "lib.ncl").n }\n-- file: lib.ncl\n{ n = 1 }')
    editor.open_file(at, "lib.ncl")
    editor.replace(at, "n = 1", "n = ", "lib.ncl")
    await editor.diagnostics(at, "unexpected-token")
    editor.replace(at, "n = ", "n = 2", "lib.ncl")
    await editor.no_diagnostics(at)


async def test_diagnostics_move_with_edits_above_them(editor: Editor) -> None:
    at = editor.open('{\n  a | Number = "x",\n}')
    before = await editor.diagnostics(at, "contract-broken")
    editor.replace(at, "{\n  a", "{\n\n\n  a")
    await editor.until(lambda: any(each.range.start.line == 3 for each in editor.client.diagnostics[at.uri()]))
    assert before.range.start.line == 1


async def test_what_is_never_used_is_faded(editor: Editor) -> None:
    at = editor.open("let unused = 1 in { a = 2 }")
    found = await editor.until(lambda: editor.client.diagnostics.get(at.uri()))
    assert found[0].severity == types.DiagnosticSeverity.Hint
    assert list(found[0].tags) == [types.DiagnosticTag.Unnecessary]


async def test_a_fix_of_a_diagnostic_is_offered_as_a_code_action(editor: Editor) -> None:
    at = editor.open("{ a = std.array.frist [1] }")
    found = await editor.until(lambda: editor.client.diagnostics.get(at.uri()))
    context = types.CodeActionContext(found, only=[types.CodeActionKind.QuickFix])
    params = types.CodeActionParams(at.identifier(), found[0].range, context)
    actions = await editor.client.text_document_code_action_async(params)
    assert actions
    assert isinstance(actions[0], types.CodeAction)
    assert actions[0].diagnostics
    edit = actions[0].edit
    assert edit is not None
    assert edit.document_changes is not None
    change = edit.document_changes[0]
    assert isinstance(change, types.TextDocumentEdit)
    assert [each.new_text for each in change.edits] == ["first"]  # type: ignore[union-attr]


async def test_text_that_is_no_file(editor: Editor) -> None:
    document = types.TextDocumentItem("untitled:Untitled-1", "contractlang", 1, "{ a = }")
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    await editor.until(lambda: editor.client.diagnostics.get("untitled:Untitled-1"))


async def session(folder: Path, options: Any = None, *, pull: bool = False) -> Editor:
    editor = await started(folder)
    await editor.begin(capabilities(pull=pull), options)
    return editor


async def ended(editor: Editor) -> None:
    await editor.client.shutdown_session()
    await editor.client.stop()


async def test_an_evaluation_that_is_given_up_says_so(tmp_path: Path) -> None:
    editor = await session(tmp_path, {"evaluation": {"timeout": 0.5, "delay": 0}})
    at = editor.open("let rec f = fun n => f (n + 1) in f 0")
    found = await editor.diagnostics(at, "limit-time")
    assert found.severity == types.DiagnosticSeverity.Information
    await editor.until(lambda: any("given up" in each.message for each in editor.client.log_messages))
    editor.replace(at, "f (n + 1) in f 0", "n + 1 in f 0")
    await editor.until(lambda: not any(each.code == "limit-time" for each in editor.client.diagnostics[at.uri()]))
    await ended(editor)


async def test_evaluation_can_be_switched_off_and_on(tmp_path: Path) -> None:
    editor = await started(tmp_path)
    editor.client.set_configuration({"evaluation": {"enabled": False}}, section="contractlang")
    await editor.begin(capabilities())
    at = editor.open('{ a | Number = "x" }\n# é')
    await editor.until(lambda: at.uri() in editor.client.diagnostics)
    await asyncio.sleep(1)
    assert not editor.client.diagnostics[at.uri()]
    editor.client.set_configuration({"evaluation": {"enabled": True, "delay": 0}}, section="contractlang")
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
    await editor.diagnostics(at, "contract-broken")
    editor.client.set_configuration({"evaluation": {"enabled": "maybe"}, "colour": 1}, section="contractlang")
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
    for sentence in ("evaluation.enabled has to be true or false", "no setting contractlang.colour"):
        await editor.until(lambda: any(sentence in each.message for each in editor.client.log_messages))  # noqa: B023 - awaited here
    await ended(editor)


async def test_data_files_have_the_contracts_that_the_settings_give_them(tmp_path: Path) -> None:
    (tmp_path / "schema.ncl").write_text("{ port | Number }")
    settings = {"dataContracts": [{"files": "**/*.json", "contract": "schema.ncl"}], "evaluation": {"delay": 0}}
    editor = await session(tmp_path, {"contractlang": settings})
    at = editor.open('-- file: data.json\n{ "port": «"80"» }\n')
    editor.open_file(at, "data.json", "json")
    found = await editor.diagnostics(at, "contract-broken", "data.json")
    assert [("data.json", *numbers(found.range))] == at.stretches
    await ended(editor)


async def test_import_paths_of_the_settings_count(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "lib.ncl").write_text("{ a = 1 }")
    editor = await session(tmp_path, {"importPaths": [str(tmp_path / "vendor")]})
    at = editor.open('(import "lib.ncl").a$0')
    found = await editor.client.text_document_definition_async(types.DefinitionParams(**at.at()))
    assert isinstance(found, list)
    await ended(editor)


# Clients that ask.


async def pulled(editor: Editor, at: Any, previous: str | None = None) -> Any:
    params = types.DocumentDiagnosticParams(at.identifier(), previous_result_id=previous)
    return await editor.client.text_document_diagnostic_async(params)


async def test_diagnostics_are_asked_for(pulling: Editor) -> None:
    assert pulling.server_capabilities is not None
    assert isinstance(pulling.server_capabilities.diagnostic_provider, types.DiagnosticOptions)
    at = pulling.open("{ a = }")
    report = await pulled(pulling, at)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert [each.code for each in report.items] == ["unexpected-token"]
    again = await pulled(pulling, at, report.result_id)
    assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
    assert at.uri() not in pulling.client.diagnostics, "they are not sent besides"


async def test_who_asks_is_told_when_evaluation_has_found_something(pulling: Editor) -> None:
    at = pulling.open('{ a | Number = "x" }')
    refreshed = pulling.client.diagnostic_refresh_count
    report = await pulled(pulling, at)
    assert not report.items
    await pulling.until(lambda: pulling.client.diagnostic_refresh_count > refreshed)
    report = await pulled(pulling, at, report.result_id)
    assert [each.code for each in report.items] == ["contract-broken"]


async def test_related_documents_come_along(pulling: Editor) -> None:
    at = pulling.open('{ a = import "data.json" }\n-- file: data.json\n{ "a": }')
    report = await pulled(pulling, at)
    assert report.related_documents is not None
    assert report.related_documents[at.uri("data.json")].items


async def test_diagnostics_of_the_workspace(pulling: Editor) -> None:
    at = pulling.write('{ a : Number = "x" }\n-- file: good.ncl\n{ a = 1 }')
    pulling.client.workspace_did_change_watched_files(
        types.DidChangeWatchedFilesParams([types.FileEvent(at.uri(), types.FileChangeType.Created)])
    )

    async def ask(previous: list[types.PreviousResultId]) -> types.WorkspaceDiagnosticReport:
        return await pulling.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(previous))

    report = await ask([])
    by_uri = {each.uri: each for each in report.items}
    bad = by_uri[at.uri()]
    assert isinstance(bad, types.WorkspaceFullDocumentDiagnosticReport)
    assert [each.code for each in bad.items] == ["type-mismatch"]

    # Who has it all gets an answer when something has changed.
    known = [types.PreviousResultId(each.uri, each.result_id or "") for each in report.items]
    waiting = asyncio.ensure_future(ask(known))
    await asyncio.sleep(0.5)
    assert not waiting.done()
    (at.folder / "main.ncl").write_text("{ a : Number = 1 }")
    pulling.client.workspace_did_change_watched_files(
        types.DidChangeWatchedFilesParams([types.FileEvent(at.uri(), types.FileChangeType.Changed)])
    )
    news = {each.uri: each for each in (await waiting).items}
    good = news[at.uri()]
    assert isinstance(good, types.WorkspaceFullDocumentDiagnosticReport)
    assert not good.items


async def test_hover_shows_the_value_of_a_field_once_the_program_is_evaluated(editor: Editor) -> None:
    at = editor.open('{ pa$0th = std.string.join "/" ["a", name], name = std.string.lowercase "B" }')

    async def shown() -> str:
        hover = await editor.client.text_document_hover_async(types.HoverParams(**at.at()))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        return hover.contents.value

    async with asyncio.timeout(PATIENCE):
        while 'value: `"a/b"`' not in await shown():  # noqa: ASYNC110 - it has to be asked for
            await asyncio.sleep(0.05)
    editor.replace(at, '"B"', '"C"')
    async with asyncio.timeout(PATIENCE):
        while 'value: `"a/c"`' not in (text := await shown()):
            assert 'value: `"a/b"`' not in text, "no value outlives an edit"
            await asyncio.sleep(0.05)
