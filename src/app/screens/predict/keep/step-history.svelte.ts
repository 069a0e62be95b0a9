import { untrack } from "svelte";

import type { Router } from "../../../router";
import { cameBack } from "./came-back";
import { hashOf, isNoLink, linkIn } from "./link";
import { type Session, type StepName, STEPS } from "../session.svelte";

/** Makes each step an entry of the browser's history, so that Back goes from predictions to models, not off the page. */
export function followSteps(session: Session, router: Router, route: string): void {
  addEventListener("popstate", ({ state }: PopStateEvent) => {
    const step = stepIn(state);
    if (step === null || !session.table.table) return;
    session.goTo(step);
    // What was there is not reached any more: then the entry is of where one is.
    if (session.step !== step) history.replaceState({ step: session.step }, "");
  });
  $effect.root(() => {
    $effect(() => {
      const { step } = session;
      if (!session.table.table || router.place.route !== route) return;
      const before = stepIn(history.state);
      if (before === step) return;
      if (before === null) history.replaceState({ step }, "");
      else history.pushState({ step }, "");
    });
  });
}

/** Takes up what the address asks for, and what a link does that is opened later. */
export function followLinks(session: Session, router: Router, route: string): void {
  let taken: string | null = null;
  $effect.root(() => {
    $effect.pre(() => {
      const { route: at, query } = router.place;
      const link = linkIn(query);
      if (at !== route || isNoLink(link) || hashOf(link) === taken) return;
      const isNew = taken !== null || !cameBack();
      taken = hashOf(link);
      untrack(() => session.follow(link, isNew));
    });
  });
}

function stepIn(state: unknown): StepName | null {
  if (typeof state !== "object" || state === null || !("step" in state)) return null;
  return STEPS.find((name) => name === state.step) ?? null;
}
