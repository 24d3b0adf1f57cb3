/** What the page knows of an answer; decoded from the REST interface by `decode.ts`. */

export type Sign = "+" | "-" | "0";

export const TIERS = ["observed", "entailed", "predicted", "kinship"] as const;
export type Tier = (typeof TIERS)[number];

export interface EntityRef {
  readonly id: string;
  readonly name: string;
}

/** An entity as a search finds it. */
export interface EntityHit extends EntityRef {
  readonly abbreviation: string | null;
  readonly category: string;
  readonly synonyms: readonly string[];
}

export interface Snapshot {
  readonly id: string;
  readonly revision: number;
  readonly createdAt: string;
}

export interface AskedContext {
  readonly type: string;
  readonly id: string;
}

/** An effect on another outcome, which an intervention shall not have. */
export interface SideEffect {
  readonly outcome: EntityRef;
  readonly effect: string;
}

/** The question as it was read. */
export interface Query {
  readonly outcome: EntityRef;
  readonly effect: string;
  readonly context: readonly AskedContext[];
  readonly maxHops: number;
  readonly candidates: boolean;
  readonly background: boolean;
  readonly matched: boolean;
  readonly order: string;
  /** Whether interventions are simulated, too. */
  readonly simulate: boolean;
  readonly excluding: readonly SideEffect[];
  /** The state of the graph that was asked for; null for the latest. */
  readonly asOf: string | null;
}

export interface ContextAgreement {
  readonly kind: string;
  readonly asked: string | null;
  readonly found: string | null;
  readonly agreement: string;
  /** What was found is concluded, and not said. */
  readonly inferred: boolean;
}

/** A hop that does not answer the context that was asked. */
export interface ContextFailure {
  readonly hop: number;
  readonly slot: string;
  readonly asked: string;
  readonly found: string | null;
  readonly agreement: string;
}

export interface Step {
  readonly subject: EntityRef;
  readonly object: EntityRef;
  readonly sign: Sign;
  readonly aspect: string | null;
  readonly side: string | null;
  readonly rule: string;
  readonly matched: boolean;
  readonly belief: number | null;
  readonly claims: readonly string[];
  /** Those of `claims` that no curator has judged. */
  readonly candidates: readonly string[];
  /** The membership that a hop of kinship goes by (`member_of`); such a hop has no claims. */
  readonly kinship: string | null;
  readonly condition: readonly string[];
  readonly sentenceMissing: boolean;
}

export interface Path {
  readonly steps: readonly Step[];
  readonly arithmetic: string;
  readonly belief: number | null;
  readonly weakest: number | null;
  readonly matched: boolean;
  readonly context: readonly ContextAgreement[];
  readonly failures: readonly ContextFailure[];
}

/** What a quote is to an answer; one that stands `beside` it adds nothing to its belief. */
export type EvidenceRole = "ground" | "beside" | "counter";

/** Offsets are Unicode code points into the article's text; null where a source gave no place. */
export interface Evidence {
  readonly claim: string;
  readonly statement: string;
  readonly article: string;
  /** What an import names beside it. */
  readonly further?: readonly string[];
  readonly quote: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly verified: boolean | null;
  readonly epistemic: string | null;
  readonly status: string;
  readonly role: EvidenceRole;
}

export interface CounterEvidence extends Evidence {
  readonly relation: "contradicts" | "differs_in_scope";
  /** What speaks against it: `opposite_sign`, `null_result` or `retracted`. */
  readonly kind: string;
  /** The slots in which the scope differs. */
  readonly scope: readonly string[];
}

/** What an intervention does in an ensemble of networks: 1 is all of it, below 0 the other way. */
export interface Simulated {
  readonly effect: number;
  /** The standard error; null where one network alone could be asked. */
  readonly error: number | null;
}

export const VERDICTS = ["excluded", "clear", "never_measured"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What is known of one side effect of an intervention. */
export interface Exclusion extends SideEffect {
  readonly verdict: Verdict;
  /** The experiments that showed it. */
  readonly evidence: readonly Evidence[];
  /** The experiments that showed none of it, or the opposite. */
  readonly against: readonly Evidence[];
  /** A path that leads to it although nobody measured it. */
  readonly predicted: Path | null;
  readonly simulated: Simulated | null;
  readonly note: string | null;
}

export interface Intervention {
  readonly target: EntityRef;
  readonly perturbation: { readonly type: string; readonly direction: Sign };
  readonly tier: Tier;
  readonly belief: number | null;
  readonly matched: boolean;
  readonly contradicted: boolean;
  readonly agreement: string;
  readonly paths: readonly Path[];
  readonly evidence: readonly Evidence[];
  readonly counter: readonly CounterEvidence[];
  readonly claimCount: number;
  readonly papers: number;
  readonly independentPapers: number;
  readonly weakest: number | null;
  readonly candidatesUsed: number;
  /** The net influence of a prediction; below 0 it works against the effect. */
  readonly influence: number | null;
  /** The share of the walks' weight that has the other sign. */
  readonly competing: number | null;
  readonly simulated: Simulated | null;
  readonly exclusions: readonly Exclusion[];
}

/** What one claim adds to a link; of each group of papers the most reliable claim counts. */
export interface ClaimWorth {
  readonly claim: string;
  readonly reliability: number;
  readonly group: number;
  readonly counts: boolean;
}

/** How a link's belief comes about: `belief = together * (1 - weight * opposite)`. */
export interface LinkWorth {
  readonly subject: string;
  readonly object: string;
  readonly sign: Sign;
  readonly side: string | null;
  readonly aspect: string | null;
  readonly claims: readonly ClaimWorth[];
  readonly together: number;
  readonly opposite: number;
  readonly weight: number;
  readonly belief: number;
}

export interface Explained {
  readonly intervention: Intervention;
  readonly links: readonly LinkWorth[];
  readonly net: number;
  readonly total: number;
  readonly strength: number;
}

export interface Lacking {
  readonly direction: Sign;
  readonly reason: string;
  readonly note: string;
  readonly path: Path | null;
}

/** Why a target is an answer, or what is missing that it is none. */
export interface Why {
  readonly target: EntityRef;
  readonly answers: readonly Explained[];
  readonly lacking: readonly Lacking[];
}

export interface Answer {
  readonly query: Query;
  readonly snapshot: Snapshot | null;
  readonly interventions: readonly Intervention[];
  readonly total: number;
  /** False where the search was stopped or cut short; `note` says what holds then. */
  readonly complete: boolean;
  readonly note: string | null;
  readonly next: string | null;
}

/** An article with its one text (title, newline, abstract). */
export interface Article {
  readonly id: string;
  readonly text: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly journal: string | null;
  readonly published: string | null;
  readonly volume: string | null;
  readonly issue: string | null;
  readonly pages: string | null;
  readonly identifiers: readonly string[];
  readonly retracted: boolean;
}

export interface Claim {
  readonly id: string;
  readonly status: string;
  readonly article: string | null;
  readonly statement: string;
  readonly epistemic: string;
  readonly evidenceType: string;
  readonly supports: string | null;
  readonly negated: boolean;
  readonly context: readonly string[];
  readonly quotes: readonly Evidence[];
}

/** An error of the REST interface, or of the way to it, in words. */
export interface Problem {
  readonly kind: "offline" | "refused" | "busy" | "broken";
  readonly status: number | null;
  readonly title: string;
  readonly detail: string;
  /** The name of an entity that is unknown or ambiguous, as the question had it. */
  readonly name: string | null;
  /** After how many seconds the service wants to be asked again. */
  readonly retryAfter: number | null;
  readonly fields: readonly { readonly pointer: string; readonly detail: string }[];
  readonly candidates: readonly EntityRef[];
  readonly suggestions: readonly string[];
}
