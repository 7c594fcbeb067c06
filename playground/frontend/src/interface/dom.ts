/** Elements without HTML: every text becomes a text node, whatever it contains. */

export type Child = Node | string | null | false | undefined;

interface Properties {
  class?: string;
  [attribute: string]: string | number | boolean | null | undefined | EventListener | ((event: never) => void);
}

/** An element with attributes (`on…`: listeners; `true` and `false` set and leave out), and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  apply(made, properties, children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  properties: Properties = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  apply(made, properties, children);
  return made;
}

function apply(made: Element, properties: Properties, children: Child[]): void {
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value as EventListener);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  for (const child of children) {
    if (child !== null && child !== false && child !== undefined) made.append(child);
  }
}

/** Text in which `…` between backticks is code. */
export function prose(text: string): (Node | string)[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part));
}

/** The drawings of the interface: paths on a grid of 16, drawn with the colour of the text. */
const ICONS = {
  play: "M5 3.5v9l7-4.5z",
  share: "M8 10V2.5M5 5l3-3 3 3M3.5 8v5.5h9V8",
  book: "M2.5 3.5c2-.8 4-.8 5.5.3 1.5-1.1 3.5-1.1 5.5-.3v9c-2-.8-4-.8-5.5.3-1.5-1.1-3.5-1.1-5.5-.3zM8 3.8v9",
  check: "M3 8.5l3.2 3.2L13 4.8",
  shield: "M8 1.8l5 1.8v4c0 3.2-2.1 5.4-5 6.6-2.9-1.2-5-3.4-5-6.6v-4zM5.7 8l1.7 1.7 3-3.2",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  left: "M10 3.5L5.5 8l4.5 4.5",
  right: "M6 3.5L10.5 8 6 12.5",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  download: "M8 2.5V10M5 7.5l3 3 3-3M3 13.5h10",
  command: "M2.5 4.5l3 3-3 3M7.5 11.5h6",
  error: "M8 1.8a6.2 6.2 0 1 0 .01 0M8 4.8v4M8 11.2h.01",
  warning: "M8 2.2l6.3 11.3H1.7zM8 6.5v3.2M8 11.6h.01",
  reset: "M3 8a5 5 0 1 0 1.7-3.8L3 5.7M3 2.5v3.2h3.2",
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGElement {
  return svgElement("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    svgElement("path", { d: ICONS[name] }));
}
