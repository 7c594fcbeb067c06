/** The line between editor and output, for pointers and keys. Their shares are variables of the style sheet. */
const STEP = 4;
const [LEAST, MOST] = [20, 80];

export function splitter(handle: HTMLElement, area: HTMLElement, vertical: () => boolean): void {
  let share = 50;
  handle.tabIndex = 0;
  handle.setAttribute("role", "separator");
  handle.setAttribute("aria-label", "Share of the editor");
  handle.setAttribute("aria-valuemin", String(LEAST));
  handle.setAttribute("aria-valuemax", String(MOST));

  function set(wanted: number): void {
    share = Math.min(MOST, Math.max(LEAST, wanted));
    area.style.setProperty("--first", `${share}fr`);
    area.style.setProperty("--second", `${100 - share}fr`);
    handle.setAttribute("aria-valuenow", String(Math.round(share)));
    handle.setAttribute("aria-orientation", vertical() ? "vertical" : "horizontal");
  }

  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const before = handle.previousElementSibling?.getBoundingClientRect();
    const after = handle.nextElementSibling?.getBoundingClientRect();
    if (before === undefined || after === undefined) return;
    set(vertical() ? ((event.clientX - before.left) / (after.right - before.left)) * 100 : ((event.clientY - before.top) / (after.bottom - before.top)) * 100);
  });
  handle.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(share + step);
  });
  handle.addEventListener("dblclick", () => set(50));
  set(share);
}
