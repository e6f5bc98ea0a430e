/** Words whose full stop does not end a sentence, without it, in lower case. */
const abbreviations: ReadonlySet<string> = new Set(
  `mr mrs ms dr prof sr jr st rev hon gen col capt lt sgt gov sen rep pres mt ft
   vs etc cf al ca approx dept est fig figs vol vols no nos pp ed eds inc ltd co corp bros
   e.g i.e a.m p.m u.s u.k u.n d.c ph.d b.a m.a
   jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun`
    .trim()
    .split(/\s+/),
);

/** Abbreviations that often end a sentence too: they do when a capital follows. */
const mayEnd: ReadonlySet<string> = new Set(
  "etc a.m p.m u.s u.k u.n d.c inc ltd co corp bros jr sr ph.d".split(" "),
);

// A run of enders with the quotes and brackets that close after it; space or the end must follow,
// except in scripts that put none.
const ends = /(?:[.!?…]+["'”’)\]»]*(?=\s|$))|[。！？]+[”’」』）]*/gu;

/**
 * Splits prose into sentences, each trimmed and with its line breaks as spaces.
 *
 * Knows abbreviations, initials, decimals and quotations; an empty line ends a sentence too.
 */
export function splitSentences(text: string): string[] {
  return text
    .split(/\r?\n\s*\r?\n/)
    .flatMap(splitParagraph)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function splitParagraph(paragraph: string): string[] {
  const sentences: string[] = [];
  let begin = 0;
  for (const match of paragraph.matchAll(ends)) {
    const end = match.index + match[0].length;
    if (!endsSentence(paragraph, match.index, match[0], end)) continue;
    sentences.push(paragraph.slice(begin, end));
    begin = end;
  }
  sentences.push(paragraph.slice(begin));
  return sentences;
}

function endsSentence(text: string, index: number, mark: string, end: number): boolean {
  const next = /^\s*["'“‘(«[]*(.)/su.exec(text.slice(end, end + 16))?.[1] ?? "";
  // "“Stop!” he said": a small letter goes on with the sentence.
  if (/\p{Ll}/u.test(next)) return false;
  if (!mark.startsWith(".") || mark.startsWith("..")) return true;
  const word = /[^\s("“‘[]*$/u.exec(text.slice(Math.max(0, index - 32), index))?.[0] ?? "";
  if (/^\p{Lu}$/u.test(word)) return false;
  const known = word.toLowerCase();
  return !abbreviations.has(known) || (mayEnd.has(known) && /\p{Lu}/u.test(next));
}
