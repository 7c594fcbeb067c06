/** The drawing of a verdict. Its parties lead to the code, by pointer and by key. */
import type { Diagnostic, Span } from "../../evaluation/protocol";
import { element, icon, prose, svgElement } from "../../interface/dom";
import type { Role } from "../../editor/marks";
import { type Arrow, type Drawing, drawingOf, METRICS, type Node } from "./layout";
import { type ContractParty, type Party, type Story, storyOf } from "./story";

export interface BlameActions {
  textOf(file: string): string | undefined;
  go(span: Span): void;
  mark(marked: { span: Span; role: Role }[]): void;
  openLesson(id: string): void;
}

const VERDICTS = { guilty: "broke the promise", innocent: "not at fault", none: "" } as const;

export class BlameView {
  readonly root = element("div", { class: "blame" });
  #blamed: readonly Diagnostic[] = [];
  #index = 0;
  #active = false;
  #width = 0;

  constructor(readonly actions: BlameActions) {
    new ResizeObserver(([entry]) => {
      const width = Math.round(entry?.contentRect.width ?? 0);
      if (width === this.#width || width === 0) return;
      this.#width = width;
      if (this.#active) this.#draw();
    }).observe(this.root);
  }

  show(found: readonly Diagnostic[]): void {
    const current = this.#blamed[this.#index]?.fingerprint;
    this.#blamed = found.filter((item) => item.blame !== undefined);
    this.#index = Math.max(0, this.#blamed.findIndex((item) => item.fingerprint === current));
    if (this.#active) this.#draw();
  }

  choose(diagnostic: Diagnostic): void {
    this.#index = Math.max(0, this.#blamed.indexOf(diagnostic));
    if (this.#active) this.#draw();
  }

  /** Whether it is looked at: only then are its parties marked in the code. */
  activate(active: boolean): void {
    if (this.#active === active) return;
    this.#active = active;
    if (active) this.#draw();
    else this.actions.mark([]);
  }

  #draw(): void {
    const diagnostic = this.#blamed[this.#index];
    const story = diagnostic === undefined ? null : storyOf(diagnostic, (span) => this.#textOf(span));
    if (diagnostic === undefined || story === null) {
      this.actions.mark([]);
      this.root.replaceChildren(this.#nobody());
      return;
    }
    this.actions.mark(
      [
        { span: story.contract.at, role: story.contract.verdict === "guilty" ? ("guilty" as const) : ("contract" as const) },
        ...[story.top, story.bottom].map((party) => ({ span: party.at, role: party.verdict === "guilty" ? ("guilty" as const) : ("innocent" as const) })),
      ].flatMap(({ span, role }) => (span === null ? [] : [{ span, role }])),
    );
    const kept = this.root.contains(document.activeElement) ? document.activeElement?.getAttribute("data-who") : null;
    this.root.replaceChildren(
      ...(this.#blamed.length > 1 ? [this.#choice()] : []),
      element("p", { class: "blame-sentence" }, ...prose(story.sentence)),
      this.#picture(story, drawingOf(story, this.#width - 2)),
    );
    if (kept != null) this.root.querySelector<SVGElement>(`[data-who="${kept}"]`)?.focus();
  }

  #nobody(): HTMLElement {
    return element("div", { class: "empty" },
      icon("shield"),
      element("p", {}, "Nobody is to blame."),
      element("p", { class: "muted" }, "When a contract is broken, this shows who promised what to whom, and who did not keep it."),
      element("button", { type: "button", class: "button", onclick: () => this.actions.openLesson("caller") }, "Break one, as an exercise"));
  }

  #choice(): HTMLElement {
    const step = (by: number) => () => {
      this.#index = (this.#index + by + this.#blamed.length) % this.#blamed.length;
      this.#draw();
      this.root.querySelector<HTMLElement>(by < 0 ? ".previous" : ".next")?.focus();
    };
    return element("div", { class: "blame-choice" },
      element("button", { type: "button", class: "icon-button previous", "aria-label": "Previous verdict", onclick: step(-1) }, icon("left")),
      element("span", { "aria-live": "polite" }, `${this.#index + 1} of ${this.#blamed.length}`),
      element("button", { type: "button", class: "icon-button next", "aria-label": "Next verdict", onclick: step(1) }, icon("right")));
  }

  #picture(story: Story, drawing: Drawing): SVGElement {
    return svgElement("svg", {
      class: "blame-picture", width: drawing.width, height: drawing.height, viewBox: `0 0 ${drawing.width} ${drawing.height}`,
      role: "group", "aria-label": `Drawing: ${story.sentence.replaceAll("`", "")}`,
    },
      ...drawing.arrows.map(arrow),
      ...drawing.nodes.map((node) => this.#party(node, story[node.who])),
      ...(drawing.pill === null ? [] : [
        svgElement("g", { class: "pill", role: "img", "aria-label": `The value: ${drawing.pill.text}` },
          svgElement("rect", { x: drawing.pill.x, y: drawing.pill.y, width: drawing.pill.width, height: drawing.pill.height, rx: drawing.pill.height / 2 }),
          svgElement("text", { x: drawing.pill.x + drawing.pill.width / 2, y: drawing.pill.y + drawing.pill.height / 2 + 4, "text-anchor": "middle" }, drawing.pill.text))]),
      stop(drawing));
  }

  #party(node: Node, party: Party): SVGElement {
    const { x, y, width } = node;
    const verdict = VERDICTS[party.verdict];
    const title = party.title.replaceAll("`", "");
    // The name that is spoken is what is seen, word for word.
    const words = [title, verdict, ...node.code.map((row) => row.text), ...node.rule.map((row) => row.text), node.place];
    const description = words.filter((word) => word !== "").join(" ");
    const go = () => party.at !== null && this.actions.go(party.at);
    const left = x + METRICS.padding;
    const right = x + width - METRICS.padding;
    let line = y + METRICS.padding + METRICS.title;
    const rows: SVGElement[] = [];
    for (const row of node.code) {
      line += METRICS.line;
      rows.push(codeRow(row.text, row.from, left, line - 5, "broken" in party ? (party as ContractParty).broken : null));
    }
    for (const row of node.rule) {
      line += METRICS.line;
      rows.push(svgElement("text", { class: "rule", x: left, y: line - 5 }, row.text));
    }
    if (node.placeBelow) line += METRICS.line;
    if (node.place !== "") {
      rows.push(svgElement("text", { class: "at", x: node.placeBelow ? left : right, y: line - 5, "text-anchor": node.placeBelow ? "start" : "end" }, node.place));
    }
    const properties = { class: `party ${party.verdict} ${node.who}`, "data-who": node.who, "aria-label": description };
    const content: (SVGElement | string)[] = [
      svgElement("rect", { class: "box", x, y, width, height: node.height, rx: 10 }),
      svgElement("text", { class: "title", x: left, y: y + METRICS.padding + 12 }, title),
      " ",
      svgElement("text", { class: "verdict", x: right, y: y + METRICS.padding + 12, "text-anchor": "end" }, verdict),
      ...rows.flatMap((row) => [" ", row]),
    ];
    if (party.at === null || this.actions.textOf(party.at.file) === undefined) return svgElement("g", { ...properties, role: "img" }, ...content);
    return svgElement("g", {
      ...properties, class: `${properties.class} linked`, role: "button", tabindex: 0, onclick: go,
      onkeydown: (event: KeyboardEvent) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        go();
      },
    }, ...content);
  }

  #textOf(span: Span): string | null {
    const lines = this.actions.textOf(span.file)?.split("\n");
    if (lines === undefined) return null;
    const taken = lines.slice(span.start.line - 1, span.end.line).map((line) => [...line]);
    if (taken.length === 0) return null;
    const last = taken.length - 1;
    taken[last] = (taken[last] ?? []).slice(0, span.end.column - 1);
    taken[0] = (taken[0] ?? []).slice(span.start.column - 1);
    return taken.map((characters) => characters.join("")).join("\n");
  }
}

function codeRow(text: string, offset: number, x: number, y: number, broken: { from: number; to: number } | null): SVGElement {
  const from = broken === null ? 0 : Math.max(0, Math.min(text.length, broken.from - offset));
  const to = broken === null ? 0 : Math.max(0, Math.min(text.length, broken.to - offset));
  return svgElement("text", { class: "source", x, y },
    text.slice(0, from),
    from < to ? svgElement("tspan", { class: "broken" }, text.slice(from, to)) : null,
    text.slice(to));
}

function arrow({ x, from, to, label, broken }: Arrow): SVGElement {
  const down = to > from;
  const tip = down ? -1 : 1;
  const end = to + tip * (broken ? 9 : 3);
  return svgElement("g", { class: broken ? "arrow broken" : "arrow", "aria-hidden": "true" },
    svgElement("path", { d: `M${x} ${from - tip * 3}V${end}M${x - 4.5} ${end + tip * 5.5}L${x} ${end}l4.5 ${tip * 5.5}` }),
    label === "" ? null : svgElement("text", { class: "lane", x: x + 12, y: (from + to) / 2 + 4 }, label));
}

function stop({ stop: { x, y } }: Drawing): SVGElement {
  return svgElement("g", { class: "stop", "aria-hidden": "true" },
    svgElement("circle", { cx: x, cy: y, r: 8 }),
    svgElement("path", { d: `M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6` }));
}
