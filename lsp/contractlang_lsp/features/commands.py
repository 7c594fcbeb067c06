"""workspace/executeCommand: evaluate or export a file or a field of it, run an example of the documentation.

`contractlang.evaluate [uri, position | null]`, `contractlang.export [uri, position | null, format]` and
`contractlang.runExample [uri, position]` give `{"text", "language", "title"}`, and `expected` for examples. Clients that
do nothing with the results of commands are shown the text.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from contractlang.ide.commands import COMMANDS, CommandError, Task, task_of
from contractlang_lsp.errors import Refused

if TYPE_CHECKING:
    from contractlang.workspace.workers.job import Answer
    from contractlang_lsp.session import Session

# How many lines of a text a message box may have.
MOST_LINES = 20

_ENDINGS = {"json": "json", "yaml": "yaml", "toml": "toml", "plaintext": "txt", "nickel": "ncl"}
_numbers = itertools.count(1)


async def execute(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    """The result of a command. Raises `Refused`."""
    arguments = list(params.arguments or ())

    def prepare() -> Task:
        view = session.view()
        if not arguments or not isinstance(arguments[0], str):
            raise Refused("a command takes the URI of a document first")
        path = view.uris.path(arguments[0])
        if len(arguments) > 1 and arguments[1] is not None:
            arguments[1] = view.offset(path, _position(arguments[1]))
        try:
            return task_of(view.snapshot, params.command, [path, *arguments[1:]])
        except CommandError as error:
            raise Refused(str(error)) from None

    task: Task = await session.analyst.submit(params.command, prepare)
    answer = await session.evaluator.run(task.job, task.title, token=params.work_done_token)
    if answer.text is None:
        raise Refused(_failure(answer))
    result = {"text": answer.text, "language": task.language, "title": task.title}
    if task.expected is not None:
        result["expected"] = task.expected
    if not session.client.command_results:
        _show(session, result)
    return result


def _position(argument: object) -> types.Position:
    """A position as JSON has it, or as pygls has made of that."""
    if isinstance(argument, dict):
        line, character = argument.get("line"), argument.get("character")
    else:
        line, character = getattr(argument, "line", None), getattr(argument, "character", None)
    if not isinstance(line, int) or not isinstance(character, int):
        raise Refused("a command takes a position, or null, second")
    return types.Position(line, character)


def _failure(answer: Answer) -> str:
    """Why there is no text: the first error, and how many more there are."""
    if not answer.diagnostics:
        return "evaluation ended without an answer"
    first = answer.diagnostics[0]
    labels = first["labels"]
    place = ""
    if labels:
        start = labels[0]["start"]
        place = f" ({labels[0]['file'].replace(chr(92), '/').rsplit('/', 1)[-1]}:{start['line']}:{start['column']})"
    more = len(answer.diagnostics) - 1 + answer.hidden
    return f"{first['message']}{place}" + (f", and {more} more" if more else "")


def _show(session: Session, result: dict[str, Any]) -> None:
    """Show a text: as a document that exists only here where the client can, else as a message."""
    client = session.client
    if client.virtual_documents and client.show_document:
        name = f"{next(_numbers)}/{result['title']}.{_ENDINGS.get(result['language'], 'txt')}"
        uri = session.results.put(name, result["text"])
        session.ask_client(session.server.window_show_document_async(types.ShowDocumentParams(uri, take_focus=False)))
        return
    lines = result["text"].rstrip("\n").split("\n")
    shown = lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], "…"]
    message = f"{result['title']}:\n" + "\n".join(shown)
    session.server.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))


__all__ = ["COMMANDS", "execute"]
