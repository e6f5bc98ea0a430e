/**
 * A text of somebody else as a terminal may show it: without control characters, by which an agent
 * could move the cursor, retitle the window or hide what it said. Line breaks and tabs stay.
 */
export function toPrintable(text: string): string {
  return text.replaceAll(controls, "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
