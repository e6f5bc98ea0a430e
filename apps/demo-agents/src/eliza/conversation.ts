import { reflect } from "./reflect.js";
import { fallbacks, type Rule, rules } from "./script.js";

const maxMemories = 8;
const maxPhrase = 200;

/** One person's conversation: answers in turn, and comes back to what was said before. */
export class Conversation {
  readonly #turns = new Map<Rule, number>();
  readonly #memories: string[] = [];
  #fallback = 0;

  /** The answer to what the person says; the same conversation always goes the same way. */
  answer(said: string): string {
    const found = strongest(said);
    if (!found) return this.#recall() ?? this.#fallBack();
    const { rule, groups } = found;
    if (rule.remember) this.#remember(fill(rule.remember, groups));
    const turn = this.#turns.get(rule) ?? 0;
    this.#turns.set(rule, turn + 1);
    return fill(rule.answers[turn % rule.answers.length] ?? "", groups);
  }

  #remember(memory: string): void {
    if (this.#memories.includes(memory)) return;
    this.#memories.push(memory);
    if (this.#memories.length > maxMemories) this.#memories.shift();
  }

  #recall(): string | undefined {
    const memory = this.#memories.shift();
    return memory && `Earlier you spoke of ${memory}. Does this have to do with it?`;
  }

  #fallBack(): string {
    const answer = fallbacks[this.#fallback % fallbacks.length] ?? "";
    this.#fallback += 1;
    return answer;
  }
}

/** The rule of the highest rank that fits one of the sentences; of two, the one said first. */
function strongest(said: string): { rule: Rule; groups: string[] } | undefined {
  let best: { rule: Rule; groups: string[] } | undefined;
  for (const sentence of sentencesOf(said)) {
    for (const rule of rules) {
      if (best && rule.rank <= best.rule.rank) continue;
      const match = rule.pattern.exec(sentence);
      if (match) best = { rule, groups: match.slice(1).map((group) => reflect(group ?? "")) };
    }
  }
  return best;
}

/** In lower case, without the marks at their ends; only as much of it as an answer can repeat. */
function sentencesOf(said: string): string[] {
  return said
    .slice(0, 10_000)
    .toLowerCase()
    .replaceAll("’", "'")
    .split(/[.!?;\n]+/)
    .map((sentence) =>
      sentence
        .trim()
        .replace(/[,:"“”]+$/, "")
        .slice(0, maxPhrase),
    )
    .filter((sentence) => sentence !== "")
    .slice(0, 20);
}

function fill(template: string, groups: readonly string[]): string {
  return template
    .replace(/\$(\d)/g, (_, digit: string) => {
      const group = groups[Number(digit) - 1] ?? "";
      return digit === "2" && group ? ` ${group}` : group;
    })
    .trim();
}
