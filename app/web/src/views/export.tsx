/** Taking an answer away: its address, and the answer in the forms that programs and reference managers read. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import { askingOf } from "../asking.ts";
import type { Answer } from "../types.ts";

const FORMS: readonly (readonly [api.BundleForm, string, string])[] = [
  ["csv", "CSV", "a row for each quote, for a spreadsheet"],
  ["json", "Bundle as JSON", "question, snapshot, claims, quotes looked up again, citations"],
  ["zip", "Bundle as ZIP", "the same, with the table and the citations as files"],
  ["ris", "Citations as RIS", "for Zotero, EndNote, Mendeley"],
  ["bibtex", "Citations as BibTeX", "for LaTeX"],
];

export function Export({ answer }: { readonly answer: Answer }): VNode {
  const asking = askingOf(answer.query);
  const asOf = answer.snapshot === null ? null : String(answer.snapshot.revision);
  const menu = useClosing();
  return (
    <>
      <details class="menu" ref={menu}>
        <summary>Take away</summary>
        <ul>
          <li><a href={api.answerAddress({ question: "", asking, asOf })}>JSON</a> <span class="quiet">as programs ask for it</span></li>
          {FORMS.map(([form, name, what]) => (
            <li key={form}><a href={api.bundleAddress(asking, asOf, form)} download>{name}</a> <span class="quiet">{what}</span></li>
          ))}
        </ul>
      </details>
      <CopyAddress />
    </>
  );
}

/** A list that closes when one looks elsewhere: by Escape, or by a click beside it. */
function useClosing() {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event): void => {
      const held = menu.current;
      if (held === null || !held.open) return;
      const inside = event.target instanceof Node && held.contains(event.target);
      if (event instanceof KeyboardEvent ? event.key !== "Escape" : inside) return;
      if (inside) held.querySelector("summary")?.focus();
      held.open = false;
    };
    document.addEventListener("keydown", close);
    document.addEventListener("pointerdown", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("pointerdown", close);
    };
  }, []);
  return menu;
}

/** Copies the address, which holds all that is shown; where the browser forbids it, shows it to copy. */
export function CopyAddress(): VNode {
  const [state, setState] = useState<"idle" | "copied" | "by hand">("idle");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      setState("copied");
    } catch {
      setState("by hand");
    }
  };
  return (
    <span class="copy">
      <button type="button" onClick={() => void copy()}>Copy the address</button>
      <span role="status">{state === "copied" ? " Copied: it shows the same, from the same snapshot." : ""}</span>
      {state === "by hand" && <input type="text" readOnly aria-label="The address of what is shown" value={location.href} ref={(box) => box?.select()} />}
    </span>
  );
}
