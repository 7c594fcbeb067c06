/** The workspace that is open, and who wants to know when it changes. Texts live in the editors; this keeps the last ones told. */
import { isProgram, type SourceFile, type Workspace } from "./model";

/** What changed: a text, the set of files (or their names), which file is evaluated, which is shown, or the whole workspace. */
export type Change = "text" | "files" | "entry" | "active" | "workspace";

type Listener = (change: Change) => void;

export class Store {
  #files: SourceFile[] = [];
  #entry = "";
  #contract: string | undefined;
  #lesson: string | undefined;
  #active = "";
  readonly #listeners: Listener[] = [];

  constructor(workspace: Workspace) {
    this.#take(workspace);
  }

  get workspace(): Workspace {
    return {
      files: this.#files,
      entry: this.#entry,
      ...(this.#contract !== undefined && { contract: this.#contract }),
      ...(this.#lesson !== undefined && { lesson: this.#lesson }),
    };
  }

  get names(): string[] {
    return this.#files.map((file) => file.name);
  }

  get entry(): string {
    return this.#entry;
  }

  get contract(): string | undefined {
    return this.#contract;
  }

  get lesson(): string | undefined {
    return this.#lesson;
  }

  /** The file that the user looks at. */
  get active(): string {
    return this.#active;
  }

  textOf(name: string): string | undefined {
    return this.#files.find((file) => file.name === name)?.text;
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  open(workspace: Workspace): void {
    this.#take(workspace);
    this.#tell("workspace");
  }

  show(name: string): void {
    if (name === this.#active || !this.names.includes(name)) return;
    this.#active = name;
    this.#tell("active");
  }

  write(name: string, text: string): void {
    const index = this.names.indexOf(name);
    if (index < 0 || this.#files[index]?.text === text) return;
    this.#files = this.#files.with(index, { name, text });
    this.#tell("text");
  }

  /** A new file at the end, or another text in a file of that name. */
  put(name: string, text: string): void {
    if (this.names.includes(name)) {
      this.#files = this.#files.map((file) => (file.name === name ? { name, text } : file));
    } else {
      this.#files = [...this.#files, { name, text }];
    }
    this.#tell("files");
  }

  rename(from: string, to: string): void {
    this.#files = this.#files.map((file) => (file.name === from ? { name: to, text: file.text } : file));
    if (this.#entry === from) this.#entry = to;
    if (this.#contract === from) this.#contract = to;
    if (this.#active === from) this.#active = to;
    this.#tell("files");
  }

  remove(name: string): void {
    const index = this.names.indexOf(name);
    if (index < 0 || this.#files.length === 1) return;
    this.#files = this.#files.toSpliced(index, 1);
    const neighbour = this.#files[Math.min(index, this.#files.length - 1)] as SourceFile;
    if (this.#contract === name || (this.#entry === name && this.#contract !== undefined)) this.#contract = undefined;
    if (this.#entry === name) this.#entry = (this.#files.find((file) => isProgram(file.name)) ?? neighbour).name;
    if (this.#active === name) this.#active = neighbour.name;
    this.#tell("files");
  }

  evaluate(name: string): void {
    if (name === this.#entry || !this.names.includes(name)) return;
    this.#entry = name;
    this.#tell("entry");
  }

  /** Holds the entry against the contract of a file, or against none. */
  holdAgainst(name: string | undefined): void {
    if (name === this.#contract) return;
    this.#contract = name;
    this.#tell("workspace");
  }

  #take(workspace: Workspace): void {
    this.#files = [...workspace.files];
    this.#entry = workspace.entry;
    this.#contract = workspace.contract;
    this.#lesson = workspace.lesson;
    this.#active = workspace.entry;
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
