import type { VNode } from "preact";
import { address } from "../router.ts";

/** An address of this site that no view answers. */
export function MissingView(): VNode {
  return (
    <div class="notice">
      <h1>There is no such page</h1>
      <p>
        The address may be mistyped. <a href={address({})} data-inside>Ask a question instead.</a>
      </p>
    </div>
  );
}
