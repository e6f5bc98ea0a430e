/** The pieces of text that every candidate streams: about as long as a model's tokens are. */
const pieces = [" the", " quick", " brown", " fox", " jumps", " over", " a", " lazy", " dog", "."];

/** The piece at a place of the stream, from 0. */
export function tokenAt(index: number): string {
  return pieces[index % pieces.length] ?? "";
}
