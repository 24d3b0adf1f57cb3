/** Places the nodes of a large drawing beside the page, which stays usable meanwhile. */

import { place } from "./layout.ts";
import type { Wish } from "./placing.ts";

self.addEventListener("message", ({ data }: MessageEvent<Wish>) => {
  self.postMessage(place(data.nodes, data.links, data.waves, data.layout, data.narrow));
});
