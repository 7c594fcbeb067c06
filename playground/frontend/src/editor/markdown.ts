/**
 * What the language server says is Markdown, and quotes the user's program, which may have come by a link. Of the HTML made of it only
 * the elements that prose needs are kept, without attributes.
 */
const KEPT = new Set(["P", "PRE", "CODE", "EM", "STRONG", "UL", "OL", "LI", "BR", "HR", "BLOCKQUOTE", "H1", "H2", "H3", "H4", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "SPAN", "DIV", "DEL"]);
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "EMBED", "SVG", "MATH", "NOSCRIPT", "TITLE", "TEXTAREA"]);

export function sanitized(html: string): string {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const clean = document.implementation.createHTMLDocument("");
  copy(parsed.body, clean.body, clean);
  return clean.body.innerHTML;
}

function copy(from: Node, to: Node, owner: Document): void {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      to.appendChild(owner.createTextNode(child.textContent ?? ""));
    } else if (child instanceof Element || child.nodeType === Node.ELEMENT_NODE) {
      const original = child as Element;
      const name = original.tagName.toUpperCase();
      if (DROPPED.has(name)) continue;
      if (!KEPT.has(name)) {
        copy(original, to, owner);
        continue;
      }
      const kept = owner.createElement(name);
      // Classes colour the code in it; nothing else is needed.
      const classes = (original.getAttribute("class") ?? "").split(/\s+/).filter((item) => /^t-[a-z]+$/.test(item));
      if (classes.length > 0) kept.className = classes.join(" ");
      copy(original, kept, owner);
      to.appendChild(kept);
    }
  }
}
