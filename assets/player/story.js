// What a run is told in: the one sentence above the panels, a method's verdict, the name of an event. Words alone: the steps are
// those of run/events.js, and nothing is measured here. The sentence changes at events only.
import { byId, element } from "../base/elements.js";
import { on } from "../base/events.js";
import { format } from "../base/format.js";
import { events } from "../run/events.js";
import { focus } from "../state/focus.js";
import { state } from "../state/state.js";
/** @import { Contestant, EventKind, Fate, Run, RunEvent, State } from "../types.d.ts" */

const LONG = 100; // letters that two lines hold beside the tools
const SHORT = 14, BROAD = 26; // letters that the last line has at least, and of words that are kept together
const NAMED = 3; // methods that are called by their names; of more the others are counted
const RESTARTS = 12; // of a method with more of them the sentence tells none
const COUNTS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"];
let problem = "", asked = "", shown = "";

/** For one method and for several, by the step it has been there: at the end, and before. An empty text has nothing to add.
 *  @type {Record<Fate["is"], { now: [string, string], end: [string, string] }>} */
const FATES = {
  way: { now: ["is still on its way", "are still on their way"], end: ["did not get there", "did not get there"] },
  trembles: {
    now: ["trembles on its way", "tremble on their way"],
    end: ["never came to rest", "never came to rest"],
  },
  in: { now: ["", ""], end: ["", ""] },
  left: { now: ["has left again", "have left again"], end: ["left again", "left again"] },
  again: {
    now: ["keeps jumping out again", "keep jumping out again"],
    end: ["never came to rest", "never came to rest"],
  },
  stays: { now: ["stays", "stay"], end: ["stays", "stay"] },
  rests: { now: ["has come to rest", "have come to rest"], end: ["came to rest", "came to rest"] },
  restless: { now: ["", ""], end: ["never came to rest", "never came to rest"] },
  gone: { now: ["", ""], end: ["", ""] },
};
/** @type {Record<EventKind, [string, string]>} */
const NAMES = {
  there: ["is there", "are there"],
  leaves: ["leaves again", "leave again"],
  again: ["jumps out once more", "jump out once more"],
  stays: ["stays", "stay"],
  trembles: ["begins to tremble", "begin to tremble"],
  rests: ["comes to rest", "come to rest"],
  restarts: ["restarts", "restart"],
  diverges: ["diverges", "diverge"],
};

// ---- words -----------------------------------------------------------------------------------------------------------

/** @param {[string, string]} verb @param {number} count */
const verb = ([one, many], count) => (count === 1 ? one : many);

/** "all four", "both Adams", "SGD and Momentum", "A, B, C and 2 more". @param {Run} run @param {Set<number>} hidden @param {number[]} who */
function names(run, hidden, who) {
  const all = focus.seen(run.contestants, { hidden }), { contestants } = run, count = COUNTS[who.length].toLowerCase();
  if (who.length > 2 && who.length === all.length) return `all ${count}`;
  const [{ method }] = who.map((c) => contestants[c]);
  const kin = all.filter((c) => contestants[c].method === method);
  if (who.length > 1 && who.length === kin.length && who.every((c) => kin.includes(c))) {
    return `${who.length === 2 ? "both" : `all ${count}`} ${method}s`;
  }
  const labels = who.map((c) => contestants[c].label);
  return format.listed(
    labels.length > NAMED + 1 ? [...labels.slice(0, NAMED), `${labels.length - NAMED} more`] : labels,
  );
}

/** "34", or of steps that are about the same "about 1,140". @param {number[]} steps */
function about(steps) {
  const low = Math.min(...steps), high = Math.max(...steps);
  if (low === high) return format.count(low);
  return `about ${format.count(Number(Math.round((low + high) / 2).toPrecision(3)))}`;
}
/** @param {number[]} steps */
const long = (steps) => `${about(steps)} ${Math.max(...steps) === 1 ? "step" : "steps"}`;

// ---- the sentence ----------------------------------------------------------------------------------------------------

/** "Four methods look for the line through these 30 points. Which is there first, and which stays?" @param {Run} run @param {number[]} all */
function question(run, all) {
  const { label } = run.contestants[all[0]], alone = all.length === 1;
  const who = alone ? `${label} looks` : `${COUNTS[all.length]} methods look`;
  if (run.floor === null) return `${who} for ${run.sought}. ${alone ? "How far does it get?" : "Which gets furthest?"}`;
  return `${who} for ${run.sought}. ${
    alone ? "When is it there, and does it stay?" : "Which is there first, and which stays?"
  }`;
}

/** Fates of one kind together, in the order of the methods. @param {Fate[]} fates */
function kinds(fates) {
  /** @type {Map<Fate["is"], Fate[]>} */
  const found = new Map();
  for (const one of fates) found.set(one.is, [...(found.get(one.is) ?? []), one]);
  return [...found.values()];
}

/** Those that were there at about the same step, first ones first. @param {Fate[]} fates */
function clusters(fates) {
  /** @type {{ there: number, fates: Fate[] }[]} */
  const found = [];
  const arrived = fates.flatMap((
    one,
  ) => (one.there === null || one.is === "gone" ? [] : [{ ...one, there: one.there }]));
  for (const one of arrived.toSorted((a, b) => a.there - b.there || a.c - b.c)) {
    const last = found.at(-1);
    if (last && events.same(last.there, one.there)) last.fates.push(one);
    else found.push({ there: one.there, fates: [one] });
  }
  return found;
}

/** @typedef {{ run: Run, hidden: Set<number>, share: number, end: boolean }} Told */

/** What became of some that are there, "" where that is all. @param {Told} told @param {Fate[]} fates */
function became({ run, share, end }, fates) {
  const words = verb(FATES[fates[0].is][end ? "end" : "now"], fates.length);
  if (fates[0].is === "stays") {
    const from = fates.map(({ c }) => events.passage(run, c, share)[1] ?? 0);
    return `${words} from step ${
      from.every((one) => events.same(one, from[0])) ? about(from) : format.count(Math.max(...from))
    }`;
  }
  return fates[0].is === "trembles" && !end ? verb(["trembles", "tremble"], fates.length) : words;
}

/** "with annealing": what the label of one method adds to that of another. @param {string} longer @param {string} label */
const added = (longer, label) => (longer.startsWith(`${label} with `) ? longer.slice(label.length + 1) : "");

/** @param {Told} told @param {{ there: number, fates: Fate[] }} cluster @param {boolean} first */
function arrived(told, { fates }, first) {
  const { run, hidden, end } = told, { contestants } = run;
  const steps = fates.map(({ there }) => there ?? 0), who = fates.map(({ c }) => c);
  const was = first ? verb(["was", "were"], who.length) : "", start = Math.max(...steps) === 0;
  const when = start
    ? `${was || "were"} there from the start`
    : first
    ? `${was} there after ${long(steps)}`
    : `took ${long(steps)}`;
  const parts = kinds(fates);
  if (parts.length === 1) {
    const then = became(told, fates);
    const joint = then && fates[0].is === "again" && !end ? ", and " : " and ";
    return `${format.capital(names(run, hidden, who))} ${when}${then && joint + then}.`;
  }
  const [a, b] = fates, more = a && b ? added(contestants[b.c].label, contestants[a.c].label) : "";
  if (end && fates.length === 2 && more && a.is === "restless" && b.is === "rests") {
    return `${contestants[a.c].label} ${when.replace("were", "was")} and ${became(told, [a])}; ${more} it did.`;
  }
  const then = parts.map((part) => {
    const words = became(told, part);
    return words && `${names(run, hidden, part.map(({ c }) => c))} ${words}`;
  }).filter(Boolean);
  return `${format.capital(names(run, hidden, who))} ${when}; ${then.join(", ")}.`;
}

/** Those that have not been there. @param {Told} told @param {Fate[]} fates */
function away({ run, hidden, end }, fates) {
  return kinds(fates).map((part) => {
    const who = part.map(({ c }) => c), [{ is }] = part;
    if (end && is !== "rests" && run.floor === null) {
      return `${format.capital(names(run, hidden, who))} ${
        is === "trembles" ? FATES.trembles.end[0] : verb(FATES.way.now, who.length)
      }.`;
    }
    const elsewhere = is === "rests" && run.floor !== null ? " elsewhere" : "";
    return `${format.capital(names(run, hidden, who))} ${
      verb(FATES[is][end ? "end" : "now"], who.length)
    }${elsewhere}.`;
  });
}

/** Nobody was there: who came nearest, by the median of the last epoch and not by one step of it. @param {Told} told @param {Fate[]} fates */
function nearest({ run, hidden }, fates) {
  const { floor, startLoss } = run, base = run.excess === "loss" ? floor ?? 0 : 0;
  const left = fates.map(({ c }) => ({ c, left: (run.middle(c, run.excess, run.steps) ?? Infinity) - base }))
    .filter(({ left }) => left < Infinity).toSorted((a, b) => a.left - b.left);
  if (!left.length || floor === null || !(startLoss > floor)) return "";
  const share = `${format.short((100 * left[0].left) / (startLoss - floor), 2)} %`;
  return fates.length === 1
    ? `${share} of the start are left.`
    : `${names(run, hidden, [left[0].c])} came nearest, to ${share} of the start.`;
}

/** "Annealed has restarted twice." @param {Told} told @param {number[]} all @param {number} step */
function restarted({ run }, all, step) {
  return all.flatMap((c) => {
    const { label, restarts } = run.contestants[c], times = restarts.filter((row) => row < step).length;
    if (!times || restarts.length > RESTARTS || run.gone(c, step)) return [];
    return `${label} has restarted ${["once", "twice"][times - 1] ?? `${times} times`}.`;
  });
}

/** "SGD diverged at step 25 and Momentum at step 280: excess loss above 1,000 times the start." One sentence a reason.
 *  @param {Contestant[]} gone */
const sayGone = (gone) =>
  [...new Set(gone.map((one) => one.diverged?.reason))].map((reason) => {
    const cases = gone.filter((one) => one.diverged?.reason === reason).map((
      { label, diverged, verdict: { kind } },
      i,
    ) =>
      `${label}${i ? "" : kind === "diverged" ? " diverged" : `: ${kind}`} at step ${format.count(diverged?.at ?? 0)}`
    );
    return `${format.listed(cases)}: ${reason}.`;
  });

/** The sentence at the step on view. @param {Pick<State, "run" | "step" | "hidden" | "share" | "predicting">} view */
function compose({ run, step, hidden, share, predicting }) {
  const all = focus.seen(run.contestants, { hidden }), end = step === run.steps;
  if (all.length === 0) return "Every method is switched off: switch one on in the table below.";
  if (step === 0 || (!end && !events.of(run, share, hidden).some((one) => one.step <= step))) {
    return asked || question(run, all);
  }
  const told = { run, hidden, share, end };
  const fates = all.map((c) => events.fate(run, c, step, share, { hidden: predicting }));
  const there = clusters(fates), others = fates.filter((one) => one.there === null && one.is !== "gone");
  const said = there.map((cluster, i) => arrived(told, cluster, i === 0));
  if (end && !there.length && others.length && run.floor !== null && others.every(({ is }) => is !== "rests")) {
    const who = others.map(({ c }) => c),
      none = who.length === 1 ? `${run.contestants[who[0]].label} was not` : "None was";
    said.push(`${none} there after ${long([run.steps])}: ${nearest(told, others)}`);
  } else said.push(...away(told, others));
  const gone = fates.filter(({ is }) => is === "gone").map(({ c }) => run.contestants[c]);
  return [...said, ...(end ? [] : restarted(told, all, step)), ...sayGone(gone)].join(" ");
}

// ---- a method, an event ----------------------------------------------------------------------------------------------

/** How method c stands at a step, in a few words: "there at 34, never rests: a \u00b1 0.87". `places` are the parameters that count.
 *  @param {Run} run @param {number} c @param {number} step @param {number} share @param {number[]} places */
function verdict(run, c, step, share, places, { hidden = false } = {}) {
  const { verdict: { kind, says, halfRange }, diverged } = run.contestants[c];
  if (diverged && step >= diverged.at) return `${kind} at step ${format.count(diverged.at)}`;
  if (step === 0) return "at the start";
  const { there, is } = events.fate(run, c, step, share, { hidden }), ended = step === run.steps;
  if (ended && kind === "frozen") return says;
  const swing = ended && halfRange.length
    ? `: ${places.map((i) => `${run.parameters[i]} \u00b1 ${format.short(halfRange[i], 2)}`).join(", ")}`
    : "";
  const coming = ended && kind === "still falling" ? "coming nearer" : "";
  const stays = events.passage(run, c, share)[1];
  const now = {
    way: ended && !coming ? "not there" : "on its way",
    trembles: `trembles${swing}`,
    in: coming,
    left: "left again",
    again: "in and out",
    stays: coming || `stays from ${format.count(stays ?? 0)}`,
    rests: there === null ? "rests, not there" : "rests",
    restless: `never rests${swing}`,
    gone: "",
  }[is];
  const was = there === null ? "" : there === 0 ? "there from the start" : `there at ${format.count(there)}`;
  return [was, now].filter(Boolean).join(", ");
}

/** An event as a sentence, as its methods alone, and its step. @param {Run} run @param {Set<number>} hidden @param {RunEvent} event */
function named(run, hidden, { kind, who }) {
  const methods = names(run, hidden, who.map(({ c }) => c));
  const lost = kind === "diverges" && who.every(({ c }) => run.endingOf(c) !== "diverged");
  const says = lost ? `${methods}: ${run.endingOf(who[0].c)}` : `${methods} ${verb(NAMES[kind], who.length)}`;
  return { step: format.count(who[0].step), methods, says };
}

// ---- on the page -----------------------------------------------------------------------------------------------------

/** A sentence in two parts, of which the second is not to be broken: no short word is left alone on a last line. @param {string} words */
function ending(words) {
  let at = words.lastIndexOf(" ");
  while (at > 0 && words.length - at <= SHORT) at = words.lastIndexOf(" ", at - 1);
  return words.length - at > BROAD ? [words, ""] : [words.slice(0, at + 1), words.slice(at + 1)];
}

/** @param {State} state */
function write(state) {
  const words = problem || compose(state);
  if (words === shown) return;
  shown = words;
  const node = byId("sentence");
  const [most, last] = ending(words);
  node.replaceChildren(element("span", {}, most, element("span", { className: "unbroken" }, last)));
  node.classList.toggle("problem", Boolean(problem));
  node.classList.toggle("is-long", words.length > LONG);
}

on("draw", () => write(state));
on("problem", (words) => {
  problem = words;
  if (state.run) write(state);
});
on("question", (words) => {
  asked = words;
  if (state.run) write(state);
});

export const story = { compose, verdict, named, ending };
