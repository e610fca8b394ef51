/**
 * Fails when a sentence is missing: a key in one language only, placeholders that differ, a key used on a screen
 * that no language has, or (with --core) an error code of the core without a sentence.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("../../", import.meta.url));
const languages = ["zh-CN", "en"];
const faults = [];

/** Flattens `{a:{b:"x"}}` to `a.b -> x`. */
function flatten(node, prefix, into) {
  for (const [key, value] of Object.entries(node)) {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    if (typeof value === "string") into.set(path, value);
    else flatten(value, path, into);
  }
  return into;
}

function* files(folder, endings) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules" || entry.name === "target" || entry.name === "generated") continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path, endings);
    else if (endings.some((ending) => entry.name.endsWith(ending))) yield path;
  }
}

const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort().join(",");

/** One part of the words per file: `zh-CN.json`, `records.zh-CN.json`, …; a key stands in one part only. */
const parts = readdirSync(join(top, "assets/messages")).filter((name) => name.endsWith(".json"));
const messages = new Map(
  languages.map((language) => {
    const all = new Map();
    for (const name of parts.filter((part) => part === `${language}.json` || part.endsWith(`.${language}.json`))) {
      const texts = flatten(JSON.parse(readFileSync(join(top, "assets/messages", name), "utf8")), "", new Map());
      for (const [key, text] of texts) {
        if (all.has(key)) faults.push(`${name}: "${key}" stands in another file as well`);
        all.set(key, text);
      }
    }
    return [language, all];
  }),
);

for (const [language, texts] of messages) {
  for (const [other, theirs] of messages) {
    if (other === language) continue;
    for (const [key, text] of texts) {
      if (!theirs.has(key)) faults.push(`${other}: no "${key}" (${language} has it)`);
      else if (language < other && placeholders(text) !== placeholders(theirs.get(key)))
        faults.push(`"${key}": placeholders differ between ${language} and ${other}`);
    }
    for (const [key, text] of texts) if (text.trim() === "") faults.push(`${language}: "${key}" is empty`);
  }
}

const known = messages.get(languages[0]);
const some = (prefix) => [...known.keys()].some((key) => key.startsWith(prefix));

for (const path of files(join(top, "ui/src"), [".ts", ".tsx"])) {
  const source = readFileSync(path, "utf8");
  const where = relative(top, path);
  for (const [, key] of source.matchAll(/\bt\(\s*"([^"]+)"/g))
    if (!known.has(key)) faults.push(`${where}: no message "${key}"`);
  for (const [, key] of source.matchAll(/\bi18nKey="([^"]+)"/g))
    if (!known.has(key)) faults.push(`${where}: no message "${key}"`);
  for (const [, prefix] of source.matchAll(/\bt\(\s*`([^`$]+)\$\{/g))
    if (!some(prefix)) faults.push(`${where}: no message begins with "${prefix}"`);
}

/** Codes of the core's errors: what `code()` methods answer and what `Fault::new` is given. */
function* codes(source) {
  const tests = source.indexOf("#[cfg(test)]");
  const shipped = tests < 0 ? source : source.slice(0, tests);
  for (const [, body] of shipped.matchAll(/fn code\(&?self\) -> &'static str \{([\s\S]*?)\n {0,8}\}\n/g))
    for (const [, code] of body.matchAll(/"([a-z0-9]+(?:-[a-z0-9]+)*)"/g)) yield code;
  for (const [, code] of shipped.matchAll(/Fault::(?:new|from_parts)\(\s*"([a-z0-9-]+)"/g)) yield code;
}

/** Codes of faults of single fields and of standards: the validators name nothing else in this spelling. */
function* faultCodes(path, source) {
  if (!/domain\/src\/(standard\/)?validate\/(?!tests)/.test(path.replaceAll("\\", "/"))) return;
  const tests = source.indexOf("#[cfg(test)]");
  for (const [, code] of source.slice(0, tests < 0 ? undefined : tests).matchAll(/"([a-z]+(?:-[a-z]+)+)"/g)) yield code;
}

if (process.argv.includes("--core"))
  for (const path of files(join(top, "src-tauri"), [".rs"])) {
    const source = readFileSync(path, "utf8");
    for (const code of [...codes(source), ...faultCodes(path, source)])
      for (const part of ["text", "next"])
        if (!known.has(`errors.${code}.${part}`)) faults.push(`${relative(top, path)}: no message "errors.${code}.${part}"`);
  }

for (const fault of new Set(faults)) console.error(fault);
console.log(`messages: ${known.size} keys in ${languages.length} languages, ${new Set(faults).size} faults`);
process.exit(faults.length === 0 ? 0 : 1);
