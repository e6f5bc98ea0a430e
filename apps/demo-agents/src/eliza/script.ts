/** One thing that a conversation listens for. */
export interface Rule {
  /** Matched against the sentence in lower case; its groups are put into answers, turned round. */
  pattern: RegExp;
  /** The rule with the highest rank that matches answers. */
  rank: number;
  /** Used in turn; `$1` is the first group. */
  answers: readonly string[];
  /** What is kept for later when it matches, `$1` being the first group. */
  remember?: string;
}

const rule = (rank: number, pattern: RegExp, answers: string[], remember?: string): Rule => ({
  rank,
  pattern,
  answers,
  ...(remember && { remember }),
});

/** What is said when nothing else fits and nothing is remembered. */
export const fallbacks: readonly string[] = [
  "Tell me more about that.",
  "I see. What does that bring to your mind?",
  "How do you feel when you say that?",
  "Go on, I am listening.",
  "What is it about this that stays with you?",
  "Let us stay with that for a moment. Why does it matter?",
];

/** The script: our own words on Joseph Weizenbaum's idea of 1966. */
export const rules: readonly Rule[] = [
  rule(1, /^(?:hello|hi|hey|good (?:morning|evening|day))\b/, [
    "Hello. What is on your mind today?",
    "Hello again. Where shall we begin?",
  ]),
  rule(9, /^(?:bye|goodbye|see you|good night)\b/, [
    "Goodbye. Thank you for talking with me.",
    "Take care of yourself. We can go on whenever you like.",
  ]),
  rule(1, /\b(?:sorry|apologi[sz]e)\b/, [
    "There is nothing to be sorry for.",
    "Why do you feel that you must apologize?",
  ]),
  rule(1, /\bthank(?:s| you)\b/, ["You are welcome. What else is there?"]),
  rule(6, /\b(?:computers?|machines?|robots?|programs?|an ai|ais)\b/, [
    "Do machines worry you?",
    "What do you think machines have to do with how you feel?",
    "Would it be easier if I were a person?",
  ]),
  rule(5, /\bi (?:remember|recall) (.+)/, [
    "Do you often think of $1?",
    "What else comes back when you think of $1?",
    "Why does $1 come to you just now?",
  ]),
  rule(5, /\bi dream(?:ed|t)? (?:of|about|that) (.+)/, [
    "What does a dream about $1 tell you?",
    "Have you wished for $1 while you were awake?",
  ]),
  rule(4, /\bif (.+)/, ["Do you think it is likely that $1?", "What would you do if $1?"]),
  rule(
    5,
    /\bmy (mother|father|parents?|brother|sister|wife|husband|son|daughter|family|friends?)\b(.*)/,
    [
      "Tell me more about your $1.",
      "What comes to your mind when you think of your $1?",
      "How do you get on with your $1?",
    ],
    "your $1$2",
  ),
  rule(
    3,
    /\bmy (.+)/,
    ["Your $1?", "Why do you speak of your $1?", "What does it mean to you, your $1?"],
    "your $1",
  ),
  rule(4, /\bi (?:want|need|would like|wish for) (.+)/, [
    "What would it mean to you to get $1?",
    "Why do you want $1?",
    "Suppose you got $1 tomorrow. What then?",
  ]),
  rule(
    5,
    /\bi(?: am|'m) (?:so |very |really |quite )?(sad|unhappy|depressed|lonely|afraid|anxious|angry|tired|worried|stressed)\b/,
    [
      "I am sorry to hear that you are $1. Since when?",
      "What do you think makes you $1?",
      "Does talking about it make you less $1?",
    ],
  ),
  rule(
    5,
    /\bi(?: am|'m) (?:so |very |really |quite )?(happy|glad|pleased|proud|excited|relieved|better)\b/,
    ["How did it come that you are $1?", "What makes you $1 just now?"],
  ),
  rule(3, /\bi(?: am|'m) (.+)/, [
    "How long have you been $1?",
    "Do you believe it is normal to be $1?",
    "What does being $1 mean to you?",
  ]),
  rule(4, /\bi (?:can't|cannot|can not) (.+)/, [
    "How do you know that you cannot $1?",
    "What would happen if you could $1?",
  ]),
  rule(4, /\bi (?:don't|do not) (.+)/, ["Why do you not $1?", "Do you wish that you did $1?"]),
  rule(4, /\bi feel (.+)/, [
    "Do you often feel $1?",
    "When do you feel $1?",
    "What do you do when you feel $1?",
  ]),
  rule(4, /\bi (?:think|believe|guess|suppose) (?:that )?(.+)/, [
    "What makes you think that $1?",
    "How sure are you that $1?",
  ]),
  rule(4, /\bare you (.+?)\??$/, [
    "Why do you ask whether I am $1?",
    "Would you like it better if I were not $1?",
  ]),
  rule(4, /\b(?:you are|you're) (.+)/, [
    "What makes you think that I am $1?",
    "Perhaps you would like me to be $1?",
  ]),
  rule(4, /\b(?:can|could|would) you (.+?)\??$/, [
    "You would like me to $1?",
    "What would change if I did $1?",
  ]),
  rule(4, /\bcan i (.+?)\??$/, [
    "Perhaps you do not want to $1.",
    "Who could keep you from it, if you want to $1?",
  ]),
  rule(4, /\bwhy (?:don't|do not) you (.+?)\??$/, ["Do you think that I should $1?"]),
  rule(4, /\bwhy can(?:'t|not) i (.+?)\??$/, ["What have you tried, to $1?"]),
  rule(3, /\b(?:everybody|everyone|nobody|no one|always|never)\b/, [
    "Can you think of one example?",
    "Really without exception?",
    "Of whom, or of when, do you think first?",
  ]),
  rule(2, /\bbecause (.+)/, ["Is that the real reason?", "What other reasons might there be?"]),
  rule(2, /^(?:what|who|when|where|how|why)\b/, [
    "Why do you ask?",
    "What answer would please you most?",
    "What do you think yourself?",
  ]),
  rule(1, /^(?:yes|yeah|yep|certainly|sure)\b/, ["You seem sure. Say more.", "I understand. And?"]),
  rule(1, /^(?:no|nope|not really)\b/, ["Why not?", "You say no a little quickly. Why?"]),
  rule(1, /\b(?:maybe|perhaps)\b/, ["You do not seem certain. What keeps you from it?"]),
];
