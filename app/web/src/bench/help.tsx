/** The bench's keys, over the page. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import { EDITING, KEYS, keysAreOn, turnKeys } from "./keys.ts";

export function Help({ close }: { readonly close: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(keysAreOn);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={close} onKeyDown={(event) => { if (event.key === "?") { event.preventDefault(); dialog.current?.close(); } }}>
      <h2 id="help-title">Keys of the bench</h2>
      <dl>{Object.entries(KEYS).map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
      <h3>While writing</h3>
      <dl>{EDITING.map(([keys, what]) => <div key={keys}><dt><kbd>{keys}</kbd></dt><dd>{what}</dd></div>)}</dl>
      <label class="check"><input type="checkbox" checked={on} onChange={(event) => { turnKeys(event.currentTarget.checked); setOn(event.currentTarget.checked); }} /> Single keys act</label>
      <p><button type="button" class="chief" onClick={() => dialog.current?.close()}>Close</button></p>
    </dialog>
  );
}
