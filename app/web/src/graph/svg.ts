/**
 * The drawing as SVG. The one plugin that writes it is under the GPL; this writes the few shapes
 * that a drawing has, its texts as texts.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface DrawnNode {
  readonly id: string;
  readonly at: Point;
  readonly width: number;
  readonly height: number;
  readonly shape: string;
  readonly lines: readonly string[];
  readonly fill: string;
  readonly stroke: string;
  readonly strokeWidth: number;
  readonly ink: string;
  readonly bold: boolean;
  /** A box around members has its label above it. */
  readonly box: boolean;
}

export interface DrawnEdge {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
  /** The control points of its curve; none where it is straight. */
  readonly bends: readonly Point[];
  readonly middle: Point;
  readonly colour: string;
  readonly width: number;
  readonly dash: string;
  readonly opacity: number;
  readonly arrow: string;
  readonly label: string;
  readonly labelColour: string;
  readonly disputed: boolean;
}

export interface Drawn {
  readonly title: string;
  readonly description: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly background: string;
  readonly warn: string;
}

const MARGIN = 24;
const LINE = 16.5;

/** Write a drawing as a document of its own. */
export function svgOf(drawn: Drawn): string {
  const points = drawn.nodes.flatMap(({ at, width, height }) => [
    { x: at.x - width / 2, y: at.y - height / 2 - 16 },
    { x: at.x + width / 2, y: at.y + height / 2 },
  ]).concat(drawn.edges.flatMap((edge) => [...edge.bends]));
  const none = { x: 0, y: 0 };
  const least = points.reduce((held, { x, y }) => ({ x: Math.min(held.x, x), y: Math.min(held.y, y) }), points[0] ?? none);
  const most = points.reduce((held, { x, y }) => ({ x: Math.max(held.x, x), y: Math.max(held.y, y) }), points[0] ?? none);
  const box = [least.x - MARGIN, least.y - MARGIN, most.x - least.x + 2 * MARGIN, most.y - least.y + 2 * MARGIN].map(round);
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(" ")}" width="${box[2]}" height="${box[3]}" font-family="'Source Sans 3', 'Source Sans Pro', sans-serif" font-size="14">`,
    `<title>${escaped(drawn.title)}</title>`,
    `<desc>${escaped(drawn.description)}</desc>`,
    `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="${escaped(drawn.background)}"/>`,
    ...drawn.nodes.filter((node) => node.box).map(nodeOf),
    ...drawn.edges.map((edge) => edgeOf(edge, drawn)),
    ...drawn.nodes.filter((node) => !node.box).map(nodeOf),
    `</svg>`,
    "",
  ].join("\n");
}

/** Text as it may stand in XML: markup is escaped, what XML can't hold is left out. */
export function escaped(text: string): string {
  return [...text]
    .filter((letter) => /[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(letter))
    .join("")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function nodeOf(node: DrawnNode): string {
  const { at, width, height } = node;
  const [x, y] = [round(at.x - width / 2), round(at.y - height / 2)];
  const look = `fill="${escaped(node.fill)}" stroke="${escaped(node.stroke)}" stroke-width="${node.strokeWidth}"`;
  const shape = node.shape === "cut-rectangle"
    ? `<path d="M${x + 8} ${y}H${x + width - 8}L${x + width} ${y + 8}V${y + height - 8}L${x + width - 8} ${y + height}H${x + 8}L${x} ${y + height - 8}V${y + 8}Z" ${look}/>`
    : `<rect x="${x}" y="${y}" width="${round(width)}" height="${round(height)}" rx="${node.shape === "barrel" ? 14 : 7}" ${look}/>`;
  const top = node.box ? y - 6 : at.y - ((node.lines.length - 1) * LINE) / 2 + 4.8;
  const texts = node.lines.map((line, index) => `<tspan x="${round(at.x)}" y="${round(top + index * LINE)}">${escaped(line)}</tspan>`).join("");
  const weight = node.bold ? ` font-weight="600"` : "";
  return `<g data-id="${escaped(node.id)}">${shape}<text text-anchor="middle" fill="${escaped(node.ink)}"${weight}>${texts}</text></g>`;
}

function edgeOf(edge: DrawnEdge, drawn: Drawn): string {
  const last = edge.bends.at(-1) ?? edge.from;
  const turn = round((Math.atan2(edge.to.y - last.y, edge.to.x - last.x) * 180) / Math.PI);
  const dash = edge.dash === "" ? "" : ` stroke-dasharray="${edge.dash}"`;
  const line = `<path d="${path(edge)}" fill="none" stroke="${escaped(edge.colour)}" stroke-width="${edge.width}"${dash} opacity="${edge.opacity}"/>`;
  const arrow = `<g transform="translate(${round(edge.to.x)} ${round(edge.to.y)}) rotate(${turn})">${arrowOf(edge, drawn.background)}</g>`;
  const { x, y } = edge.middle;
  const diamond = edge.disputed ? `<path d="M${round(x - 6)} ${round(y)}l6 -6 6 6 -6 6z" fill="${escaped(drawn.warn)}"/>` : "";
  const above = edge.disputed ? -11 : 4;
  const label = edge.label === "" ? "" : `<text x="${round(x)}" y="${round(y + above)}" text-anchor="middle" font-size="12.5" fill="${escaped(edge.labelColour)}" stroke="${escaped(drawn.background)}" stroke-width="4" paint-order="stroke">${escaped(edge.label)}</text>`;
  return `<g data-id="${escaped(edge.id)}">${line}${arrow}${diamond}${label}</g>`;
}

function arrowOf(edge: DrawnEdge, background: string): string {
  const colour = escaped(edge.colour);
  switch (edge.arrow) {
    case "triangle":
      return `<path d="M0 0l-11 -5.5v11z" fill="${colour}"/>`;
    case "tee":
      return `<path d="M-1.5 -7v14" stroke="${colour}" stroke-width="3.5"/>`;
    case "circle":
      return `<circle cx="-4" cy="0" r="3.6" fill="${escaped(background)}" stroke="${colour}" stroke-width="1.5"/>`;
    default:
      return "";
  }
}

/** One curve for each control point, that meet half way between them. */
function path(edge: DrawnEdge): string {
  const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
  if (edge.bends.length === 0) return `M${at(edge.from)}L${at(edge.to)}`;
  const curves = edge.bends.map((bend, index) => {
    const following = edge.bends[index + 1];
    const end = following === undefined ? edge.to : { x: (bend.x + following.x) / 2, y: (bend.y + following.y) / 2 };
    return `Q${at(bend)} ${at(end)}`;
  });
  return `M${at(edge.from)}${curves.join("")}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
