/**
 * What survives a reload: the workspace, the settings, the lessons done. Storage may be full, forbidden, or hold anything; the
 * playground then works without.
 *
 * A mark stands in the storage while a program of the user is being evaluated and shown. A page that finds the mark of an earlier visit
 * knows that the visit ended in a crash or a hang, and starts without evaluating.
 */
import { type Workspace, workspaceFrom } from "./model";

const PREFIX = "contractlang-playground";
const WORKSPACE = `${PREFIX}:workspace:1`;
/** The user's own workspace, kept while one from a link or a lesson is open. */
const SET_ASIDE = `${PREFIX}:set-aside:1`;
const SETTINGS = `${PREFIX}:settings:1`;
const LESSONS = `${PREFIX}:lessons:1`;
const RUNNING = `${PREFIX}:running`;

export interface Settings {
  readonly theme: "system" | "light" | "dark";
  readonly vim: boolean;
}

export const DEFAULT_SETTINGS: Settings = { theme: "system", vim: false };

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

function parsed<T>(key: string, check: (data: unknown) => T): T | null {
  const text = read(key);
  if (text === null) return null;
  try {
    return check(JSON.parse(text));
  } catch {
    return null;
  }
}

export function savedWorkspace(): Workspace | null {
  return parsed(WORKSPACE, workspaceFrom);
}

/** Returns whether it could be saved. */
export function saveWorkspace(workspace: Workspace): boolean {
  return write(WORKSPACE, JSON.stringify(workspace));
}

export function setAside(workspace: Workspace): void {
  write(SET_ASIDE, JSON.stringify(workspace));
}

export function workspaceSetAside(): Workspace | null {
  return parsed(SET_ASIDE, workspaceFrom);
}

export function forgetSetAside(): void {
  write(SET_ASIDE, null);
}

export function savedSettings(): Settings {
  return (
    parsed(SETTINGS, (data) => {
      const { theme, vim } = data as Partial<Settings>;
      return {
        theme: theme === "light" || theme === "dark" ? theme : "system",
        vim: vim === true,
      } satisfies Settings;
    }) ?? DEFAULT_SETTINGS
  );
}

export function saveSettings(settings: Settings): void {
  write(SETTINGS, JSON.stringify(settings));
}

export function lessonsDone(): ReadonlySet<string> {
  return new Set(parsed(LESSONS, (data) => (data as unknown[]).filter((item) => typeof item === "string")) ?? []);
}

export function saveLessonsDone(done: ReadonlySet<string>): void {
  write(LESSONS, JSON.stringify([...done]));
}

export function markRunning(running: boolean): void {
  write(RUNNING, running ? "1" : null);
}

export function lastVisitCrashed(): boolean {
  return read(RUNNING) !== null;
}

/** Everything that the playground keeps. */
export function forgetEverything(): void {
  for (const key of [WORKSPACE, SET_ASIDE, SETTINGS, LESSONS, RUNNING]) write(key, null);
}
