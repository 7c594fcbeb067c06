"""Document links lead from the paths of imports to the files."""

from __future__ import annotations

from contractlang.ide.links import document_links
from ide.marks import marked


def test_the_paths_of_imports_are_links() -> None:
    at = marked("""
    let a = import "«lib/a.ncl»" in
    let d = import "«d.json»" in
    let t = (import "«notes»" as 'Text) in
    a & d & { include t }
    -- file: lib/a.ncl
    {}
    -- file: d.json
    {}
    -- file: notes
    hello
    """)
    links = document_links(at.snapshot, at.path)
    assert [(link.start, link.end) for link in links] == at.spans("main.ncl")
    assert [at.loader.shown(link.target) for link in links] == ["lib/a.ncl", "d.json", "notes"]
    assert links[2].tooltip.endswith("(read as Text)")


def test_what_leads_nowhere_is_no_link() -> None:
    at = marked('$0(import "missing.ncl") & (import')
    assert document_links(at.snapshot, at.path) == []
