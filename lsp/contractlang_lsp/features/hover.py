"""textDocument/hover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.field_paths import path_text
from contractlang.ide.hover import evaluation_question, hover
from contractlang.ide.jobs import job
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang.workspace.workers.job import Job
    from contractlang_lsp.session import Session

    Question = tuple[str, ...]
    Values = dict[Question, str]


async def show(session: Session, params: types.HoverParams) -> types.Hover | None:
    path = session.uris.path(params.text_document.uri)
    known: types.Hover | None
    known, question, wanted = await session.analyst.submit("textDocument/hover", lambda: _static(session, params))
    if known is None or wanted is None:
        return known
    value = await session.values.of(path, wanted)
    if value is None:
        return known
    full: types.Hover | None = await session.analyst.submit(
        "textDocument/hover", lambda: _hover(session, params, {question: value})
    )
    return full


def _static(session: Session, params: types.HoverParams) -> tuple[types.Hover | None, Question, Job | None]:
    """What can be said without evaluating, and what to evaluate to say more."""
    found = _hover(session, params, {})
    view = session.view()
    path, offset = view.at(params)
    question = evaluation_question(view.snapshot, path, offset) if found is not None else None
    if question is None or not session.evaluator.available:
        return found, (), None
    return found, question, job(view.snapshot, "eval", path, field=path_text(list(question)))


def _hover(session: Session, params: types.HoverParams, values: Values) -> types.Hover | None:
    view = session.view()
    path, offset = view.at(params)
    found = hover(view.snapshot, path, offset, values)
    if found is None:
        return None
    if view.client.hover_markdown:
        content = types.MarkupContent(types.MarkupKind.Markdown, found.markdown)
    else:
        plain = "\n\n".join(filter(None, (found.signature, "\n".join(found.lines), found.documentation)))
        content = types.MarkupContent(types.MarkupKind.PlainText, plain)
    return types.Hover(content, view.range(path, found.start, found.end))


REQUESTS = (Request(types.TEXT_DOCUMENT_HOVER, show, awaits=True),)
