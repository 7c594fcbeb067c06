/** Puts the parts together: who is told of what, and what the commands do. */
import { openSearchPanel } from "@codemirror/search";
import type { EditorView } from "@codemirror/view";
import { applyFix, reported } from "./editor/diagnostics";
import { Editors } from "./editor/editors";
import type { LanguageServer, ServerState } from "./editor/server";
import { EvaluationClient } from "./evaluation/client";
import { Evaluator } from "./evaluation/evaluator";
import type { Span } from "./evaluation/protocol";
import { Commands } from "./interface/commands";
import { element } from "./interface/dom";
import { onDrop } from "./interface/drop";
import { FileTabs } from "./interface/files";
import { Frame } from "./interface/frame";
import { Notices } from "./interface/notices";
import { openPalette } from "./interface/palette";
import { openShare } from "./interface/share";
import { openShortcuts } from "./interface/shortcuts";
import { splitter } from "./interface/splitter";
import { openGallery } from "./learn/gallery";
import { type Lesson, lessonOf } from "./learn/lessons";
import { LessonPanel } from "./learn/panel";
import { OutputPanel, save } from "./output/panel";
import { FIRST_WORKSPACE, isProgram, LIMITS, type Workspace } from "./workspace/model";
import { hasSetAside, savedSettings, saveSettings, saveWorkspace, type Settings, setAside, takeBack } from "./workspace/storage";
import { Store } from "./workspace/store";
import { filesFrom, zipOf } from "./workspace/transfer";
import { VALIDATION } from "./learn/validation";

export interface Beginning {
  readonly workspace: Workspace;
  /** Shown in another site's page: nothing can be changed, and nothing is stored. */
  readonly embedded: boolean;
  readonly paused: boolean;
  readonly problem: string | null;
  /** Whether a link took the place of the user's own work. */
  readonly replaced: boolean;
}

const SAVE_AFTER_MS = 300;

export function startApp({ workspace, embedded, paused, problem, replaced }: Beginning): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
  const at = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;
  const store = new Store(workspace);
  const notices = new Notices(at("notices"));
  const commands = new Commands();
  const client = new EvaluationClient();
  const evaluator = new Evaluator(client, store, paused);
  const frame = new Frame({ embedded, commands, store, evaluator });
  const editors = new Editors(store, { readOnly: embedded, nonce, onCursor: (name, line, column) => frame.cursor(name, line, column) });
  const files = new FileTabs(at("file-tabs"), at("file-actions"), store, embedded);
  let settings: Settings = embedded ? { theme: "system", vim: false } : savedSettings();
  let server: LanguageServer | null = null;

  // --- Editors and panes

  /** In two panes data stands on the left and programs on the right; in one, what is chosen. */
  const shown: { data: string; program: string } = { data: "", program: "" };

  function arrange(): void {
    const { active, contract, entry } = store;
    const beside = contract !== undefined;
    at("work").dataset["layout"] = beside ? "below" : "beside";
    at("pane-second").hidden = !beside;
    if (beside) {
      if (!store.names.includes(shown.data) || isProgram(shown.data)) shown.data = entry;
      if (!store.names.includes(shown.program)) shown.program = contract;
      if (isProgram(active)) shown.program = active;
      else shown.data = active;
    }
    put("pane-first", beside ? shown.data : active);
    if (beside) put("pane-second", shown.program);
    frame.panes(beside ? [shown.data, shown.program] : []);
  }

  function put(pane: string, name: string): void {
    const view = editors.view(name);
    if (view === undefined) return;
    const place = at(pane);
    if (view.dom.parentElement !== place) place.replaceChildren(view.dom);
    view.requestMeasure();
  }

  function activeView(): EditorView | undefined {
    return editors.view(store.active);
  }

  function go(span: Span): void {
    if (store.textOf(span.file) === undefined) return;
    store.show(span.file);
    editors.reveal(span);
  }

  function open(next: Workspace): void {
    setAside(store.workspace);
    if (output.tab === "problems" || output.tab === "blame") output.choose("json");
    store.open(next);
    activeView()?.focus();
  }

  editors.synchronize(true);
  arrange();
  store.listen((change) => {
    if (change === "text") return;
    if (change === "workspace" || change === "files") editors.synchronize(change === "workspace");
    if (change === "workspace") shown.data = shown.program = "";
    arrange();
  });

  // --- Output

  const output = new OutputPanel(
    { tabs: at("output-tabs"), body: at("output-body"), time: frame.time },
    evaluator,
    notices,
    {
      textOf: (file) => store.textOf(file),
      go,
      mark: (marked) => editors.mark(marked),
      stem: () => store.entry.replace(/\.[a-z]+$/, ""),
      openLesson: (id) => {
        const lesson = lessonOf(id);
        if (lesson !== undefined && !embedded) openLesson(lesson);
      },
      fix: (fix) => {
        store.show(fix.span.file);
        const view = editors.view(fix.span.file);
        if (view === undefined) return;
        applyFix(view, fix);
        view.focus();
      },
    },
    nonce,
  );
  evaluator.listen((state, running) => {
    if (!running && state.kind === "answered") editors.evaluated(state.answer.diagnostics);
  });

  // --- Lessons

  function openLesson(lesson: Lesson): void {
    const { files: texts, entry, contract, id } = lesson;
    open({ files: texts, entry, ...(contract !== undefined && { contract }), lesson: id });
    const heading = at("lesson").querySelector("h2");
    heading?.focus({ preventScroll: true });
    at("lesson").scrollTop = 0;
    if (matchMedia("(max-width: 760px)").matches) scrollTo({ top: 0 });
  }

  const lessons = embedded
    ? null
    : new LessonPanel(at("lesson"), store, evaluator, client, notices, {
        open: openLesson,
        openGallery: () => commands.run("gallery"),
        close: () => {
          const { lesson: _lesson, ...rest } = store.workspace;
          store.open(rest);
        },
        solve: (lesson) => {
          for (const { name, text } of lesson.solution) {
            store.put(name, text);
          }
          activeView()?.focus();
        },
      });

  // --- Settings

  function change(next: Partial<Settings>): void {
    settings = { ...settings, ...next };
    saveSettings(settings);
    applySettings();
  }

  function applySettings(): void {
    if (settings.theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = settings.theme;
    frame.vim(settings.vim);
    if (!settings.vim) editors.useVim([]);
    else void import("./editor/vim").then(({ vimMode }) => settings.vim && editors.useVim(vimMode(commands)));
  }

  // --- Files in and out

  async function take(list: Iterable<File>): Promise<void> {
    const { files: arrived, refused } = await filesFrom(list);
    for (const reason of refused) notices.show(reason);
    if (arrived.length === 0) return;
    const [data] = arrived.filter((file) => !isProgram(file.name));
    if (store.names.length + arrived.length > LIMITS.files) {
      notices.show(`A workspace has at most ${LIMITS.files} files.`);
      return;
    }
    for (const file of arrived) store.put(file.name, file.text);
    const first = data ?? arrived[0];
    if (first === undefined) return;
    store.show(first.name);
    if (data === undefined && store.contract !== undefined) return;
    store.evaluate(first.name);
    if (data === undefined || store.contract !== undefined) return;
    // Converted at once: into a notation that it is not in already.
    output.choose(data.name.endsWith(".json") ? "yaml" : "json");
    notices.show(`${data.name} in other notations: choose one above the result.`);
  }

  if (!embedded) onDrop((list) => void take(list), () => store.contract !== undefined);

  function chooseFiles(): void {
    const input = element("input", { type: "file", multiple: true, accept: ".ncl,.json,.yaml,.yml,.toml" });
    input.addEventListener("change", () => void take(input.files ?? []));
    input.click();
  }

  // --- Language server

  function serverIs(state: ServerState): void {
    frame.server(state);
  }

  async function connect(): Promise<void> {
    const { LanguageServer } = await import("./editor/server");
    server = new LanguageServer({
      show: (name) => {
        store.show(name);
        return editors.view(name) ?? null;
      },
      diagnose: (name, found) => {
        const view = editors.view(name);
        if (view === undefined) return;
        editors.diagnose(name, "server", found);
        output.noticed(name, reported(name, view.state.doc, found));
      },
      serverIs,
    });
    const { extensionFor } = server;
    editors.connect((name) => extensionFor.call(server, name));
  }

  function withServer(run: (server: LanguageServer, view: EditorView) => void): void {
    const view = activeView();
    if (server === null || view === undefined || !frame.serverReady) {
      notices.show("The language server is not connected yet.");
      return;
    }
    view.focus();
    run(server, view);
  }

  // --- Commands

  const regions = () => [at("lesson"), at("editor"), at("output")].filter((region) => !region.hidden);

  function nextRegion(): void {
    const all = regions();
    const current = all.findIndex((region) => region.contains(document.activeElement));
    const next = all[(current + 1) % all.length];
    if (next?.id === "editor") activeView()?.focus();
    else if (next?.id === "output") (next.querySelector('[aria-selected="true"]') as HTMLElement | null)?.focus();
    else next?.focus();
  }

  const editing = () => !embedded;
  commands.add(
    { id: "palette", title: "Show all commands", keys: "Mod-k", run: () => openPalette(commands.list.filter((command) => command.id !== "palette" && command.inEditor !== true)) },
    { id: "run", title: "Evaluate now", keys: "Mod-Enter", run: () => evaluator.run() },
    { id: "format", title: "Format this file", keys: "Shift-Alt-f", available: editing, run: () => withServer((it, view) => it.format(view)) },
    { id: "gallery", title: "Examples and tour", available: editing, run: () => openGallery(lessons?.done ?? new Set(), store.lesson, openLesson) },
    { id: "validate", title: "Check my YAML, JSON or TOML against a contract", available: editing, run: () => open(VALIDATION) },
    { id: "convert", title: "Open files from this computer", available: editing, run: chooseFiles },
    { id: "share", title: "Share this workspace", run: () => void openShare(store.workspace, notices) },
    { id: "zip", title: "Download everything as a zip", run: () => void zipOf(store.workspace).then((zip) => save("workspace.zip", zip)) },
    { id: "new", title: "Start a new workspace", available: editing, run: () => open(FIRST_WORKSPACE) },
    {
      id: "back", title: "Back to my own work", available: () => editing() && hasSetAside(),
      run: () => {
        const own = takeBack();
        if (own !== undefined) store.open(own);
      },
    },
    { id: "new-file", title: "New file", available: editing, run: () => void files.create() },
    { id: "rename-file", title: "Rename this file", available: editing, run: () => void files.rename() },
    { id: "delete-file", title: "Delete this file", available: () => editing() && store.names.length > 1, run: () => void files.remove() },
    { id: "evaluate-file", title: "Evaluate this file", available: editing, run: () => store.evaluate(store.active) },
    { id: "previous-file", title: "Previous file", keys: "Alt-,", run: () => files.step(-1) },
    { id: "next-file", title: "Next file", keys: "Alt-.", run: () => files.step(1) },
    { id: "previous-output", title: "Previous result tab", keys: "Shift-Alt-,", run: () => output.step(-1) },
    { id: "next-output", title: "Next result tab", keys: "Shift-Alt-.", run: () => output.step(1) },
    ...(["json", "yaml", "toml", "value", "problems", "blame"] as const).map((tab) => ({
      id: `show-${tab}`, title: { json: "Show JSON", yaml: "Show YAML", toml: "Show TOML", value: "Show the value", problems: "Show problems", blame: "Show blame" }[tab],
      run: () => output.choose(tab),
    })),
    { id: "next-problem", title: "Next problem", keys: "F8", run: () => output.nextProblem(1) },
    { id: "previous-problem", title: "Previous problem", keys: "Shift-F8", run: () => output.nextProblem(-1) },
    { id: "next-region", title: "Next part of the page", keys: "F6", run: nextRegion },
    { id: "copy", title: "Copy the result", run: () => void output.copy() },
    { id: "download", title: "Download the result", run: () => output.download() },
    { id: "find", title: "Find in this file", keys: "Mod-f", inEditor: true, run: () => { const view = activeView(); if (view !== undefined) openSearchPanel(view); } },
    { id: "complete", title: "Complete", keys: "Ctrl-Space", inEditor: true, run: () => undefined },
    { id: "signature", title: "Signature of a function", keys: "Mod-Shift-Space", inEditor: true, run: () => undefined },
    { id: "definition", title: "Go to the definition", keys: "F12", inEditor: true, run: () => undefined },
    { id: "references", title: "Find references", keys: "Shift-F12", inEditor: true, run: () => undefined },
    { id: "rename", title: "Rename a symbol", keys: "F2", inEditor: true, run: () => undefined },
    { id: "comment", title: "Comment lines in or out", keys: "Mod-/", inEditor: true, run: () => undefined },
    { id: "undo", title: "Undo", keys: "Mod-z", inEditor: true, run: () => undefined },
    { id: "go-definition", title: "Go to the definition", run: () => withServer((it, view) => it.definition(view)) },
    { id: "find-references", title: "Find references", run: () => withServer((it, view) => it.references(view)) },
    { id: "rename-symbol", title: "Rename the symbol at the cursor", available: editing, run: () => withServer((it, view) => it.rename(view)) },
    {
      id: "theme", title: "Light, dark, or as the system",
      run: () => change({ theme: settings.theme === "system" ? (matchMedia("(prefers-color-scheme: dark)").matches ? "light" : "dark") : "system" }),
    },
    { id: "vim", title: "Vim mode on or off", available: editing, run: () => change({ vim: !settings.vim }) },
    { id: "save", title: "Save", keys: "Mod-s", available: editing, run: saveNow },
    { id: "shortcuts", title: "Keyboard shortcuts", keys: "F1", run: () => openShortcuts(commands.list) },
    { id: "reset", title: "Forget everything and start afresh", available: editing, run: () => location.assign(`${location.pathname}?reset`) },
  );
  commands.listen();

  // --- Keeping the work

  let saving: ReturnType<typeof setTimeout> | undefined;
  let warned = false;

  function keep(): void {
    clearTimeout(saving);
    saving = undefined;
    if (saveWorkspace(store.workspace) || warned) return;
    warned = true;
    notices.show("This browser does not let the playground store your work. Share or download it to keep it.", { stays: true });
  }

  function saveNow(): void {
    keep();
    if (!warned) notices.show("Saved in this browser. It is saved as you type, too.");
  }

  if (!embedded) {
    store.listen(() => {
      saving ??= setTimeout(keep, SAVE_AFTER_MS);
    });
    addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
  }

  // --- Off we go

  frame.build();
  splitter(at("splitter"), at("work"), () => at("work").dataset["layout"] !== "below");
  applySettings();
  if (!paused) evaluator.run();
  if (problem !== null) notices.show(problem, { stays: true });
  if (replaced) notices.show("This is a shared workspace. Yours is kept.", { actions: [{ title: "Back to mine", run: () => commands.run("back") }] });
  if (!embedded) {
    // The page is there to be used first; the server is asked for when the browser has time.
    const later = "requestIdleCallback" in window ? requestIdleCallback : (run: () => void) => setTimeout(run, 200);
    later(() => void connect().catch(() => serverIs("offline")));
    addEventListener("focus", () => server?.wake());
    store.listen(() => server?.wake());
  }
  document.documentElement.dataset["ready"] = "";
}
