/** The tabs of the files, and what is done with files: new ones, other names, away with them. */
import type { Store } from "../workspace/store";
import { EXTENSIONS, LIMITS, problemWithName } from "../workspace/model";
import { askName, confirm } from "./dialogs";
import { element, icon } from "./dom";
import { menu } from "./menu";
import { TabList } from "./tabs";

export class FileTabs {
  readonly #tabs: TabList;
  #drawn = "";

  constructor(
    row: HTMLElement,
    actions: HTMLElement,
    readonly store: Store,
    readOnly: boolean,
  ) {
    this.#tabs = new TabList(row, "pane-first", (name) => store.show(name));
    if (!readOnly) {
      const more = element("button", { type: "button", class: "icon-button", "aria-label": "Actions for this file", title: "This file" }, icon("more"));
      menu(more, () => [
        { title: "Evaluate this file", run: () => store.evaluate(store.active) },
        { title: "Rename…", run: () => void this.rename() },
        ...(store.names.length > 1 ? [{ title: "Delete", run: () => void this.remove() }] : []),
      ]);
      actions.append(
        element("button", { type: "button", class: "icon-button", "aria-label": "New file", title: "New file", onclick: () => void this.create() }, icon("plus")),
        more,
      );
    }
    store.listen((change) => change !== "text" && this.draw());
    this.draw();
  }

  draw(): void {
    const { names, entry, active, contract } = this.store;
    const state = JSON.stringify([names, entry, contract]);
    if (state === this.#drawn) {
      this.#tabs.choose(active);
      return;
    }
    this.#drawn = state;
    this.#tabs.show(
      names.map((name) => {
        const role = name === entry ? "is evaluated" : name === contract ? "is the contract" : "";
        return {
          id: name,
          label: role === "" ? name : `${name}, ${role}`,
          title: role === "" ? name : `${name} ${role}`,
          content: [name, name === entry && names.length > 1 && icon("play"), name === contract && icon("shield")],
        };
      }),
      active,
    );
  }

  step(by: number): void {
    this.store.show(this.#tabs.neighbour(by));
  }

  async create(): Promise<void> {
    const taken = this.store.names;
    if (taken.length >= LIMITS.files) return;
    const proposed = ["lib.ncl", "data.yaml", ...Array.from({ length: LIMITS.files }, (_, i) => `file${i + 1}.ncl`)].find((name) => !taken.includes(name)) ?? "";
    const name = await askName("New file", "Create", proposed, (wanted) => problemWithName(completed(wanted), taken));
    if (name === null) return;
    this.store.put(completed(name), "");
    this.store.show(completed(name));
  }

  async rename(): Promise<void> {
    const from = this.store.active;
    const others = this.store.names.filter((name) => name !== from);
    const name = await askName(`Rename ${from}`, "Rename", from, (wanted) => problemWithName(completed(wanted), others));
    if (name !== null && completed(name) !== from) this.store.rename(from, completed(name));
  }

  async remove(): Promise<void> {
    const name = this.store.active;
    if (await confirm(`Delete ${name}?`, "This cannot be taken back.", "Delete")) this.store.remove(name);
  }
}

/** A name without an ending is that of a program. */
function completed(name: string): string {
  return EXTENSIONS.some((ending) => name.endsWith(`.${ending}`)) || name.includes(".") || name === "" ? name : `${name}.ncl`;
}
