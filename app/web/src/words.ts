/** The vocabularies of the typed graph, in words for a reader. */

import type { Sign, Tier } from "./types.ts";

export const TIER_MEANING: Record<Tier, string> = {
  observed: "An accepted claim states it, and the experiment made this very change.",
  entailed: "It follows from one claim whose experiment went in the same direction.",
  predicted: "A signed path leads to it; each extrapolated hop is named.",
  kinship: "It follows through membership in a family, complex or pathway.",
};

const AGREEMENT: Record<string, string> = {
  match: "context matches",
  broader: "shown in a broader context",
  narrower: "shown in a narrower context",
  unstated: "context not stated",
  mismatch: "another context",
  unasked: "any context",
};

export function inWords(term: string): string {
  return term.replaceAll("_", " ");
}

export function agreementInWords(agreement: string): string {
  return AGREEMENT[agreement] ?? inWords(agreement);
}

export function signInWords(sign: Sign): string {
  return sign === "+" ? "raises" : sign === "-" ? "lowers" : "is linked with";
}

export function signMark(sign: Sign): string {
  return sign === "+" ? "+" : sign === "-" ? "−" : "0";
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function beliefInWords(belief: number): string {
  return belief.toFixed(2);
}

export function dayOf(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** What is done to a target, with the direction as an arrow: `inhibition ↓`. */
export function perturbationInWords(type: string, direction: Sign): string {
  const arrow = direction === "+" ? " ↑" : direction === "-" ? " ↓" : "";
  return `${inWords(type)}${arrow}`;
}
