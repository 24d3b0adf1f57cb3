/** Which node comes next in a direction, for the arrow keys. */

export interface Place {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Place {
  readonly width: number;
  readonly height: number;
  /** What stands fast: others give way to it. */
  readonly fixed: boolean;
}

const GAP = 24;
const ROUNDS = 300;

/** Push rectangles apart along the shorter way until none covers another, or the rounds are over. */
export function apart(rectangles: readonly Rectangle[], gap = GAP): Map<string, { x: number; y: number }> {
  const placed = rectangles.map((one) => ({ ...one }));
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    placed.sort((one, other) => one.x - other.x || (one.id < other.id ? -1 : 1));
    const widest = Math.max(0, ...placed.map((one) => one.width));
    placed.forEach((one, index) => {
      for (let next = index + 1; next < placed.length; next += 1) {
        const other = placed[next];
        if (other === undefined || other.x - one.x > (one.width + widest) / 2 + gap) break;
        moved = separated(one, other, gap) || moved;
      }
    });
    if (!moved) break;
  }
  return new Map(placed.map(({ id, x, y }) => [id, { x, y }]));
}

/** How much wider a crowd is spread than high; pages are wide. */
const WIDE = 1.4;
const ROOM = 2.2;

/** Spread a crowd out over the room that its rectangles need, so that pushing them apart keeps its form. */
export function roomy(rectangles: readonly Rectangle[]): Rectangle[] {
  const [xs, ys] = [rectangles.map(({ x }) => x), rectangles.map(({ y }) => y)];
  const span = (values: readonly number[]): number => Math.max(1, Math.max(...values) - Math.min(...values));
  const needed = ROOM * rectangles.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const wide = Math.max(1, Math.sqrt(needed * WIDE) / span(xs));
  const high = Math.max(1, Math.sqrt(needed / WIDE) / span(ys));
  if (rectangles.length < CROWD) return [...rectangles];
  return rectangles.map((one) => ({ ...one, x: one.x * wide, y: one.y * high }));
}

/** Fewer than these stand as they were placed. */
const CROWD = 30;

const PADDING = 34;

/** Have rectangles arranged with those of one box as one, so that a box stays small and covers no other. */
export function boxed(
  rectangles: readonly Rectangle[],
  boxOf: ReadonlyMap<string, string | null>,
  arrange: (all: readonly Rectangle[]) => Map<string, { x: number; y: number }>,
): Map<string, { x: number; y: number }> {
  const groups = new Map<string, Rectangle[]>();
  for (const one of rectangles) {
    const key = boxOf.get(one.id) ?? `alone ${one.id}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const [key, members] of groups) {
    const free = apart(members);
    groups.set(key, members.map((one) => ({ ...one, ...free.get(one.id) })));
  }
  const around = [...groups].map(([id, members]) => surrounding(id, members));
  const placed = arrange(around);
  return new Map(around.flatMap((box) => (groups.get(box.id) ?? []).map(({ id, x, y }) => {
    const to = placed.get(box.id) ?? box;
    return [id, { x: x + to.x - box.x, y: y + to.y - box.y }] as const;
  })));
}

function surrounding(id: string, members: readonly Rectangle[]): Rectangle {
  const [first] = members;
  if (members.length === 1 && first !== undefined) return { ...first, id };
  const left = Math.min(...members.map(({ x, width }) => x - width / 2));
  const right = Math.max(...members.map(({ x, width }) => x + width / 2));
  const top = Math.min(...members.map(({ y, height }) => y - height / 2));
  const bottom = Math.max(...members.map(({ y, height }) => y + height / 2));
  return {
    id,
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    width: right - left + PADDING,
    height: bottom - top + PADDING,
    fixed: members.some((one) => one.fixed),
  };
}

type Movable = { -readonly [Key in keyof Rectangle]: Rectangle[Key] };

function separated(one: Movable, other: Movable, gap: number): boolean {
  const overX = (one.width + other.width) / 2 + gap - Math.abs(one.x - other.x);
  const overY = (one.height + other.height) / 2 + gap - Math.abs(one.y - other.y);
  if (overX <= 0.5 || overY <= 0.5 || (one.fixed && other.fixed)) return false;
  const share = one.fixed ? 0 : other.fixed ? 1 : 0.5;
  const axis = overX < overY ? "x" : "y";
  const over = axis === "x" ? overX : overY;
  const way = one[axis] <= other[axis] ? -1 : 1;
  one[axis] += way * over * share;
  other[axis] -= way * over * (1 - share);
  return true;
}

export type Heading = "left" | "right" | "up" | "down";

const UNIT: Record<Heading, readonly [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** How much a step aside counts against a step ahead. */
const ASIDE = 2;

/** The nearest place in a direction from `from`, within 60 degrees of it where there is one. */
export function nextPlace(from: Place, heading: Heading, places: readonly Place[]): string | null {
  const [ux, uy] = UNIT[heading];
  let best: { readonly id: string; readonly cost: number } | null = null;
  for (const place of places) {
    const dx = place.x - from.x;
    const dy = place.y - from.y;
    const ahead = dx * ux + dy * uy;
    if (place.id === from.id || ahead <= 0) continue;
    const aside = Math.abs(dx * uy) + Math.abs(dy * ux);
    const steep = aside > ahead * 1.75 ? 1e6 : 0;
    const cost = ahead + ASIDE * aside + steep;
    if (best === null || cost < best.cost) best = { id: place.id, cost };
  }
  return best?.id ?? null;
}
