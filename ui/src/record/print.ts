/** Paper: asks where to, has the core write it, and opens it. */
import type { WrittenFile } from "../generated/core";
import { desktop } from "../platform/client";

/** Characters no file system of an office PC takes in a name. */
function fileName(title: string): string {
  return `${title.replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60)}.pdf`;
}

/** Returns the path written, or null when the person changed their mind. */
export async function printTo(
  title: string,
  question: string,
  write: (path: string) => Promise<WrittenFile>,
): Promise<string | null> {
  const path = await desktop.pickSave({ title: question, suggested: fileName(title), kinds: [{ name: "PDF", extensions: ["pdf"] }] });
  if (path === null) return null;
  const written = await write(path);
  await desktop.openDocument(written.path);
  return written.path;
}
