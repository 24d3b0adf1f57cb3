/** Beside the drawing: what is chosen with its claims, and what was expanded, hidden and pinned. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import { place } from "../router.ts";
import { beliefInWords, count, inWords, perturbationInWords, signInWords } from "../words.ts";
import { ClaimList } from "../views/claims.tsx";
import { Inert } from "../views/text.tsx";
import * as changes from "./changes.ts";
import { categoryInWords } from "./compose.ts";
import type { Picture, PictureEdge, PictureNode } from "./compose.ts";
import { edgeKey, nodeKey } from "./part.ts";
import { CATEGORIES, DIRECTIONS, FIRST_NEIGHBOURS, SIGNS } from "./state.ts";
import type { Expansion } from "./state.ts";
import type { Browser } from "./use_picture.ts";

interface Props {
  readonly browser: Browser;
  readonly picture: Picture;
  readonly point: (id: string) => void;
}

export function Side(props: Props): VNode {
  const { browser, picture } = props;
  const { shown } = browser.state;
  const node = picture.nodes.find((one) => nodeKey(one.id) === shown);
  const edge = picture.edges.find((one) => edgeKey(one.id) === shown);
  return (
    <aside class="side" aria-label="What is chosen">
      {node !== undefined ? <NodePart key={node.id} {...props} node={node} />
        : edge !== undefined ? <EdgePart key={edge.id} {...props} edge={edge} />
        : <p class="hint quiet">{shown === null ? "Choose a node or a link to see its claims, and to expand, pin or hide it." : "What the address names is not drawn: it may be hidden or filtered out."}</p>}
      <Drawn {...props} />
    </aside>
  );
}

function Head({ title, close }: { readonly title: VNode; readonly close: () => void }): VNode {
  return (
    <header>
      <h2 id="selection-title">{title}</h2>
      <button type="button" aria-label="Close the claims" onClick={close}>×</button>
    </header>
  );
}

function NodePart({ browser, picture, node }: Props & { readonly node: PictureNode }): VNode {
  const { state, change, show } = browser;
  const links = picture.edges.filter((edge) => edge.subject === node.id || edge.object === node.id);
  const claims = [...new Set(links.flatMap((edge) => edge.claims))];
  const here = state.pinned.some((one) => one.id === node.id);
  return (
    <section class="selection" aria-labelledby="selection-title">
      <Head title={<Inert text={node.name} />} close={() => show(null)} />
      <p class="quiet">
        {categoryInWords(node.category)} · <a href={place("entity", node.id, { as_of: state.asOf })} data-inside><code>{node.id}</code></a>
      </p>
      {node.perturbed.length > 0 && <p class="quiet">In this answer: {node.perturbed.map(({ type, direction }) => perturbationInWords(type, direction)).join(", ")}</p>}
      <p role="status" class="quiet">{count(links.length, "link")} drawn, {count(node.more, "neighbour")} not drawn, {count(claims.length, "claim")} on these links</p>
      <div class="acts">
        <button type="button" onClick={() => change(changes.hide(state, node.id))}>Hide</button>
        {here && <button type="button" onClick={() => change(changes.unpin(state, node.id))}>Unpin</button>}
        {node.expanded && <button type="button" onClick={() => change(changes.collapse(state, node.id))}>Collapse</button>}
        <a class="button" href={place("graph", "", { center: node.id, as_of: state.asOf })} data-inside>Start from here</a>
      </div>
      <ExpandForm browser={browser} node={node} />
      <ClaimList ids={claims} />
    </section>
  );
}

/** Which neighbours to draw: by direction, sign and type, and how many at most. */
function ExpandForm({ browser, node }: { readonly browser: Browser; readonly node: PictureNode }): VNode {
  const [wanted, setWanted] = useState<Expansion>({ id: node.id, direction: null, sign: null, category: null, limit: FIRST_NEIGHBOURS });
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    browser.change(changes.expand(browser.state, wanted));
  };
  const choice = <Name extends string>(label: string, names: readonly Name[], value: Name | null, any: string, inWord: (name: Name) => string, choose: (name: Name | null) => void): VNode => (
    <label>{label}{" "}
      <select value={value ?? ""} onChange={(event) => choose(names.find((name) => name === event.currentTarget.value) ?? null)}>
        <option value="">{any}</option>
        {names.map((name) => <option key={name} value={name}>{inWord(name)}</option>)}
      </select>
    </label>
  );
  return (
    <form class="expand" aria-label="Expand" onSubmit={send}>
      {choice("Links", DIRECTIONS, wanted.direction, "both ways", (one) => (one === "outgoing" ? "from it" : "to it"), (direction) => setWanted({ ...wanted, direction }))}
      {choice("Sign", SIGNS, wanted.sign, "any", (one) => one, (sign) => setWanted({ ...wanted, sign }))}
      {choice("Type", CATEGORIES, wanted.category, "any", categoryInWords, (category) => setWanted({ ...wanted, category }))}
      <label>At most{" "}
        <select value={String(wanted.limit)} onChange={(event) => setWanted({ ...wanted, limit: Number(event.currentTarget.value) })}>
          {[10, 20, 50, 100, 250].map((limit) => <option key={limit} value={String(limit)}>{limit}</option>)}
        </select>
      </label>
      <button type="submit">Expand</button>
    </form>
  );
}

function EdgePart({ browser, picture, point, edge }: Props & { readonly edge: PictureEdge }): VNode {
  const name = (id: string): string => picture.nodes.find((node) => node.id === id)?.name ?? id;
  const end = (id: string): VNode => <button type="button" class="plain" onClick={() => point(id)}><Inert text={name(id)} /></button>;
  return (
    <section class="selection" aria-labelledby="selection-title">
      <Head title={<><Inert text={name(edge.subject)} /> {verb(edge)} <Inert text={name(edge.object)} />{edge.aspect === null ? "" : `, ${edge.aspect}`}</>} close={() => browser.show(null)} />
      <p class="quiet">{end(edge.subject)} → {end(edge.object)}</p>
      <p role="status" class="quiet">{edgeNote(edge)}</p>
      {edge.conflict !== null && <Conflict edge={edge} />}
      <ClaimList ids={edge.claims} />
    </section>
  );
}

/** What an edge says of its ends: its membership, or its sign. */
export function verb(edge: PictureEdge): string {
  return edge.kinship === null ? signInWords(edge.sign) : KINSHIP[edge.kinship] ?? inWords(edge.kinship);
}

const KINSHIP: Record<string, string> = {
  "member of": "is a member of",
  "family of": "is the family of",
  "obligate subunit of": "is an obligate subunit of",
  narrower: "is narrower than",
};

function edgeNote(edge: PictureEdge): string {
  if (edge.kinship !== null) return "A membership with its curated role; it rests on no claim.";
  const parts = [
    count(edge.claims.length, "claim"),
    `belief ${beliefInWords(edge.belief)}`,
    ...(edge.side === null ? [] : [`shown by ${edge.side} of function`]),
    ...(edge.matched === null ? [] : [edge.matched ? "matched" : "extrapolated"]),
    ...(edge.tiers.length === 0 ? [] : [edge.tiers.join(", ")]),
    ...(edge.years.length === 0 ? [] : [years(edge.years)]),
  ];
  return parts.join(" · ");
}

function years(of: readonly number[]): string {
  const [first, last] = [of[0], of.at(-1)];
  return first === last ? String(first) : `${first} to ${last}`;
}

function Conflict({ edge }: { readonly edge: PictureEdge }): VNode | null {
  const { conflict } = edge;
  if (conflict === null) return null;
  const against = conflict.claims.filter((claim) => !edge.claims.includes(claim));
  return (
    <div class="conflict">
      <h3>{conflict.kind === "contradicts" ? "Contradicted" : "Differs in scope"}</h3>
      <p class="quiet">
        {conflict.kind === "contradicts" ? "Claims about these two contradict each other." : `Claims about these two differ in ${conflict.scope.map(inWords).join(", ")}.`}{" "}
        {against.length === 0 ? "" : "What speaks against this link:"}
      </p>
      {against.length > 0 && <ClaimList ids={against} />}
    </div>
  );
}

/** What was expanded, with the number that is not shown; what is hidden and pinned. */
function Drawn({ browser, picture, point }: Props): VNode | null {
  const { state, change } = browser;
  const name = (id: string): string => picture.nodes.find((node) => node.id === id)?.name ?? id;
  if (state.expanded.length + state.hidden.length + state.pinned.length === 0) return null;
  return (
    <section class="drawn-list" aria-label="Expanded, hidden and pinned">
      {state.expanded.length > 0 && <h3>Expanded</h3>}
      <ul>
        {state.expanded.map((one, index) => {
          const { drawn, notShown } = picture.expansions[index] ?? { drawn: 0, notShown: 0 };
          return (
            <li key={index}>
              <button type="button" class="plain" onClick={() => point(one.id)}><Inert text={name(one.id)} /></button>
              <span class="quiet">{asked(one)}: {drawn} drawn, {notShown} not shown</span>
              {notShown > 0 && <button type="button" class="plain" onClick={() => change(changes.expand(state, { ...one, limit: one.limit + FIRST_NEIGHBOURS }))}>{Math.min(FIRST_NEIGHBOURS, notShown)} more</button>}
              <button type="button" class="plain" onClick={() => change({ ...state, expanded: state.expanded.filter((_, at) => at !== index) })} aria-label={`Collapse ${name(one.id)}`}>Collapse</button>
            </li>
          );
        })}
      </ul>
      {picture.hiddenNodes.length > 0 && <h3>Hidden</h3>}
      <ul>
        {picture.hiddenNodes.map(({ id, name: called }) => (
          <li key={id}><Inert text={called} /> <button type="button" class="plain" aria-label={`Show ${called}`} onClick={() => change(changes.unhide(state, id))}>Show</button></li>
        ))}
      </ul>
      {picture.hiddenNodes.length > 1 && <button type="button" onClick={() => change(changes.showAll(state))}>Show all hidden</button>}
      {state.pinned.length > 0 && <h3>Pinned</h3>}
      <ul>
        {state.pinned.map(({ id }) => (
          <li key={id}><button type="button" class="plain" onClick={() => point(id)}><Inert text={name(id)} /></button> <button type="button" class="plain" aria-label={`Unpin ${name(id)}`} onClick={() => change(changes.unpin(state, id))}>Unpin</button></li>
        ))}
      </ul>
    </section>
  );
}

function asked(one: Expansion): string {
  const parts = [one.direction === null ? "" : one.direction === "outgoing" ? "from it" : "to it", one.sign ?? "", one.category === null ? "" : categoryInWords(one.category)];
  const said = parts.filter((part) => part !== "").join(", ");
  return said === "" ? "" : ` (${said})`;
}
