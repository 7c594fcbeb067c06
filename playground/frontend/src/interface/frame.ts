/** What stands around the panes: the bar above, the line below, and what they tell. */
import type { ServerState } from "../editor/server";
import type { Evaluator } from "../evaluation/evaluator";
import type { Store } from "../workspace/store";
import { fragmentOf } from "../workspace/sharing";
import { type Commands, MAC } from "./commands";
import { element, icon, svgElement } from "./dom";
import { menu } from "./menu";

interface Parts {
  readonly embedded: boolean;
  readonly commands: Commands;
  readonly store: Store;
  readonly evaluator: Evaluator;
}

const SERVER_WORDS = { connecting: "Language server: connecting", ready: "Language server", offline: "Language server: not connected" } as const;

/** What the menu has: the rest is in the list of commands. */
const IN_MENU = ["back", "new", "convert", "zip", "format", "theme", "vim", "shortcuts", "reset"];

export class Frame {
  readonly time = element("span", { class: "time" });
  serverReady = false;
  readonly #parts: Parts;
  readonly #cursor = element("span", { class: "cursor-place" });
  readonly #server = element("span", { class: "server", "data-state": "connecting" }, "");
  readonly #vim = element("span", { class: "vim-state", hidden: true }, "Vim");
  readonly #entry = element("span", { class: "entry" });

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  build(): void {
    const { embedded, commands, store, evaluator } = this.#parts;
    document.documentElement.toggleAttribute("data-embedded", embedded);
    const bar = document.getElementById("bar") as HTMLElement;
    bar.replaceChildren(...(embedded ? this.#embeddedBar() : this.#bar()));
    const run = element("button", {
      type: "button", class: "button run", title: `Evaluate (${MAC ? "⌘↩" : "Ctrl+Enter"})`, onclick: () => commands.run("run"),
    }, icon("play"), element("span", {}, "Run"));
    (document.getElementById("output-actions") as HTMLElement).append(run);
    evaluator.listen((_state, running) => run.toggleAttribute("data-running", running));
    (document.getElementById("status") as HTMLElement).replaceChildren(
      ...(embedded ? [this.#entry, this.time] : [this.#server, this.#vim, element("span", { class: "gap" }), this.#cursor, this.#entry, this.time]),
    );
    this.server("connecting");
    const tellEntry = () => {
      this.#entry.textContent = store.contract === undefined ? `evaluates ${store.entry}` : `${store.entry} against ${store.contract}`;
    };
    store.listen((change) => change !== "text" && tellEntry());
    tellEntry();
  }

  cursor(_name: string, line: number, column: number): void {
    this.#cursor.textContent = `Ln ${line}, Col ${column}`;
  }

  server(state: ServerState): void {
    this.serverReady = state === "ready";
    this.#server.dataset["state"] = state;
    this.#server.replaceChildren(element("span", { class: "dot", "aria-hidden": "true" }), element("span", {}, SERVER_WORDS[state]));
  }

  vim(on: boolean): void {
    this.#vim.hidden = !on;
  }

  /** The names of the files in the two panes; none where there is one. */
  panes(names: readonly string[]): void {
    const [first, second] = names;
    (document.getElementById("pane-first") as HTMLElement).dataset["title"] = first === undefined ? "" : `Data · ${first}`;
    (document.getElementById("pane-second") as HTMLElement).dataset["title"] = second === undefined ? "" : `Contract · ${second}`;
  }

  #bar(): HTMLElement[] {
    const { commands } = this.#parts;
    const button = (id: string, name: Parameters<typeof icon>[0], title: string, short: string) =>
      element("button", { type: "button", class: "button quiet", "aria-label": title, onclick: () => commands.run(id) }, icon(name), element("span", {}, short));
    const more = element("button", { type: "button", class: "icon-button", "aria-label": "More", title: "More" }, icon("more"));
    menu(more, () => IN_MENU.flatMap((id) => commands.list.filter((command) => command.id === id && (command.available?.() ?? true))));
    return [
      element("h1", { class: "brand" }, brand(), element("span", { class: "brand-name" }, "contractlang"), element("span", { class: "brand-what" }, "playground")),
      element("nav", { class: "ways", "aria-label": "Ways in" },
        button("gallery", "book", "Examples and tour", "Examples"),
        button("validate", "shield", "Check YAML against a contract", "Check YAML")),
      element("div", { class: "bar-end" },
        element("button", { type: "button", class: "button quiet commands", onclick: () => commands.run("palette") },
          icon("command"), element("span", {}, "Commands"), " ", element("kbd", {}, MAC ? "⌘K" : "Ctrl K")),
        element("button", { type: "button", class: "button primary share", onclick: () => commands.run("share") }, icon("share"), element("span", {}, "Share")),
        more),
    ];
  }

  #embeddedBar(): HTMLElement[] {
    const link = element("a", { class: "button quiet", target: "_blank", rel: "noopener", href: "/" }, "Open in the playground");
    void fragmentOf(this.#parts.store.workspace).then((fragment) => link.setAttribute("href", `/${fragment}`));
    return [element("h1", { class: "brand" }, brand(), element("span", { class: "brand-name" }, "contractlang")), element("div", { class: "bar-end" }, link)];
  }
}

function brand(): SVGElement {
  return svgElement("svg", { class: "brand-mark", viewBox: "0 0 32 32", "aria-hidden": "true" },
    svgElement("rect", { width: 32, height: 32, rx: 8 }),
    svgElement("path", { d: "M12 8.5H8.5v15H12M20 8.5h3.500v15H20M11.800 16.300l3 3 5.400-6.300" }));
}
