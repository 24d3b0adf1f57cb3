/** The drawn picture: what the graph library is told, and what it tells back. */

import cytoscape from "cytoscape";
import { inWords } from "../words.ts";
import { categoryInWords } from "./compose.ts";
import type { Picture, PictureEdge, PictureNode } from "./compose.ts";
import { nextPlace } from "./geometry.ts";
import type { Heading } from "./geometry.ts";
import { labelOf, plain } from "./labels.ts";
import { LARGE, boxKey } from "./layout.ts";
import type { Position, Positions } from "./layout.ts";
import { edgeKey, nodeKey } from "./part.ts";
import { keepLibraryStyleOut, styleSheet } from "./style.ts";

const MARGIN = 24;
const LARGEST = 1.15;
const MOVE_MS = 250;

export interface Told {
  /** A node or edge was chosen, or null for neither. */
  readonly chosen: (key: string | null) => void;
  readonly expanded: (id: string) => void;
  /** A node was dragged to a place. */
  readonly moved: (id: string, at: Position) => void;
}

export interface Canvas {
  show(picture: Picture, positions: Positions): void;
  mark(chosen: string | null, cursor: string | null, found: readonly string[]): void;
  fit(): void;
  zoom(factor: number): void;
  /** Bring a node into sight. */
  reveal(id: string): void;
  next(from: string | null, heading: Heading): string | null;
  /** The drawing as the library holds it, for pictures of it. */
  readonly view: cytoscape.Core;
  destroy(): void;
}

export function open(container: HTMLElement, told: Told): Canvas {
  keepLibraryStyleOut();
  const view = cytoscape({
    container,
    style: styleSheet(),
    minZoom: 0.03,
    maxZoom: 3,
    boxSelectionEnabled: false,
    selectionType: "single",
    pixelRatio: "auto",
  });
  listen(view, told);
  const stop = watch(container, view);
  const fit = (): void => fitTo(view);
  let before = "";
  return {
    view,
    show: (picture, positions) => {
      const first = view.elements().empty();
      update(view, picture, positions, !first);
      const now = frameOf(picture);
      if (first || now !== before) fit();
      before = now;
      container.dataset["drawn"] = "true";
    },
    mark: (chosen, cursor, found) => mark(view, chosen, cursor, found),
    fit,
    zoom: (factor) => view.zoom({ level: view.zoom() * factor, renderedPosition: { x: view.width() / 2, y: view.height() / 2 } }),
    reveal: (id) => reveal(view, id),
    next: (from, heading) => next(view, from, heading),
    destroy: () => {
      stop();
      view.destroy();
    },
  };
}

/** What decides whether the whole is shown anew: the entity set, not what is marked in it. */
function frameOf(picture: Picture): string {
  return picture.nodes.map((node) => node.id).join(" ");
}

function listen(view: cytoscape.Core, told: Told): void {
  view.on("tap", (event) => {
    if (event.target === view) return told.chosen(null);
    const element = event.target as cytoscape.SingularElementReturnValue;
    told.chosen(element.hasClass("box") ? nodeKey(String(element.data("entity"))) : element.id());
  });
  view.on("dbltap", "node", (event) => told.expanded(String((event.target as cytoscape.NodeSingular).data("entity"))));
  view.on("dragfree", "node", (event) => {
    const node = event.target as cytoscape.NodeSingular;
    if (node.isParent()) node.children().forEach((child) => told.moved(String(child.data("entity")), { ...child.position() }));
    else told.moved(String(node.data("entity")), { ...node.position() });
  });
}

/** Change what is drawn into a picture: what goes is taken away, what stays moves to its place. */
function update(view: cytoscape.Core, picture: Picture, positions: Positions, animate: boolean): void {
  const large = picture.edges.length >= LARGE;
  tune(view, large);
  const wanted = [...boxElements(picture), ...picture.nodes.map((node) => nodeElement(node, positions)), ...picture.edges.map((edge) => edgeElement(edge, large))];
  const keys = new Set(wanted.map((one) => String(one.data.id)));
  view.batch(() => {
    const gone = view.elements().filter((one) => !keys.has(one.id()));
    gone.children().move({ parent: null });
    gone.remove();
    const [known, coming] = parted(wanted, (one) => view.getElementById(String(one.data.id)).nonempty());
    for (const one of known) renew(view.getElementById(String(one.data.id)), one);
    view.add(coming);
  });
  move(view, picture, positions, animate && !large && !matchMedia("(prefers-reduced-motion: reduce)").matches);
}

function renew(held: cytoscape.CollectionReturnValue, wanted: cytoscape.ElementDefinition): void {
  held.data(wanted.data);
  held.classes(wanted.classes ?? "");
  if (!held.isNode()) return;
  const parent = (wanted.data["parent"] as string | undefined) ?? null;
  if (parent !== (held.parent().first().id() ?? null)) held.move({ parent });
}

function parted<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  const [yes, no]: [Item[], Item[]] = [[], []];
  for (const item of items) (test(item) ? yes : no).push(item);
  return [yes, no];
}

function move(view: cytoscape.Core, picture: Picture, positions: Positions, animate: boolean): void {
  for (const node of picture.nodes) {
    const drawn = view.getElementById(nodeKey(node.id));
    const to = positions.get(node.id);
    if (to === undefined) continue;
    drawn.stop();
    const { x, y } = drawn.position();
    if (Math.abs(x - to.x) + Math.abs(y - to.y) < 0.5) continue;
    if (animate) drawn.animate({ position: { ...to } }, { duration: MOVE_MS });
    else drawn.position({ ...to });
  }
}

function boxElements(picture: Picture): cytoscape.ElementDefinition[] {
  return picture.boxes.map((box) => ({
    group: "nodes",
    data: { id: boxKey(box.id), entity: box.id, label: `${plain(box.name)} · ${categoryInWords(box.category).replace("macromolecular ", "").replace("gene ", "")} with members` },
    classes: "box",
  }));
}

const SHAPES: Record<string, string> = {
  ChemicalEntity: "cut-rectangle",
  SmallMolecule: "cut-rectangle",
  BiologicalProcess: "barrel",
  Pathway: "barrel",
  PhenotypicFeature: "barrel",
  Disease: "barrel",
};

function nodeElement(node: PictureNode, positions: Positions): cytoscape.ElementDefinition {
  const directions = new Set(node.perturbed.map(({ direction }) => direction));
  const at = positions.get(node.id);
  return {
    group: "nodes",
    data: {
      id: nodeKey(node.id),
      entity: node.id,
      kind: node.kind,
      shape: SHAPES[node.category] ?? "round-rectangle",
      change: directions.size === 1 ? [...directions][0] : "",
      pinned: node.pinned ? 1 : 0,
      ...labelOf(node),
      ...(node.box === null ? {} : { parent: boxKey(node.box) }),
    },
    ...(at === undefined ? {} : { position: { ...at } }),
  };
}

function edgeElement(edge: PictureEdge, large: boolean): cytoscape.ElementDefinition {
  const aspect = edge.aspect === null ? "" : inWords(edge.aspect);
  const disputed = edge.conflict === null ? "" : edge.conflict.kind === "contradicts" ? "contradicted" : "differs in scope";
  return {
    group: "edges",
    data: {
      id: edgeKey(edge.id),
      source: nodeKey(edge.subject),
      target: nodeKey(edge.object),
      kind: edge.kinship === null ? "claimed" : "membership",
      sign: edge.sign,
      width: edge.kinship === null ? Math.round((1 + 1.8 * edge.belief) * 10) / 10 : 1.5,
      label: edge.kinship === null ? [aspect, disputed].filter((word) => word !== "").join(", ") : edge.kinship.replaceAll("_", " "),
      ...(edge.matched === null ? {} : { matched: edge.matched ? 1 : 0 }),
      unjudged: edge.kinship === null && !edge.statuses.includes("accepted") ? 1 : 0,
      conflict: edge.conflict?.kind,
    },
    classes: [edge.enclosed ? "enclosed" : "", large ? "simple" : ""].filter((name) => name !== "").join(" "),
  };
}

/** The parts of the library's renderer by which a moving large drawing is kept fluent. */
interface Renderer {
  hideEdgesOnViewport: boolean;
  textureOnViewport: boolean;
}

function tune(view: cytoscape.Core, large: boolean): void {
  const renderer = (view as unknown as { renderer(): Renderer }).renderer();
  renderer.textureOnViewport = large;
}

function mark(view: cytoscape.Core, chosen: string | null, cursor: string | null, found: readonly string[]): void {
  view.batch(() => {
    view.elements(":selected").unselect();
    view.elements(".cursor, .found, .apart").removeClass("cursor found apart");
    if (chosen !== null) {
      const one = view.getElementById(chosen);
      one.select();
      if (one.nonempty()) {
        const near = chosen.startsWith("node ") ? one.closedNeighborhood() : one.union(view.edges().filter((edge) => edge.id() === chosen).connectedNodes());
        view.elements().difference(near.union(near.parents()).union(near.children())).not(".box").addClass("apart");
      }
    }
    if (cursor !== null) view.getElementById(nodeKey(cursor)).addClass("cursor");
    for (const id of found) view.getElementById(nodeKey(id)).addClass("found");
  });
}

function fitTo(view: cytoscape.Core): void {
  if (view.elements().empty()) return;
  view.resize();
  view.stop();
  view.fit(undefined, MARGIN);
  if (view.zoom() > LARGEST) {
    view.zoom(LARGEST);
    view.center();
  }
}

function reveal(view: cytoscape.Core, id: string): void {
  const node = view.getElementById(nodeKey(id));
  if (node.empty()) return;
  const { x, y } = node.renderedPosition();
  if (x < MARGIN || y < MARGIN || x > view.width() - MARGIN || y > view.height() - MARGIN) view.center(node);
}

function next(view: cytoscape.Core, from: string | null, heading: Heading): string | null {
  const places = view.nodes().toArray().flatMap((node) => (node.hasClass("box") ? [] : [{ id: String(node.data("entity")), ...node.position() }]));
  const here = places.find((place) => place.id === from);
  if (here === undefined) return places[0]?.id ?? null;
  return nextPlace(here, heading, places) ?? here.id;
}

/** Keep the drawing in its container when that changes, and colour anew when the theme does. */
function watch(container: HTMLElement, view: cytoscape.Core): () => void {
  let [width, height] = [container.clientWidth, container.clientHeight];
  const size = new ResizeObserver(() => {
    if (Math.abs(container.clientWidth - width) < 4 && Math.abs(container.clientHeight - height) < 4) return;
    [width, height] = [container.clientWidth, container.clientHeight];
    fitTo(view);
  });
  size.observe(container);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const colour = (): void => {
    view.style(styleSheet());
  };
  dark.addEventListener("change", colour);
  return () => {
    size.disconnect();
    dark.removeEventListener("change", colour);
  };
}
