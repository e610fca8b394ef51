/** Paths of this machine, whichever way it writes them. */

/** The file's own name. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).pop() ?? path;
}

/** The folder a file lies in. */
export function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "");
}
