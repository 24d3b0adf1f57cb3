/** Reading single fields out of JSON of unknown shape, each with a sound default. */

export type Json = Readonly<Record<string, unknown>>;

export function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text of a field, or null where it is absent, empty or no text. */
export function words(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export function text(value: unknown, fallback = ""): string {
  return words(value) ?? fallback;
}

export function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export function flag(value: unknown): boolean {
  return value === true;
}

/** True, false, or null where the field says neither. */
export function truth(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

export function texts(value: unknown): readonly string[] {
  return list(value).flatMap((item) => words(item) ?? []);
}
