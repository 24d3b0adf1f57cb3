/** Beside the desk: which claims are asked for, and those that wait. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import { go as visit, here } from "../router.ts";
import type { Route } from "../router.ts";
import { inWords } from "../words.ts";
import { Inert } from "../views/text.tsx";
import { EntityField } from "./fields.tsx";
import type { Queue } from "./queue.ts";
import { ORDERS, SHOWN } from "./service.ts";
import type { Asked, Order, Shown } from "./service.ts";

const ORDER_NAMES: Readonly<Record<Order, string>> = {
  confidence: "surest first",
  "-confidence": "least sure first",
  article: "article by article",
  disagreement: "disagreements first",
};

const SHOWN_NAMES: Readonly<Record<Shown, string>> = {
  waiting: "waiting to be judged",
  accepted: "accepted",
  rejected: "rejected",
  superseded: "superseded",
};

/** What the address asks for. */
export function askedOf(route: Route): Asked {
  const order = ORDERS.find((known) => known === route.parameters.get("order")) ?? "confidence";
  return { order, entity: route.parameters.get("entity") ?? "", article: route.parameters.get("pmid") ?? "", status: SHOWN.find((known) => known === route.parameters.get("status")) ?? "waiting", claim: route.parameters.get("claim") ?? "" };
}

export function Filters({ route }: { readonly route: Route }): VNode {
  const asked = askedOf(route);
  const article = useRef<HTMLInputElement>(null);
  const set = (change: Readonly<Record<string, string | null>>): void => visit(here(change));
  if (asked.claim !== "") return <p>One claim alone. <a href={here({ claim: null })} data-inside>To the queue</a></p>;
  return (
    <form class="filters" onSubmit={(event) => { event.preventDefault(); set({ pmid: article.current?.value.trim() ?? "" }); }}>
      <label>Claims
        <select value={asked.status} onChange={(event) => set({ status: event.currentTarget.value === "waiting" ? null : event.currentTarget.value })}>
          {SHOWN.map((status) => <option key={status} value={status} selected={status === asked.status}>{SHOWN_NAMES[status]}</option>)}
        </select>
      </label>
      {asked.status === "waiting" && <label>Order
        <select value={asked.order} onChange={(event) => set({ order: event.currentTarget.value })}>
          {ORDERS.map((order) => <option key={order} value={order} selected={order === asked.order}>{ORDER_NAMES[order]}</option>)}
        </select>
      </label>}
      <label>Article <input ref={article} type="text" defaultValue={asked.article} placeholder="PMID:15314694" maxLength={300} spellcheck={false} /></label>
      <EntityField name="Entity" value={asked.entity === "" ? [] : [{ id: asked.entity, name: asked.entity }]} set={(found) => set({ entity: found[0]?.id ?? "" })} />
      <button type="submit" class="unseen">Filter</button>
    </form>
  );
}

const AROUND = 60;

export function Rail({ queue, go, done, what }: { readonly queue: Queue; readonly go: (at: number) => void; readonly done: number; readonly what: string }): VNode {
  const present = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(() => window.matchMedia("(min-width: 60rem)").matches);
  useEffect(() => present.current?.scrollIntoView({ block: "nearest" }), [queue.at]);
  const from = Math.max(0, queue.at - AROUND);
  const near = queue.claims.slice(from, queue.at + AROUND);
  const left = Math.max(0, queue.total - queue.at);
  return (
    <aside class="rail" aria-label="Queue">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{left} {what}{done > 0 && `, ${done} decided`}</summary>
        <ol start={from + 1}>
          {near.map((claim, index) => {
            const at = from + index;
            return (
              <li key={claim.id}>
                <button type="button" ref={at === queue.at ? present : null} aria-current={at === queue.at ? "true" : undefined} onClick={() => go(at)}>
                  <span><Inert text={claim.statement} /></span>
                  <span class="quiet">{claim.article ?? "imported"}{claim.status === "candidate" ? "" : `, ${inWords(claim.status)}`}</span>
                </button>
              </li>
            );
          })}
        </ol>
      </details>
    </aside>
  );
}
