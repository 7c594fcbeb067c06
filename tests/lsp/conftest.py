"""One server for the tests of a file: they open documents of their own, and the folder that they share is the workspace's."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from lsp.editor import Editor, capabilities, started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def editor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """An editor that is sent diagnostics."""
    editor = await started(tmp_path_factory.mktemp("workspace"))
    await editor.begin(capabilities())
    yield editor
    await editor.client.shutdown_session()
    await editor.client.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pulling(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """An editor that asks for diagnostics."""
    editor = await started(tmp_path_factory.mktemp("workspace"))
    await editor.begin(capabilities(pull=True))
    yield editor
    await editor.client.shutdown_session()
    await editor.client.stop()
