import type { OpenApiDocument } from "./open-api-document.js";

/** A document without the components that nothing in it refers to. */
export function pickReachable(document: OpenApiDocument): object {
  const components = document.components as Readonly<Record<string, Record<string, unknown>>>;
  const reached = new Set<string>();
  const { components: _, ...rest } = document;
  visit(rest);
  const picked = Object.entries(components).flatMap(([section, members]) => {
    // Ways to authenticate are named and not referred to.
    const kept = Object.entries(members).filter(
      ([name]) => section === "securitySchemes" || reached.has(`${section}/${name}`),
    );
    return kept.length === 0 ? [] : [[section, Object.fromEntries(kept)] as const];
  });
  return { ...document, components: Object.fromEntries(picked) };

  function visit(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      if (key === "$ref" && typeof each === "string") follow(each);
      else visit(each);
    }
  }

  function follow(reference: string): void {
    const [, section = "", name = ""] = /^#\/components\/([^/]+)\/([^/]+)/.exec(reference) ?? [];
    const key = `${section}/${name}`;
    if (reached.has(key)) return;
    reached.add(key);
    visit(components[section]?.[name]);
  }
}
