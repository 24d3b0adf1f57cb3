/** What a simulation found: every intervention with its effect and error, the model, the deciding experiment. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import { place } from "../router.ts";
import type { Route } from "../router.ts";
import { count, inWords, perturbationInWords } from "../words.ts";
import { EffectBar, effectInWords } from "../views/effect.tsx";
import { SnapshotLine } from "../views/record.tsx";
import { Inert } from "../views/text.tsx";
import type { Experiment, SimulatedIntervention, Simulation, Target } from "./simulation.ts";

const FIRST = 50;

export function SimulationView({ found, route }: { readonly found: Simulation; readonly route: Route }): VNode {
  const [limit, setLimit] = useState(FIRST);
  const { interventions } = found;
  const pairs = interventions.some(({ gain }) => gain !== null);
  return (
    <>
      <section aria-labelledby="simulated-title">
        <h2 id="simulated-title">What {inWords(found.effect)} <Inert text={found.outcome.name} /> in the networks <span class="quiet">{count(interventions.length, "intervention")}</span></h2>
        <SnapshotLine snapshot={found.snapshot} route={route} />
        {found.note !== null && <p class="badge badge-warn"><Inert text={found.note} /></p>}
        <Model figures={found.model} />
        {found.deciding !== null && <Deciding one={found.deciding} />}
        <div class="table-wrap" role="region" aria-label="Simulated effects" tabIndex={0}>
          <table class="simulated">
            <thead>
              <tr>
                <th scope="col">Intervention</th>
                <th scope="col" class="figure">Effect ± error</th>
                <th scope="col"><span class="unseen">The effect as a bar</span><span class="scale" aria-hidden="true"><span>−1</span><span>0</span><span>1</span></span></th>
                {pairs && <th scope="col" class="figure">Gain over the better one</th>}
              </tr>
            </thead>
            <tbody>{interventions.slice(0, limit).map((each, index) => <Row key={index} each={each} pairs={pairs} asOf={found.snapshot?.revision ?? null} />)}</tbody>
          </table>
        </div>
        {interventions.length > limit && <p class="more"><button type="button" onClick={() => setLimit(limit + 4 * FIRST)}>Show more ({interventions.length - limit} left)</button></p>}
      </section>
    </>
  );
}

function Row({ each, pairs, asOf }: { readonly each: SimulatedIntervention; readonly pairs: boolean; readonly asOf: number | null }): VNode {
  return (
    <tr>
      <th scope="row">{each.targets.map((one, index) => <span key={index}>{index > 0 && " and "}<Done one={one} asOf={asOf} /></span>)}</th>
      <td class="figure">{effectInWords(each)}</td>
      <td><EffectBar of={each} /></td>
      {pairs && <td class="figure">{each.gain === null ? "" : each.gain.toFixed(2).replace("-", "−")}</td>}
    </tr>
  );
}

function Done({ one, asOf }: { readonly one: Target; readonly asOf: number | null }): VNode {
  return <>{perturbationInWords(one.type, one.direction)} of <a href={place("entity", one.target.id, { as_of: asOf === null ? null : String(asOf) })} data-inside><Inert text={one.target.name} /></a></>;
}

/** How many networks could be asked, and what they hold. */
function Model({ figures }: { readonly figures: ReadonlyMap<string, number> }): VNode {
  const figure = (name: string): number => figures.get(name) ?? 0;
  const unshown = figure("networks") - figure("asked");
  return (
    <p class="model">
      {count(figure("asked"), "network")} of {figure("networks")} could be asked{unshown > 0 && "; the others can't show the phenotype, or it can't be brought about in them"}.
      Each holds {count(figure("entities"), "entity", "entities")} and {count(figure("links"), "link")}, of {figure("sided")} of which the side is known by experiment
      {figure("memberships") > 0 && `, and ${count(figure("memberships"), "membership")}`}
      {figure("contradicted") > 0 && `; ${count(figure("contradicted"), "pair")} of entities have links of both signs`}
      {figure("left_out") > 0 && `; ${count(figure("left_out"), "further entity", "further entities")} that reach the outcome and ${count(figure("cut"), "link")} from them are left out`}.
    </p>
  );
}

/** The experiment on whose outcome the strongest effect hangs most. */
function Deciding({ one }: { readonly one: Experiment }): VNode {
  return (
    <section class="notice experiment" aria-labelledby="experiment-title">
      <h2 id="experiment-title">The experiment that would decide most</h2>
      <p><strong class="do"><Inert text={one.words} /></strong></p>
      <p>
        If this link decides alone, {perturbationInWords(one.intervention.type, one.intervention.direction)} of <Inert text={one.intervention.target.name} /> has
        an effect of {effectInWords({ effect: one.ifDecides, error: null })}; if it does not, of {effectInWords({ effect: one.ifNot, error: null })}
        {one.error !== null && ` (their difference ± ${one.error.toFixed(2)})`}.
        {one.claims.map((claim, index) => <span key={claim}> <a href={place("claim", claim)} data-inside>claim {index + 1}</a></span>)}
      </p>
    </section>
  );
}
