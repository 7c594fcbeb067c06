/** Starts the playground: with the workspace of the link, the one of the last visit, or a first one. */
import "./style/style.css";
import { startApp } from "./app";
import { offerReset } from "./interface/reset";
import { lastVisitCrashed, markRunning, savedWorkspace, setAside } from "./workspace/storage";
import { FIRST_WORKSPACE, type Workspace } from "./workspace/model";
import { DamagedLink, isShared, workspaceOfFragment } from "./workspace/sharing";

const parameters = new URLSearchParams(location.search);
const embedded = location.pathname === "/embed" || parameters.has("embed");

async function start(): Promise<void> {
  if (parameters.has("reset") && !embedded) {
    offerReset();
    return;
  }
  const saved = embedded ? null : savedWorkspace();
  const { workspace, problem, shared } = await fromLink(saved ?? FIRST_WORKSPACE);
  const crashed = !embedded && lastVisitCrashed();
  if (!embedded) {
    if (shared && saved !== null) setAside(saved);
    // From here on the work is what is saved; the link would bring back what it was at first.
    if (isShared(location.hash)) history.replaceState(null, "", location.pathname + location.search);
    addEventListener("hashchange", () => isShared(location.hash) && location.reload());
    addEventListener("pagehide", () => markRunning(false));
  }
  startApp({ workspace, embedded, paused: crashed, problem, replaced: shared && saved !== null });
}

async function fromLink(otherwise: Workspace): Promise<{ workspace: Workspace; problem: string | null; shared: boolean }> {
  if (!isShared(location.hash)) return { workspace: otherwise, problem: null, shared: false };
  try {
    const workspace = await workspaceOfFragment(location.hash);
    return { workspace, problem: null, shared: JSON.stringify(workspace) !== JSON.stringify(otherwise) };
  } catch (error) {
    const problem = error instanceof DamagedLink ? error.message : "This link cannot be read.";
    return { workspace: otherwise, problem, shared: false };
  }
}

void start();
