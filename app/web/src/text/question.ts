/** Asking a refused question again with one of the entities that may have been meant. */

const QUOTED = /'([^']+)'|"([^"]+)"|“([^”]+)”/gu;

/**
 * Put the identifier `id` where `question` has the name that the error's `detail` quotes.
 * Returns null where the detail quotes nothing that stands in the question.
 */
export function askedWith(question: string, detail: string, id: string): string | null {
  for (const match of detail.matchAll(QUOTED)) {
    const name = match[1] ?? match[2] ?? match[3] ?? "";
    const at = question.toLowerCase().indexOf(name.toLowerCase());
    if (name !== "" && at >= 0) return question.slice(0, at) + id + question.slice(at + name.length);
  }
  return null;
}
