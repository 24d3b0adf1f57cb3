import type { VNode } from "preact";

/** The shape of an answer that is on its way; `label` is read out. */
export function Skeleton({ label }: { readonly label: string }): VNode {
  return (
    <div class="skeleton">
      <p role="status">{label} …</p>
      <div class="bar" aria-hidden="true" />
      <div class="bar" aria-hidden="true" />
      <div class="bar" aria-hidden="true" />
    </div>
  );
}
