const turned: ReadonlyMap<string, string> = new Map([
  ["i", "you"],
  ["me", "you"],
  ["my", "your"],
  ["mine", "yours"],
  ["myself", "yourself"],
  ["am", "are"],
  ["i'm", "you are"],
  ["i've", "you have"],
  ["i'd", "you would"],
  ["i'll", "you will"],
  ["you", "I"],
  ["your", "my"],
  ["yours", "mine"],
  ["yourself", "myself"],
  ["you're", "I am"],
  ["you've", "I have"],
  ["you'll", "I will"],
]);

/** Turns what a person says round, as one would repeat it to them: "my cat" becomes "your cat". */
export function reflect(phrase: string): string {
  return (
    phrase
      .replace(/[a-z']+/g, (word) => turned.get(word) ?? word)
      .replace(/\bI are\b/g, "I am")
      // The object, at the end or before a preposition: "with you" is "with me".
      .replace(/\b(to|with|for|of|about|at|from|like|love|hate|help|see|than|by) I\b/g, "$1 me")
      .replace(/\s+/g, " ")
      .trim()
  );
}
