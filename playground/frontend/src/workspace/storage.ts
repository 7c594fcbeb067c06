/**
 * What survives a reload: the workspace, the settings, the lessons done. Storage may be full, forbidden, or hold anything; the
 * playground then works without.
 *
 * A mark stands in the storage while a program of the user is being evaluated and shown. A page that finds the mark of an earlier visit
 * knows that the visit ended in a crash or a hang, and starts without evaluating.
 */
import { FIRST_WORKSPACE, type Workspace, workspaceFrom } from "./model";

const PREFIX = "contractlang-playground";
const WORKSPACE = `${PREFIX}:workspace:1`;
/** The user's own workspaces, kept while one from a link or a lesson is open. */
const SET_ASIDE = `${PREFIX}:set-aside:1`;
const SETTINGS = `${PREFIX}:settings:1`;
const LESSONS = `${PREFIX}:lessons:1`;
const MOST_SET_ASIDE = 5;
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

/** Keeps a workspace of the user's, because another takes its place. Lessons are not kept: they can be opened again. */
export function setAside(workspace: Workspace): void {
  if (workspace.lesson !== undefined || same(workspace, FIRST_WORKSPACE)) return;
  const others = allSetAside().filter((other) => !same(other, workspace));
  write(SET_ASIDE, JSON.stringify([...others, workspace].slice(-MOST_SET_ASIDE)));
}

export function hasSetAside(): boolean {
  return allSetAside().length > 0;
}

/** The workspace that was set aside last, which then is not set aside any more. */
export function takeBack(): Workspace | undefined {
  const all = allSetAside();
  const last = all.pop();
  write(SET_ASIDE, all.length === 0 ? null : JSON.stringify(all));
  return last;
}

function allSetAside(): Workspace[] {
  return parsed(SET_ASIDE, (data) => (data as unknown[]).map(workspaceFrom)) ?? [];
}

function same(one: Workspace, other: Workspace): boolean {
  return JSON.stringify(one.files) === JSON.stringify(other.files);
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
