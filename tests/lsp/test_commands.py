"""Formatting, code lenses and commands over real pipes: evaluation in worker processes, and how results are shown."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from lsp.editor import PATIENCE, Editor, Opened, capabilities, started

pytestmark = pytest.mark.asyncio(loop_scope="module")

OPTIONS = types.FormattingOptions(tab_size=2, insert_spaces=True)


def edited(text: str, edits: Any) -> str:
    """A text after edits of an answer. ASCII texts only."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        start = starts[edit.range.start.line] + edit.range.start.character
        end = starts[edit.range.end.line] + edit.range.end.character
        text = text[:start] + edit.new_text + text[end:]
    return text


async def test_formatting_a_document(editor: Editor) -> None:
    at = editor.open("{\n  a=1,   # one\n  b   =   [1,2],\n}\n")
    edits = await editor.client.text_document_formatting_async(types.DocumentFormattingParams(at.identifier(), OPTIONS))
    assert edited(at.text(), edits) == "{\n  a = 1, # one\n  b = [1, 2],\n}\n"


async def test_formatting_a_broken_document_changes_nothing(editor: Editor) -> None:
    at = editor.open("{a=")
    params = types.DocumentFormattingParams(at.identifier(), OPTIONS)
    assert not await editor.client.text_document_formatting_async(params)


async def test_formatting_a_range_leaves_other_lines_alone(editor: Editor) -> None:
    at = editor.open("{\n  a=1,\n  x = 0,\n  b=2,\n  y = 0,\n  c=3,\n}\n")
    middle = types.Range(types.Position(3, 0), types.Position(3, 5))
    edits = await editor.client.text_document_range_formatting_async(
        types.DocumentRangeFormattingParams(at.identifier(), middle, OPTIONS)
    )
    assert edited(at.text(), edits) == "{\n  a=1,\n  x = 0,\n  b = 2,\n  y = 0,\n  c=3,\n}\n"


async def test_formatting_while_typing_puts_a_bracket_where_it_belongs(editor: Editor) -> None:
    at = editor.open("{\n  a = {\n    b = 1,\n      }$0\n}\n")
    place = at.at()
    edits = await editor.client.text_document_on_type_formatting_async(
        types.DocumentOnTypeFormattingParams(ch="}", options=OPTIONS, **place)
    )
    assert edited(at.text(), edits) == "{\n  a = {\n    b = 1,\n  }\n}\n"


async def execute(editor: Editor, command: str, *arguments: Any) -> Any:
    params = types.ExecuteCommandParams(command, list(arguments))
    return await editor.client.workspace_execute_command_async(params)


def mark(at: Opened) -> dict[str, int]:
    position = at.at()["position"]
    return {"line": position.line, "character": position.character}


def field(result: Any, name: str) -> Any:
    return result[name] if isinstance(result, dict) else getattr(result, name)


async def test_a_file_is_exported_as_it_is_in_the_editor(editor: Editor) -> None:
    at = editor.open("{ a = 1 }")
    editor.replace(at, "a = 1", "a = 2")
    result = await execute(editor, "contractlang.export", at.uri(), None, "yaml")
    assert (field(result, "text"), field(result, "language")) == ("a: 2\n", "yaml")


async def test_the_field_under_the_cursor_is_evaluated(editor: Editor) -> None:
    at = editor.open("{ server = { port$0 = 80 + 1 }, other = 1 / 0 }")
    result = await execute(editor, "contractlang.evaluate", at.uri(), mark(at))
    assert field(result, "text").strip() == "81"


async def test_every_lens_names_a_command_that_works(editor: Editor) -> None:
    at = editor.open('{\n  a | doc m%"\n    ```nickel\n    1 + 1\n    # => 2\n    ```\n  "% = 1,\n}\n')
    found = await editor.client.text_document_code_lens_async(types.CodeLensParams(at.identifier()))
    assert found is not None
    titles = [lens.command.title for lens in found if lens.command is not None]
    assert {"Evaluate", "Export as JSON", "Export as YAML", "Run example"} <= set(titles)
    resolved = await editor.client.code_lens_resolve_async(found[0])
    assert resolved.command == found[0].command
    for lens in found:
        assert lens.command is not None
        result = await execute(editor, lens.command.command, *(lens.command.arguments or ()))
        assert field(result, "text")


async def test_without_a_place_for_documents_results_come_as_messages(editor: Editor) -> None:
    at = editor.open("{ answer = 6 * 7 }")
    await execute(editor, "contractlang.export", at.uri(), None, "json")
    await editor.until(lambda: any('"answer": 42' in each.message for each in editor.client.messages))


@pytest.mark.parametrize(
    ("command", "arguments", "sentence"),
    [
        ("contractlang.export", [], "URI"),
        ("contractlang.export", ["file:///no/such/file.ncl"], "cannot be read"),
        ("contractlang.export", ["$uri", {"line": "x"}], "position"),
        ("contractlang.export", ["$uri", None, "docx"], "docx"),
        ("contractlang.explode", ["$uri"], "contractlang.explode"),
        ("contractlang.runExample", ["$uri", {"line": 0, "character": 0}], "no example"),
    ],
)
async def test_commands_that_make_no_sense_are_refused(
    editor: Editor, command: str, arguments: list[Any], sentence: str
) -> None:
    at = editor.open("{ a = 1 }")
    with pytest.raises(JsonRpcException) as caught:
        await execute(editor, command, *(at.uri() if each == "$uri" else each for each in arguments))
    assert caught.value.code == types.LSPErrorCodes.RequestFailed.value
    assert sentence in caught.value.message


async def test_a_configuration_at_fault_is_not_exported(editor: Editor) -> None:
    at = editor.open('{ a | Number = "x" }')
    with pytest.raises(JsonRpcException) as caught:
        await execute(editor, "contractlang.export", at.uri())
    assert "contract broken" in caught.value.message
    assert "main.ncl:1:16" in caught.value.message


async def virtual(folder: Path) -> Editor:
    """An editor that shows documents which exist only in the server."""
    editor = await started(folder)
    wanted = capabilities()
    wanted.workspace.text_document_content = types.TextDocumentContentClientCapabilities()
    await editor.begin(wanted)
    return editor


async def test_results_and_the_library_as_virtual_documents(tmp_path: Path) -> None:
    editor = await virtual(tmp_path)
    assert editor.server_capabilities is not None
    assert editor.server_capabilities.workspace is not None
    content = editor.server_capabilities.workspace.text_document_content
    assert isinstance(content, types.TextDocumentContentOptions)
    assert set(content.schemes) == {"contractlang-std", "contractlang-result"}

    async def text(uri: str) -> str:
        params = types.TextDocumentContentParams(uri)
        answer = await editor.client.protocol.send_request_async("workspace/textDocumentContent", params)
        found: str = answer.text
        return found

    at = editor.open("std.array.ma$0p")
    found = await editor.client.text_document_definition_async(types.DefinitionParams(**at.at()))
    assert isinstance(found, list)
    place = found[0]
    assert isinstance(place, types.Location)
    assert place.uri == "contractlang-std:///array.ncl"
    line = (await text(place.uri)).split("\n")[place.range.start.line]
    assert line[place.range.start.character : place.range.end.character] == "map"
    hover = types.HoverParams(types.TextDocumentIdentifier(place.uri), place.range.start)
    assert await editor.client.text_document_hover_async(hover), "the library's own documents have answers too"

    at = editor.open("{ a = 1 }")
    await execute(editor, "contractlang.export", at.uri(), None, "toml")
    shown = (await editor.until(lambda: editor.client.shown_documents))[0]
    assert shown.uri.startswith("contractlang-result:///")
    assert await text(shown.uri) == "a = 1\n"
    with pytest.raises(JsonRpcException):
        await text("contractlang-result:///nothing")
    await editor.client.shutdown_session()
    await editor.client.stop()


async def test_an_evaluation_that_takes_long_is_shown_and_can_be_cancelled(tmp_path: Path) -> None:
    editor = await started(tmp_path)
    options = {"evaluation": {"timeout": PATIENCE, "enabled": False}}
    await editor.begin(capabilities(), options)
    at = editor.open("let rec f = fun n => f (n + 1) in f 0")
    running = editor.client.protocol.send_request_async(
        "workspace/executeCommand", types.ExecuteCommandParams("contractlang.export", [at.uri()]), msg_id="run"
    )
    task = asyncio.ensure_future(running)
    token = (await editor.until(lambda: editor.client.progress_reports)).copy().popitem()[0]
    await editor.until(lambda: editor.client.progress_reports[token])
    editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
    with pytest.raises(JsonRpcException) as caught:
        await task
    assert caught.value.code == types.LSPErrorCodes.RequestCancelled.value
    await editor.client.shutdown_session()
    await editor.client.stop()
