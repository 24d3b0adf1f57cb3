/** One claim to judge: what it says, where, what was decided; and the actions on it. */

import { useEffect, useRef } from "preact/hooks";
import type { ComponentChildren, VNode } from "preact";
import { place } from "../router.ts";
import { useClaim } from "../state.ts";
import { addressOf } from "../text/citation.ts";
import { sign } from "../decode.ts";
import { inWords, signInWords as inSign } from "../words.ts";
import { Inert } from "../views/text.tsx";
import { fits } from "./claim.ts";
import type { BenchClaim, Decision, Participant } from "./claim.ts";
import { History } from "./history.tsx";
import { KEYS } from "./keys.ts";
import type { Key } from "./keys.ts";
import type { Case } from "./service.ts";
import { Sentence } from "./text.tsx";

interface Props {
  readonly shown: Case;
  readonly busy: boolean;
  readonly act: (key: Key) => void;
  readonly undo: (decision: Decision) => void;
  readonly unlink: (link: BenchClaim["links"][number]) => void;
  /** The form that is open, in the place of the actions. */
  readonly children: ComponentChildren;
}

const ACTIONS: readonly (readonly [key: Key, name: string])[] = [
  ["a", "Accept"],
  ["r", "Reject"],
  ["c", "Correct"],
  ["s", "Split"],
  ["m", "Merge"],
  ["l", "Link"],
  ["n", "Add a missed claim"],
];

export function Desk({ shown, busy, act, undo, unlink, children }: Props): VNode {
  const { claim, article, history } = shown;
  const title = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // The first claim does not take the focus from where the reader is.
    if (!first.current) title.current?.focus({ preventScroll: true });
    first.current = false;
  }, [claim.id]);
  const editable = article !== null && fits(claim, article);
  const off = (key: Key): boolean => busy || ("csn".includes(key) && (key === "n" ? article === null : !editable));
  return (
    <article class="desk" aria-labelledby="desk-title">
      <h2 id="desk-title" tabIndex={-1} ref={title}><Inert text={claim.statement} /></h2>
      <Standing claim={claim} />
      <Sentence claim={claim} article={article} />
      {article !== null && <p class="source"><Inert text={article.title} /> <Source id={article.id} /></p>}
      <Slots claim={claim} />
      <Links links={claim.links} busy={busy} unlink={unlink} />
      {children ?? (
        <div class="actions" role="toolbar" aria-label="Decisions">
          {ACTIONS.map(([key, name]) => (
            <button key={key} type="button" class={key === "a" ? "chief" : ""} disabled={off(key)} title={KEYS[key]} aria-keyshortcuts={key} onClick={() => act(key)}>{name} <kbd>{key}</kbd></button>
          ))}
        </div>
      )}
      <History decisions={history} undo={undo} busy={busy} />
    </article>
  );
}

interface LinksProps {
  readonly links: BenchClaim["links"];
  readonly busy: boolean;
  readonly unlink: (link: BenchClaim["links"][number]) => void;
}

/** The claims that this one is linked to, each link with the way to take it away. */
function Links({ links, busy, unlink }: LinksProps): VNode | null {
  if (links.length === 0) return null;
  return (
    <ul class="linked" aria-label="Links">
      {links.map((link) => (
        <li key={link.type + link.claim}>
          <span class="badge">{inWords(link.type)}</span> <Linked id={link.claim} />{" "}
          <button type="button" class="small" disabled={busy} onClick={() => unlink(link)}>Unlink<span class="unseen"> {inWords(link.type)} {link.claim.slice(0, 8)}</span></button>
        </li>
      ))}
    </ul>
  );
}

/** A linked claim by what it says, once that is known. */
function Linked({ id }: { readonly id: string }): VNode {
  const [claim] = useClaim(id);
  return <a href={place("claim", id)} data-inside>{claim.state === "ready" ? <Inert text={claim.value.statement} /> : "a claim"}</a>;
}

function Source({ id }: { readonly id: string }): VNode {
  const outside = addressOf(id);
  return <>
    <a href={place("article", id)} data-inside>{id}</a>
    {outside !== null && <> · <a href={outside} rel="noopener noreferrer">at the source</a></>}
  </>;
}

/** Where curation stands: the status, who said what, and how many more must agree. */
function Standing({ claim }: { readonly claim: BenchClaim }): VNode {
  const needed = Math.max(1, ...claim.verdicts.map((each) => each.needed));
  return (
    <ul class="badges" aria-label="Where it stands">
      <li class={claim.status === "disputed" ? "badge badge-warn" : "badge"}>{inWords(claim.status)}</li>
      {claim.confidence !== null && <li class="badge">confidence {claim.confidence.toFixed(2)}</li>}
      {claim.status === "candidate" && claim.verdicts.length > 0 && <li class="badge">{claim.verdicts.length} of {needed} curators agree</li>}
      {claim.verdicts.map((each) => <li key={each.actor} class="badge">{each.verdict === "accept" ? "accepted by " : "rejected by "}<Inert text={each.actor} /></li>)}
      {claim.retracted && <li class="badge badge-warn">the article was retracted</li>}
    </ul>
  );
}

function Slots({ claim }: { readonly claim: BenchClaim }): VNode {
  const { agent, perturbation, predicate, outcome, context, evidence } = claim.slots;
  const rows: [string, ComponentChildren][] = [
    ["Agent", <Named of={agent} />],
    ["What was done", `${inWords(perturbation.type)}${perturbation.direction === "0" ? "" : perturbation.direction === "+" ? " ↑" : " ↓"}${perturbation.means === null ? "" : `, by ${perturbation.means.groundings[0]?.name ?? perturbation.means.mention.text}`}`],
    ["Predicate", `${claim.slots.negated ? "not " : ""}${inWords(predicate.type)}${claim.slots.strength === null ? "" : `, ${claim.slots.strength}`}`],
    ["Outcome", <><Named of={outcome} />, {outcome.direction}{outcome.aspect === null ? "" : `, ${outcome.aspect}`}{outcome.relation && <>; the effect of <Named of={outcome.relation.subject} /> on <Named of={outcome.relation.object} />, {signInWords(outcome.relation.sign)}</>}</>],
    ["Context", context.length === 0 ? "not said" : context.map((item) => `${inWords(item.type)}: ${item.mention?.text ?? item.groundings[0]?.name ?? inWords(item.value ?? "")}${item.state ? ` ${item.state}` : ""}`).join("; ")],
    ["Evidence", `${inWords(evidence.type)}${evidence.supports === "none" ? "" : `, supports ${evidence.supports}`}; ${inWords(claim.slots.epistemic)}`],
  ];
  return <dl class="what">{rows.map(([name, said]) => <div key={name}><dt>{name}</dt><dd>{typeof said === "string" ? <Inert text={said} /> : said}</dd></div>)}</dl>;
}

const signInWords = (written: string): string => inSign(sign(written));

function Named({ of }: { readonly of: Participant }): VNode {
  const top = of.groundings[0];
  const measure = of.measure ? `, ${inWords(of.measure)}` : "";
  return top === undefined
    ? <><Inert text={of.mention?.text ?? "a relation"} /> <em class="quiet">no entity</em>{measure}</>
    : <><Inert text={top.name} /> <code>{top.id}</code>{measure}</>;
}
