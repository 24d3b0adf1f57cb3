/** The one box: a question in words, an entity, or an article; with what can be meant as one types. */

import { useEffect, useState } from "preact/hooks";
import type { VNode } from "preact";
import { addressIn, nameSought, offers } from "../completion.ts";
import type { Offer } from "../completion.ts";
import { address, go } from "../router.ts";
import { useFound } from "../state.ts";
import { Combobox } from "./combobox.tsx";
import { Inert } from "./text.tsx";

export const EXAMPLE = "which interventions reverse EMT";

interface Props {
  readonly question: string;
  readonly asOf: string | null;
}

export function SearchBox({ question, asOf }: Props): VNode {
  const [text, setText] = useState(question);
  const [typed, setTyped] = useState(false);
  useEffect(() => {
    setText(question);
    setTyped(false);
  }, [question]);
  const sought = typed ? nameSought(text) : null;
  const { hits, waiting } = useFound(sought);
  const choices = typed ? offers(text, hits) : [];
  const put = (next: string): void => {
    setText(next);
    setTyped(true);
  };
  const choose = (index: number): boolean => {
    const chosen = choices[index];
    if (chosen === undefined) return true;
    if (chosen.to === null) {
      put(chosen.text);
      return false;
    }
    setTyped(false);
    setText(chosen.kind === "question" ? chosen.text : "");
    go(chosen.to);
    return true;
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const asked = text.trim();
    if (asked === "") document.getElementById("question")?.focus();
    else go(addressIn(asked) ?? address({ question: asked, asOf }));
  };
  return (
    <search class="search">
      <form action="/" method="get" onSubmit={submit}>
        <Combobox
          id="question"
          name="q"
          label="Ask a question, or name an entity or a PMID"
          text={text}
          placeholder={`For example: ${EXAMPLE}`}
          choices={choices.map((each) => ({ key: `${each.kind} ${each.id}`, show: <OfferLine offer={each} /> }))}
          waiting={waiting}
          onText={put}
          onChoose={choose}
        />
        <button type="submit">Ask</button>
      </form>
    </search>
  );
}

function OfferLine({ offer }: { readonly offer: Offer }): VNode {
  return (
    <>
      <span class="offer-text"><Inert text={offer.text} /></span>{" "}
      <span class="offer-note">{offer.note}</span>
      {offer.detail !== "" && <>{" "}<span class="offer-detail"><Inert text={offer.detail} /></span></>}
    </>
  );
}
