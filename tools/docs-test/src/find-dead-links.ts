import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a link of a published README looks like that leads to a file of this repository. */
const ours = /^https:\/\/github\.com\/smartcall\/smartcall\/(?:blob|tree)\/main\//;

/**
 * The links of a page that lead nowhere in this repository: to no file, or to no heading of a page.
 * Links to elsewhere are left alone.
 */
export function findDeadLinks(root: string, page: string): string[] {
  const text = withoutCode(readFileSync(join(root, page), "utf8"));
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)];
  return links.flatMap(([, link, image]) => {
    const target = link ?? image ?? "";
    return leadsNowhere(root, page, target) ? [target] : [];
  });
}

function leadsNowhere(root: string, page: string, target: string): boolean {
  const isOurs = ours.test(target);
  if (!isOurs && /^[a-z]+:/.test(target)) return false;
  const [path = "", heading] = target.replace(ours, "").split("#");
  const file = path === "" && !isOurs ? page : join(isOurs ? "" : dirname(page), path);
  if (!existsSync(join(root, file))) return true;
  if (heading === undefined || !file.endsWith(".md")) return false;
  return !headings(readFileSync(join(root, file), "utf8")).has(heading);
}

/** The anchors of a page, as GitHub makes them of its headings. */
function headings(text: string): Set<string> {
  const titles = [...withoutCode(text, false).matchAll(/^#+ (.*)$/gm)];
  return new Set(
    titles.map(([, title = ""]) =>
      title
        .trim()
        .toLowerCase()
        .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

function withoutCode(text: string, isInlineToo = true): string {
  const outside = text.replace(/^(`{3,}).*?^\1$/gms, "");
  return isInlineToo ? outside.replace(/`[^`\n]*`/g, "") : outside;
}
