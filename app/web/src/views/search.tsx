/** The box for a question in words. Enter asks; the question goes into the address. */

import { useEffect, useRef } from "preact/hooks";
import type { VNode } from "preact";
import { address, go } from "../router.ts";

export const EXAMPLE = "which interventions reverse EMT";

interface Props {
  readonly question: string;
  readonly asOf: string | null;
}

export function SearchBox({ question, asOf }: Props): VNode {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.value = question;
  }, [question]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const asked = box.current?.value.trim() ?? "";
    if (asked === "") box.current?.focus();
    else go(address({ question: asked, asOf }));
  };
  return (
    <search class="search">
      <form action="/" method="get" onSubmit={submit}>
        <label class="unseen" for="question">Ask a question</label>
        <input ref={box} id="question" name="q" type="search" maxLength={500} autocomplete="off" spellcheck={false} placeholder={`For example: ${EXAMPLE}`} defaultValue={question} />
        <button type="submit">Ask</button>
      </form>
    </search>
  );
}
