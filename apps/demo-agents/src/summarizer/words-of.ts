/** Words that say nothing of what a text is about. */
const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all also although am an and any are as at be because been
   before being below between both but by can cannot could did do does doing down during each even
   ever every few for from further get had has have having he her here hers herself him himself his
   how however i if in into is it its itself just like made make many may me might more most much
   must my myself never no nor not now of off often on once one only or other our ours ourselves out
   over own rather said same say says she should since so some such than that the their theirs them
   themselves then there these they this those though through to too two under until up upon us use
   used very was we well were what when where whether which while who whom whose why will with within
   without would yet you your yours yourself yourselves s t d ll m o re ve don didn doesn isn wasn`
    .trim()
    .split(/\s+/),
);

/** The words of a sentence that carry its meaning: lower case, endings cut, stop words left out. */
export function wordsOf(sentence: string): string[] {
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !stopWords.has(word)).map(stem);
}

/** Cuts the commonest endings of English, so that "links" and "linked" meet "link". */
function stem(word: string): string {
  if (word.length > 5 && word.endsWith("ing")) return word.slice(0, -3);
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && word.endsWith("ed")) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith("s") && !word.endsWith("ss")) return word.slice(0, -1);
  return word;
}
