"""What the client can do, asked once: the protocol's capabilities are five levels of optional objects."""

from __future__ import annotations

from lsprotocol import types
from pygls.capabilities import get_capability


class Client:
    """The capabilities that decide how we answer. What a client does not mention, it cannot do."""

    def __init__(self, capabilities: types.ClientCapabilities, options: dict[str, object]) -> None:
        def can(name: str) -> bool:
            return bool(get_capability(capabilities, name, False))

        def markdown(name: str) -> bool:
            return types.MarkupKind.Markdown in (get_capability(capabilities, name, None) or ())

        self.configuration = can("workspace.configuration")
        self.dynamic_configuration = can("workspace.did_change_configuration.dynamic_registration")
        self.dynamic_watching = can("workspace.did_change_watched_files.dynamic_registration")
        self.document_changes = can("workspace.workspace_edit.document_changes")
        self.token_refresh = can("workspace.semantic_tokens.refresh_support")
        self.inlay_hint_refresh = can("workspace.inlay_hint.refresh_support")
        self.code_lens_refresh = can("workspace.code_lens.refresh_support")
        self.progress = can("window.work_done_progress")
        self.show_document = can("window.show_document.support")
        # What evaluation finds comes later than the answer: a client that cannot be told to ask again is better sent everything.
        self.pulls = get_capability(capabilities, "text_document.diagnostic", None) is not None and can(
            "workspace.diagnostics.refresh_support"
        )
        self.related_documents = can("text_document.diagnostic.related_document_support")
        self.related_information = can("text_document.publish_diagnostics.related_information")
        self.diagnostic_data = can("text_document.publish_diagnostics.data_support")
        self.definition_links = can("text_document.definition.link_support")
        self.document_symbol_trees = can("text_document.document_symbol.hierarchical_document_symbol_support")
        self.action_literals = (
            get_capability(capabilities, "text_document.code_action.code_action_literal_support", None) is not None
        )
        resolvable = get_capability(capabilities, "text_document.code_action.resolve_support.properties", None) or ()
        self.action_resolve = "edit" in resolvable and can("text_document.code_action.data_support")
        self.snippets = can("text_document.completion.completion_item.snippet_support")
        self.insert_replace = can("text_document.completion.completion_item.insert_replace_support")
        self.label_details = can("text_document.completion.completion_item.label_details_support")
        self.completion_markdown = markdown("text_document.completion.completion_item.documentation_format")
        self.hover_markdown = markdown("text_document.hover.content_format")
        self.signature_markdown = markdown("text_document.signature_help.signature_information.documentation_format")
        self.signature_offsets = can(
            "text_document.signature_help.signature_information.parameter_information.label_offset_support"
        )
        self.line_folding_only = can("text_document.folding_range.line_folding_only")
        self.virtual_documents = get_capability(capabilities, "workspace.text_document_content", None) is not None
        # Our own configurations of editors show what commands give; others drop it.
        self.command_results = options.get("commandResults") is True

    @classmethod
    def unknown(cls) -> Client:
        """A client that has not introduced itself."""
        return cls(types.ClientCapabilities(), {})
