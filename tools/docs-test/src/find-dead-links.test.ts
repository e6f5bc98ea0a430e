import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findDeadLinks } from "./find-dead-links.ts";
import { root } from "./pages.ts";

const pages = execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" });

for (const page of pages.trim().split("\n")) {
  test(`the links of ${page} lead somewhere`, () => {
    expect(findDeadLinks(root, page)).toEqual([]);
  });
}

const links = [
  { link: "other.md", isDead: false },
  { link: "nowhere.md", isDead: true },
  { link: "other.md#a-heading-with-code", isDead: false },
  { link: "other.md#not-in-it", isDead: true },
  { link: "#here", isDead: false },
  { link: "#there", isDead: true },
  { link: "https://github.com/smartcall/smartcall/blob/main/other.md", isDead: false },
  { link: "https://github.com/smartcall/smartcall/blob/main/nowhere", isDead: true },
  { link: "https://example.com/nowhere", isDead: false },
];

test.each(links)("a link to $link is dead: $isDead", ({ link, isDead }) => {
  const folder = mkdtempSync(join(tmpdir(), "smartcall-links-"));
  const code = "`[code](no-link.md)`";
  writeFileSync(join(folder, "page.md"), `# Here\n\nSee [it](${link}), not ${code}.\n`);
  writeFileSync(join(folder, "other.md"), "## A heading, with `code`\n\n```sh\n# not in it\n```\n");
  expect(findDeadLinks(folder, "page.md")).toEqual(isDead ? [link] : []);
  rmSync(folder, { recursive: true });
});
