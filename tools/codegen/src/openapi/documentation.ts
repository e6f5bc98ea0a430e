import type { AnyDesc, DescFile } from "@bufbuild/protobuf";
import { getComments } from "@bufbuild/protoplugin";

type Documented = Exclude<AnyDesc, DescFile>;

/** The comment above a descriptor as Markdown; its lines of one paragraph are joined. */
export function description(descriptor: Documented): { description?: string } {
  const comment = getComments(descriptor).leading;
  if (comment === undefined) return {};
  const text = comment
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim()
    .replace(/(?<!\n)\n(?!\n)/g, " ");
  return text === "" ? {} : { description: text };
}

/** The first sentence of a description, without its full stop. */
export function firstSentence(text: string): string {
  const [sentence = text] = text.split(/(?<=[.!?])\s|\n/, 1);
  return sentence.replace(/\.$/, "");
}
