/** Has nodes placed: small drawings at once, large ones by a worker. */

import type { Laid, Link, Positions, Wave } from "./layout.ts";
import type { LayoutName } from "./state.ts";

/** What is to be placed; see `place` in `layout.ts`. */
export interface Wish {
  readonly nodes: readonly Laid[];
  readonly links: readonly Link[];
  readonly waves: readonly Wave[];
  readonly layout: LayoutName;
  readonly narrow: boolean;
}

/** From how many links on the page would stand still for too long. */
const BESIDE = 400;

export async function placed(wish: Wish, signal: AbortSignal): Promise<Positions> {
  const begun = performance.now();
  const positions = wish.links.length < BESIDE ? await here(wish) : await beside(wish, signal).catch(() => here(wish));
  performance.measure("evipath graph placed", { start: begun });
  return positions;
}

async function here({ nodes, links, waves, layout, narrow }: Wish): Promise<Positions> {
  const { place } = await import("./layout.ts");
  return place(nodes, links, waves, layout, narrow);
}

function beside(wish: Wish, signal: AbortSignal): Promise<Positions> {
  const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
  signal.addEventListener("abort", () => worker.terminate());
  return new Promise<Positions>((done, failed) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Positions>) => done(data));
    worker.addEventListener("error", () => failed(new Error("the worker could not place the nodes")));
    worker.postMessage(wish);
  }).finally(() => worker.terminate());
}
