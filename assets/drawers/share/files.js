// The section "Files" of the drawer "Share": the offline page, the numbers, the settings. Asks the server for what only it has and
// hands it to the browser to save. Knows no contents; pictures and films are in export/image.js and export/animation.js.
import { download } from "../../base/download.js";
import { button, byId, element, find } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { server } from "../../base/server.js";
import { animation } from "../../export/animation.js";
import { pictures } from "../../export/image.js";
import { address } from "../../form/address.js";
import { locks } from "../../form/locks.js";
import { boards } from "../../plot/boards.js";
import { state } from "../../state/state.js";
import { restoring } from "./import.js";

/** A job that can be given up; returns the sentence that says what came of it. @typedef {(signal: AbortSignal) => Promise<string | void>} Job */

const LARGE = 30e6; // bytes: from here on a second press says that so much is meant
const SHOWN = "SVG and PNG show this step; GIF and WebM play the range on view, at the transport\u2019s speed.";
const OF_ALL = "of every method, in full precision";
const TOO_MANY = " As JSON they are too many to be opened here again: save the settings for that.";
/** None until the drawer is first opened. @type {ReturnType<typeof build> | null} */
let parts = null;
let sizes = { hash: "", characters: 0 }; // of all numbers of a run
let asked = "", agreed = "";
let under = /** @type {AbortController | null} */ (null);

const run = () => state.run;

/** What is on view, for whoever opens the file. */
const view = () => address.view();
/** The way back, where an address can say it all. */
const link = () => (address.left.length ? null : address.href());

/** @param {string} words */
function say(words) {
  if (parts && parts.status.textContent !== words) parts.status.textContent = words;
}

/** A heading, a line that says what it is, and its buttons.
 *  @param {string} title @param {string} says @param {HTMLElement[]} tools */
function row(title, says, ...tools) {
  const line = element("p", { className: "hint" }, says);
  return element(
    "div",
    { className: "files-row", role: "group", "aria-label": title },
    element("h4", {}, title),
    line,
    element("div", { className: "files-tools" }, ...tools),
  );
}

/** Runs `work`, one at a time: says what is under way, and why it did not come. @param {string} words @param {Job} work */
async function doing(words, work) {
  if (under) return;
  under = new AbortController();
  busy(true);
  say(words);
  try {
    say(await work(under.signal) ?? "");
  } catch (error) {
    say(server.givenUp(error) ? "Given up." : server.says(error));
  } finally {
    under = null;
    busy(false);
  }
}

/** @param {boolean} on */
function busy(on) {
  if (on) section().setAttribute("aria-busy", "true");
  else section().removeAttribute("aria-busy");
  if (parts) parts.stop.hidden = !on;
}

const section = () => byId("share-files");

// ---- what is saved -------------------------------------------------------------------------------------------------

const page = () =>
  doing("Making the page\u2026", async (signal) => {
    const about = { view: view(), link: link() };
    const answer = await server.ask("offline", about, { values: run().values, signal });
    const { name, text } = /** @type {{ name: string, text: string }} */ (answer);
    const file = new Blob([text], { type: "text/html" });
    download.blob(name, file);
    return `Saved ${name}, ${download.size(file.size)}.`;
  });

const settings = () =>
  doing("Asking for the settings\u2026", async (signal) => {
    const answer = await server.ask("files", { view: view() }, { values: run().values, signal });
    const { name, state } = /** @type {{ name: string, state: object }} */ (answer);
    download.json(`${name}json`, state);
    return `Saved ${name}json.`;
  });

/** All numbers; of a large file the first press says how large. @param {"csv" | "json"} kind */
function numbers(kind) {
  const mine = `${kind} ${run().hash}`;
  if (sizes.hash === run().hash && sizes.characters > LARGE && agreed !== mine) {
    agreed = mine;
    return say(
      `All steps are about ${download.size(sizes.characters)}: press ${kind.toUpperCase()} once more to save them.`,
    );
  }
  return doing("Asking for the numbers\u2026", async (signal) => {
    const { name, file } = await fetched(kind, signal);
    download.blob(name, file);
    return `Saved ${name}, ${download.size(file.size)}.`;
  });
}

/** The file as it comes, with how much of it is here. @param {string} kind @param {AbortSignal} signal */
async function fetched(kind, signal) {
  const body = { values: run().values, about: { view: view() }, link: locks.link };
  const ours = (/** @type {Response} */ { headers }) => headers.has("Content-Disposition");
  const response = await server.send(`save/${kind}`, body, { signal, ours });
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  const reader = (response.body ?? new Blob().stream()).getReader();
  for (let length = 0, told = 0;;) {
    const { done, value } = await reader.read().catch(server.refuse);
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length - told > 1e6) say(`${download.size(told = length)} are here\u2026`);
  }
  const [, name = kind] = (response.headers.get("Content-Disposition") ?? "").match(/filename="(.+)"/) ?? [];
  return { name, file: new Blob(parts, { type: response.headers.get("Content-Type") ?? "" }) };
}

// ---- the section ---------------------------------------------------------------------------------------------------

function chooser() {
  const input = element("input", { type: "file", accept: ".json,application/json", hidden: true });
  input.addEventListener("change", async () => {
    const [file] = input.files ?? [];
    if (file) say(await restoring.open(file));
    input.value = "";
  });
  return [input, button("Open a file\u2026", () => input.click())];
}

/** What there is a picture of: panels may have come since. @param {HTMLSelectElement} which */
function offer(which) {
  const { value } = which, titles = [...boards.keys()].map((name) => [name, pictures.title(name)]);
  const options = [["all", "All panels on view"], ...titles].map(([name, words]) => new Option(words, name));
  which.replaceChildren(...options);
  which.value = value || "all";
}

/** Pictures of this step, and films of the range on view. @param {HTMLSelectElement} which @param {HTMLElement} stop */
function stills(which, stop) {
  /** @param {"svg" | "png"} kind */
  const still = (kind) =>
    button(kind.toUpperCase(), () => doing("Drawing\u2026", () => pictures.save(which.value, kind)), {
      "aria-label": `Save picture as ${kind.toUpperCase()}`,
    });
  /** @param {"gif" | "webm"} kind @param {string} words */
  const film = (kind, words) =>
    button(words, () => doing("Drawing\u2026", (signal) => animation.save(which.value, kind, { signal, say })), {
      "aria-label": `Save animation as ${words}`,
    });
  return row(
    "Pictures and animations",
    SHOWN,
    which,
    still("svg"),
    still("png"),
    film("gif", "GIF"),
    film("webm", "WebM"),
    stop,
  );
}

function build() {
  const status = element("p", { className: "files-status", role: "status" });
  const stop = button("Give up", () => under?.abort(), { className: "button files-stop", hidden: true });
  const which = element("select", { className: "choice", "aria-label": "Picture of" });
  const all = row(
    "Numbers",
    `Every step ${OF_ALL}.`,
    button("CSV", () => numbers("csv"), { "aria-label": "Save numbers as CSV" }),
    button("JSON", () => numbers("json"), { "aria-label": "Save numbers as JSON" }),
  );
  section().append(
    row(
      "Offline page",
      "One HTML file that plays this run by a double click: no network, no server.",
      button("Save offline page", page),
    ),
    all,
    row(
      "Settings",
      "A small file that brings all of this back when it is dropped on the page; so do the numbers as JSON.",
      button("Save settings", settings),
      ...chooser(),
    ),
    stills(which, stop),
    status,
  );
  return { status, stop, which, numbers: find(all, ".hint") };
}

/** How large the numbers are, asked for while the drawer is open, once a run. */
async function measure() {
  if (state.drawer !== "share" || !parts || !run() || asked === run().hash) return;
  const { hash } = run();
  asked = hash;
  try {
    const answer = await server.ask("files", {}, { values: run().values });
    const { characters, every } = /** @type {{ characters: number, every: number }} */ (answer);
    sizes = { hash, characters };
    const all = every > 1 ? `1 of ${every} steps and the last ${OF_ALL}` : `Every step ${OF_ALL}`;
    parts.numbers.textContent = `${all}: about ${download.size(characters)}.${
      characters > restoring.MOST ? TOO_MANY : ""
    }`;
  } catch (error) { // the next press of a button says why
    asked = "";
    server.again(error, measure);
  }
}

on("drawer", ({ name, open }) => {
  if (!open || name !== "share") return;
  parts ??= build();
  offer(parts.which);
  measure();
});
on("reply", () => setTimeout(measure));
