/** A view whose code is loaded when it is first shown. */

import { useCallback, useEffect, useState } from "preact/hooks";
import type { ComponentType, VNode } from "preact";
import * as api from "../api.ts";
import type { Route } from "../router.ts";
import { Skeleton } from "./loading.tsx";
import { ProblemView } from "./problem.tsx";

export interface ViewProps {
  readonly route: Route;
}

/** Loads a module whose default export shows a route. */
export type LoadView = () => Promise<{ readonly default: ComponentType<ViewProps> }>;

interface Props extends ViewProps {
  readonly load: LoadView;
}

export function LazyView({ load, route }: Props): VNode {
  const [held, setHeld] = useState<{ readonly load: LoadView; readonly View: ComponentType<ViewProps> | null } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((past) => past + 1), []);
  useEffect(() => {
    let gone = false;
    const keep = (View: ComponentType<ViewProps> | null): void => {
      if (!gone) setHeld({ load, View });
    };
    load().then((module) => keep(module.default), () => keep(null));
    return () => {
      gone = true;
    };
  }, [load, attempt]);
  if (held === null || held.load !== load) return <Skeleton label="Loading this part of the page" />;
  if (held.View === null) return <ProblemView problem={api.partMissing()} retry={retry} />;
  return <held.View route={route} />;
}
