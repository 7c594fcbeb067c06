/** The language server behind a WebSocket. This module comes after the page is usable, and comes back when the connection is lost. */
import {
  findReferences,
  formatDocument,
  jumpToDefinition,
  languageServerExtensions,
  LSPClient,
  LSPPlugin,
  renameSymbol,
  type Transport,
  Workspace,
  type WorkspaceFile,
} from "@codemirror/lsp-client";
import type { Diagnostic as Squiggle } from "@codemirror/lint";
import type { ChangeSet, Extension, Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { contractlang } from "../language/contractlang";
import { languageIdOf } from "../language/languages";
import { sanitized } from "./markdown";

export type ServerState = "connecting" | "ready" | "offline";

/** What the server needs of the editors. */
export interface Host {
  /** Brings a file to the front. */
  show(name: string): EditorView | null;
  diagnose(name: string, found: readonly Finding[]): void;
  serverIs(state: ServerState): void;
}

/** What the server has to say about a place, as offsets in the text as it is now. */
export interface Finding extends Squiggle {
  readonly code: string;
}

interface PublishedDiagnostics {
  readonly uri: string;
  readonly version?: number | null;
  readonly diagnostics: readonly {
    readonly range: { readonly start: LspPosition; readonly end: LspPosition };
    readonly severity?: number;
    readonly message: string;
    readonly code?: string | number;
  }[];
}

interface LspPosition {
  readonly line: number;
  readonly character: number;
}

const LONGEST_WAIT_MS = 30_000;
const IDLE = 4000;
/** The server looks at more than the file: the first answer of a fresh process may take a while. */
const PATIENCE_MS = 15_000;

export function uriOf(name: string): string {
  return `file:///${encodeURIComponent(name)}`;
}

export function nameOf(uri: string): string {
  return decodeURIComponent(uri.replace(/^file:\/\/\//, ""));
}

class OpenFile implements WorkspaceFile {
  version = 0;

  constructor(
    readonly uri: string,
    readonly languageId: string,
    public doc: Text,
    readonly view: EditorView,
  ) {}

  getView(): EditorView {
    return this.view;
  }
}

/** All files of the workspace are open in the server, whether or not they are shown, so that imports between them work. */
class OpenFiles extends Workspace {
  override files: OpenFile[] = [];
  online = false;

  constructor(
    client: LSPClient,
    readonly host: Host,
  ) {
    super(client);
  }

  override syncFiles(): { file: OpenFile; prevDoc: Text; changes: ChangeSet }[] {
    if (!this.online) return [];
    const updates: { file: OpenFile; prevDoc: Text; changes: ChangeSet }[] = [];
    for (const file of this.files) {
      const plugin = LSPPlugin.get(file.view);
      if (plugin === null || plugin.unsyncedChanges.empty) continue;
      updates.push({ file, prevDoc: file.doc, changes: plugin.unsyncedChanges });
      file.doc = file.view.state.doc;
      file.version++;
      plugin.clear();
    }
    return updates;
  }

  override openFile(uri: string, languageId: string, view: EditorView): void {
    const file = new OpenFile(uri, languageId, view.state.doc, view);
    this.files.push(file);
    if (this.online) this.client.didOpen(file);
  }

  override closeFile(uri: string, view: EditorView): void {
    const closed = this.files.find((file) => file.uri === uri && file.view === view);
    this.files = this.files.filter((file) => file !== closed);
    if (closed !== undefined && this.online) this.client.didClose(uri);
  }

  /** A fresh server knows nothing: it gets the texts as they are now. */
  override connected(): void {
    this.online = true;
    for (const file of this.files) {
      const plugin = LSPPlugin.get(file.view);
      file.doc = file.view.state.doc;
      file.version++;
      plugin?.clear();
      this.client.didOpen(file);
    }
  }

  override disconnected(): void {
    this.online = false;
  }

  override displayFile(uri: string): Promise<EditorView | null> {
    return Promise.resolve(this.host.show(nameOf(uri)));
  }
}

export class LanguageServer {
  readonly #client: LSPClient;
  readonly #host: Host;
  #failures = 0;
  #sleeping = false;

  constructor(host: Host) {
    this.#host = host;
    this.#client = new LSPClient({
      rootUri: "file:///",
      timeout: PATIENCE_MS,
      workspace: (client) => new OpenFiles(client, host),
      sanitizeHTML: sanitized,
      highlightLanguage: (name) => (["nickel", "ncl", "contractlang"].includes(name) ? contractlang : null),
      notificationHandlers: { "textDocument/publishDiagnostics": (_client, found) => this.#published(found as PublishedDiagnostics) },
      extensions: languageServerExtensions(),
    });
    this.#connect();
  }

  /** Connects the editor of a file. */
  extensionFor(name: string): Extension {
    return this.#client.plugin(uriOf(name), languageIdOf(name));
  }

  /** The user is back: a connection that slept or waits is made again at once. */
  wake(): void {
    if (!this.#sleeping) return;
    this.#sleeping = false;
    this.#connect();
  }

  readonly format = formatDocument;
  readonly rename = renameSymbol;
  readonly definition = jumpToDefinition;
  readonly references = findReferences;

  #connect(): void {
    this.#host.serverIs("connecting");
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/lsp`);
    const handlers = new Set<(message: string) => void>();
    const transport: Transport = {
      send(message) {
        if (socket.readyState !== WebSocket.OPEN) throw new Error("the language server is not connected");
        socket.send(message);
      },
      subscribe: (handler) => void handlers.add(handler),
      unsubscribe: (handler) => void handlers.delete(handler),
    };
    socket.addEventListener("open", () => {
      this.#client.connect(transport);
      this.#client.initializing.then(
        () => {
          this.#failures = 0;
          this.#host.serverIs("ready");
        },
        () => socket.close(),
      );
    });
    socket.addEventListener("message", (event) => {
      for (const handler of handlers) handler(String(event.data));
    });
    socket.addEventListener("close", (event) => this.#lost(event.code));
    addEventListener("pagehide", () => socket.close(), { once: true });
  }

  #lost(code: number): void {
    // A promise that nobody waits for any more is rejected here, not reported as unhandled.
    this.#client.initializing.catch(() => undefined);
    this.#client.disconnect();
    this.#host.serverIs("offline");
    if (code === IDLE) {
      this.#sleeping = true;
      return;
    }
    const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.#failures++);
    setTimeout(() => this.#connect(), wait * (0.75 + Math.random() / 2));
  }

  #published({ uri, version, diagnostics }: PublishedDiagnostics): boolean {
    const file = this.#client.workspace.getFile(uri) as OpenFile | null;
    const plugin = file === null ? null : LSPPlugin.get(file.view);
    if (file === null || plugin === null || (version != null && version !== file.version)) return true;
    const offset = (position: LspPosition): number => {
      const { syncedDoc } = plugin;
      if (position.line >= syncedDoc.lines) return plugin.unsyncedChanges.mapPos(syncedDoc.length);
      const line = syncedDoc.line(position.line + 1);
      return plugin.unsyncedChanges.mapPos(Math.min(line.to, line.from + position.character));
    };
    const severities = ["error", "error", "warning", "info", "hint"] as const;
    this.#host.diagnose(
      nameOf(uri),
      diagnostics.map((item) => ({
        from: offset(item.range.start),
        to: Math.max(offset(item.range.start), offset(item.range.end)),
        severity: severities[item.severity ?? 1] ?? "error",
        message: item.message,
        code: String(item.code ?? ""),
      })),
    );
    return true;
  }
}
