// What stands below a plot that explores: how far its answer has come, a button that stops it or asks once more, its numbers as a table
// over the plot, and what can be saved of it. What the answer comes to is told once, when all of it is here. Knows what is known of the
// question (inquiry.js); not what it is about.
import { button, element, find } from "../base/elements.js";
import { download } from "../base/download.js";
import { emit } from "../base/events.js";
import { format } from "../base/format.js";
import { notice } from "../base/notice.js";
import { server } from "../base/server.js";
import { sheet } from "../panels/parts/sheet.js";
import { state } from "../state/state.js";
import { inquiries } from "./inquiry.js";
import { program } from "./program.js";
/** @import { Exploring, Inquiry, State } from "../types.d.ts" */
/** `settled`: the question whose end has been told. @typedef {{ title: string, settled: Inquiry | null, line: HTMLElement, bar: HTMLProgressElement, says: HTMLElement, turn: HTMLButtonElement, more: HTMLButtonElement[], sheet: HTMLElement, why: HTMLElement, opener: HTMLButtonElement, tells: HTMLElement }} Parts */

const LOST = "What makes pictures did not arrive: press again, or load the page anew.";

/** @type {Map<string, Parts>} */
const made = new Map();

/** @param {Exploring} panel @param {HTMLElement} figure */
function build(panel, figure) {
  const { name } = panel, title = find(figure, "h2").textContent;
  const bar = element("progress", { "aria-label": `Progress of ${title}` }),
    says = element("span", { className: "done" }); // no status: the bar says how far it is to who asks
  const turn = button("Stop", () => press(name));
  const box = sheet.make(figure);
  const opener = button("Numbers", () => unfold(panel), { "aria-pressed": "false", className: "button toggle" });
  const more = [
    opener,
    button("CSV", () => save(panel), { title: "All numbers, in full precision" }),
    button("Picture", () => picture(name), { title: "As PNG; Share has SVG too" }),
    button("Code", () => program.show(inquiries.of(name)?.program ?? null), {
      title: "A program that computes these numbers with Descent Lab’s package optim",
      "aria-haspopup": "dialog",
    }),
  ];
  const line = element(
    "div",
    { className: "foot" },
    bar,
    says,
    turn,
    element("span", { className: "foot-tools" }, ...more),
  );
  const why = element("p", { className: "why", role: "status" });
  find(figure, ".plot").append(why);
  find(figure, ".plot").after(line);
  const parts = { line, bar, says, turn, more, sheet: box, why, opener, tells: find(figure, ".tells") };
  made.set(name, { title, settled: null, ...parts });
  show(panel, state);
}

/** What its question has come to, in words. @param {Inquiry | null} of */
function words(of) {
  if (!of) return "";
  const runs = format.plural(of.count, "run"), some = `${format.count(of.done)} of ${runs}`;
  return {
    waiting: "waits for its turn",
    asked: of.count ? some : "asked for",
    whole: runs,
    stopped: of.done ? `stopped after ${some}` : "stopped",
    failed: of.done && of.done < of.count ? `${some}. ${of.says}` : of.says,
  }[of.is];
}

/** @param {Exploring} panel @param {State} state */
function show(panel, state) {
  const parts = made.get(panel.name), of = inquiries.of(panel.name);
  if (!parts || !of) return;
  const { line, bar, says, turn, more, sheet: box, why, tells } = parts, busy = inquiries.busy(of);
  line.dataset.is = of.is;
  const empty = of.is === "failed" && of.told === null; // the reason has the picture's place
  if (why.textContent !== (empty ? of.says : "")) why.textContent = empty ? of.says : "";
  bar.hidden = !busy;
  if (of.count) Object.assign(bar, { max: of.count, value: of.done });
  else bar.removeAttribute("value");
  if (says.textContent !== (empty ? "" : words(of))) says.textContent = empty ? "" : words(of);
  turn.hidden = of.is === "whole";
  turn.textContent = busy ? "Stop" : "Again";
  for (const one of more) one.disabled = of.told === null;
  const told = of.told === null ? null : panel.numbers(of.told, state);
  if (!box.hidden) sheet.fill(box, told);
  const read = told ? sheet.words(told) : "";
  if (tells.textContent !== read) tells.textContent = read;
  settle(panel, parts, of, state);
}

/** Told once, when nothing more is to come: what it comes to, or that it has ended before; of no answer at all the reason is a status itself.
 *  @param {Exploring} panel @param {Parts} parts @param {Inquiry} of @param {State} state */
function settle(panel, parts, of, state) {
  const settled = inquiries.busy(of) ? null : of, before = parts.settled;
  parts.settled = settled;
  if (!settled || settled === before || parts.why.textContent) return;
  const end = of.is === "whole" && of.told !== null ? panel.result(of.told, state) : words(of);
  emit("note", panel.name, `${parts.title}: ${end.replace(/\.$/, "")}.`);
}

/** @param {string} name */
function press(name) {
  const of = inquiries.of(name);
  if (of && inquiries.busy(of)) inquiries.stop(name);
  else inquiries.again(name);
}

/** @param {Exploring} panel */
function unfold(panel) {
  const parts = made.get(panel.name);
  if (!parts) return;
  parts.opener.setAttribute("aria-pressed", String(sheet.turn(parts.sheet)));
  show(panel, state);
}

/** A cell of a CSV file. @param {string | number | null} value */
const cell = (value) =>
  typeof value === "string" && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value ?? "");

/** @param {Exploring} panel */
function save(panel) {
  const told = inquiries.told(panel.name);
  if (told === null) return;
  const name = `descent-lab-${panel.name}.csv`;
  download.text(name, panel.sheet(told).map((row) => `${row.map(cell).join(",")}\n`).join(""), "text/csv");
  notice.say(`Saved ${name}.`);
}

/** What makes pictures comes for the first of them: it knows every panel, and the first answer need not wait for that. @param {string} name */
async function picture(name) {
  const made = server.module(() => import("../export/image.js")).then(
    ({ pictures }) => pictures.save(name, "png"),
    () => LOST,
  );
  notice.say(await made.catch(server.says));
}

export const foot = { build, show };
