/**
 * The names that a declaration file exports, sorted, types with `type ` before them.
 *
 * Reads what `tsc` writes for an entry that lists its names or declares them itself.
 *
 * @throws {Error} for `export *`, which hides what an entry offers, and for a default export.
 */
export function exportNames(declarations: string): string[] {
  const text = declarations.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  if (/^\s*export\s+(\*|default|=)/m.test(text)) {
    throw new Error("it has `export *`, `export default` or `export =`; an entry lists its names");
  }
  const names = new Set<string>();
  for (const [, isType, list = ""] of text.matchAll(/^\s*export\s+(type\s+)?\{([^}]*)\}/gm)) {
    for (const item of list.split(",").map((each) => each.trim())) {
      if (item === "") continue;
      const name = item.replace(/^type\s+/, "").replace(/^.*\sas\s+/, "");
      names.add(isType || item.startsWith("type ") ? `type ${name}` : name);
    }
  }
  const declared = /^\s*export\s+(?:declare\s+)?(?:abstract\s+)?(\w+)\*?\s+([\w$]+)/gm;
  for (const [, kind, name = ""] of text.matchAll(declared)) {
    names.add(kind === "type" || kind === "interface" ? `type ${name}` : name);
  }
  return [...names].sort((a, b) => (a < b ? -1 : 1));
}
