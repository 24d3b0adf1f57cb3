/** Asking a refused question again with one of the entities that may have been meant. */

/**
 * Put the identifier `id` where `question` has `name`, as a word of its own and in any case.
 * Returns null where the question has no such words.
 */
export function askedWith(question: string, name: string, id: string): string | null {
  const words = name.trim().split(/\s+/u).map(literal).join("\\s+");
  if (words === "") return null;
  const found = new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, "iu").exec(question);
  if (found === null) return null;
  return question.slice(0, found.index) + id + question.slice(found.index + found[0].length);
}

/** A pattern that matches `text` and nothing else. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}
