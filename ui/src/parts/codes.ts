/** Codes that people read aloud or type from paper. */

/** The groups of a code as the core writes them, parted by blanks, dashes or colons; four characters each if not parted. */
export function groupsOf(code: string): string[] {
  const parted = code.trim().split(/[\s:-]+/).filter(Boolean);
  if (parted.length > 1) return parted;
  return (parted[0] ?? "").match(/.{1,4}/g) ?? [];
}

/** Whether two codes are the same to a person: case, blanks and dashes do not count. */
export function sameCode(one: string, other: string): boolean {
  const bare = (code: string) => code.replace(/[\s:-]/g, "").toLowerCase();
  return bare(one) !== "" && bare(one) === bare(other);
}
