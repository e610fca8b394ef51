/** Message files are parts of one tree: `errors` of one file and `errors` of another are the same branch. */
export interface Words {
  [key: string]: string | Words;
}

function graft(onto: Words, branch: Words): void {
  for (const [key, value] of Object.entries(branch)) {
    const there = onto[key];
    if (typeof value === "object" && typeof there === "object") graft(there, value);
    else onto[key] = typeof value === "object" ? structuredClone(value) : value;
  }
}

/** All parts as one tree. */
export function merged(parts: Readonly<Record<string, Words>>): Words {
  const tree: Words = {};
  for (const part of Object.values(parts)) graft(tree, part);
  return tree;
}
