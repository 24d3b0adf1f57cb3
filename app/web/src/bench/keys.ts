/** The bench's keys: what each does, and listening for them. */

import { useLayoutEffect } from "preact/hooks";

export const KEYS = {
  a: "Accept",
  r: "Reject, with a reason",
  c: "Correct",
  s: "Split into several claims",
  m: "Merge into another claim",
  l: "Link to another claim",
  n: "Add a claim that was missed here",
  u: "Take back my last decision",
  j: "Next claim",
  k: "Claim before",
  h: "Go to the history",
  "?": "Show or hide these keys",
} as const;

export type Key = keyof typeof KEYS;

export const EDITING: readonly (readonly [keys: string, what: string])[] = [
  ["← →", "move the words of a slot by one word"],
  ["Shift ← →", "move the end of the words"],
  ["Shift ↑ ↓", "move the beginning of the words"],
  ["Enter", "choose an entity that is found, send a form"],
  ["Ctrl Enter", "send a correction from anywhere in it"],
  ["Esc", "close what is open; nothing is sent"],
];

const STORED = "evipath-bench-keys";

/** Single keys can be turned off, for those whose speech or switches type letters. */
export function keysAreOn(): boolean {
  return localStorage.getItem(STORED) !== "off";
}

export function turnKeys(on: boolean): void {
  localStorage.setItem(STORED, on ? "on" : "off");
}

/** Call `act` for a key of the bench, unless somebody types a text or an overlay is open. */
export function useKeys(act: (key: Key | "Escape") => void): void {
  useLayoutEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") {
        act("Escape");
        return;
      }
      if (!(event.key in KEYS) || typing(event.target) || document.querySelector("dialog[open]") !== null) return;
      if (!keysAreOn() && event.key !== "?") return;
      event.preventDefault();
      act(event.key as Key);
    };
    document.addEventListener("keydown", heard);
    return () => document.removeEventListener("keydown", heard);
  }, [act]);
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["button", "checkbox", "radio"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
