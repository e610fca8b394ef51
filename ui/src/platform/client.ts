/** The one typed way to the core and to the desktop. Screens import from here and nowhere else. */
import type { Commands } from "../generated/core";
import { browserHost } from "./browser";
import { tauriHost } from "./tauri";
import { readError, type Host } from "./wire";

export { CoreError, readError, type FileKind, type PathRequest } from "./wire";

export type CommandName = keyof Commands;
export type Args<K extends CommandName> = Commands[K]["args"];
export type Result<K extends CommandName> = Commands[K]["result"];

/** Whether this is the desktop window; only for what a browser cannot do at all. */
export const onDesktop = "__TAURI_INTERNALS__" in window;

let host: Host = onDesktop ? tauriHost : browserHost;

/** Puts another host in place; for tests. */
export function replaceHost(other: Host): void {
  host = other;
}

const lockListeners = new Set<() => void>();

/** Calls `listener` whenever the core refuses because it has locked itself; returns how to stop that. */
export function whenLocked(listener: () => void): () => void {
  lockListeners.add(listener);
  return () => lockListeners.delete(listener);
}

/**
 * Runs one command of the core's list.
 *
 * @throws CoreError what the core refused, or `core-unreachable`
 */
export async function call<K extends CommandName>(
  name: K,
  ...[args]: Record<string, never> extends Args<K> ? [args?: Args<K>] : [args: Args<K>]
): Promise<Result<K>> {
  try {
    return (await host.call(name, args ?? {})) as Result<K>;
  } catch (raw) {
    const error = readError(raw);
    if (error.code === "locked") for (const listener of lockListeners) listener();
    throw error;
  }
}

/** Asking for paths and showing documents, each on whatever host this is. */
export const desktop: Omit<Host, "call"> = {
  pickFile: (request) => host.pickFile(request),
  pickFiles: (request) => host.pickFiles(request),
  pickFolder: (request) => host.pickFolder(request),
  pickSave: (request) => host.pickSave(request),
  openDocument: (path) => host.openDocument(path),
  reveal: (path) => host.reveal(path),
};
