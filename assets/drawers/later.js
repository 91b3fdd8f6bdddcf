// The drawers' modules, which come when a drawer is opened first, or when a link, a switch or a file asks for what one of them has; and
// that of the panels that explore, which comes when one of them is on view first. Their styles come behind the first picture.
// Till then the parts of links, the switch and the note of the history that they will have stand here by name. Knows which modules there
// are; not what is in them.
import { element } from "../base/elements.js";
import { emit, on } from "../base/events.js";
import { notice } from "../base/notice.js";
import { server } from "../base/server.js";
import { address } from "../form/address.js";
import { controls } from "../player/actions.js";
import { viewParams } from "../player/view_params.js";
import { boards } from "../plot/boards.js";
import { bring } from "../state/coming.js";
import { onView } from "../state/on_view.js";
import { state } from "../state/state.js";

/** @typedef {Record<string, any>} Module -- what a module exports; whoever asks for it knows which */

/** @type {Record<string, () => Promise<Module>>} */
const MODULES = {
  problem: () => server.module(() => import("./problem/drawer.js")),
  methods: () => server.module(() => import("./methods/cards.js")),
  lessons: () => server.module(() => import("./lessons/list.js")),
  microscope: () => server.module(() => import("./microscope/drawer.js")),
  theory: () => server.module(() => import("./theory.js")),
  share: () => server.module(() => import("./share/drawer.js")),
  import: () => server.module(() => import("./share/import.js")),
  explore: () => server.module(() => import("../explore/group.js")),
};
const LOST = "This part of the page did not arrive: press again, or load the page anew.";

/** The sheet of all these. @type {Promise<unknown> | null} */
let dressed = null;
/** The promises of modules, by name. @type {Map<string, Promise<Module>>} */
const coming = new Map();
/** @type {Set<string>} */
const here = new Set();

/** Their sheet comes, behind that of the first picture, whose rules it follows; where the page is built all are in that. */
function dress() {
  dressed ??= new Promise((done, lost) => {
    const first = /** @type {HTMLElement | null} */ (document.querySelector("link[data-later]"));
    if (!first) return done(null);
    const link = element("link", { rel: "stylesheet", href: first.dataset.later ?? "" });
    link.addEventListener("load", done);
    link.addEventListener("error", () => {
      dressed = null;
      link.remove();
      lost(new Error("The later styles did not arrive"));
    });
    first.after(link);
  });
  return dressed;
}

/** The module of a drawer: a promise, of null where it cannot be had. That is said, and the next call asks for it again.
 *  @param {string} name */
async function load(name) {
  if (!coming.has(name)) coming.set(name, MODULES[name]());
  try {
    const [module] = await Promise.all([coming.get(name), dress()]);
    here.add(name);
    return module;
  } catch (error) {
    coming.delete(name);
    console.error(error);
    notice.say(LOST);
    server.compare();
    return null;
  }
}

/** A part of links that a drawer will have: a link that has it brings the drawer's module, which then opens it (form/address.js).
 *  @param {string} name @param {string} drawer */
function part(name, drawer) {
  let told = "";
  viewParams.part(name, {
    read: () => told,
    /** @param {string} text */
    open(text) {
      told = text;
      if (text) load(drawer);
    },
  });
}

part("lesson", "lessons");
part("lens", "microscope");
address.note("answer", () => address.noted("answer")); // to a lesson's question, which is still to be read
controls.choices.theory = (on) => {
  state.theory = on === true;
  load("theory");
};
/** A panel is on view that is not here: one that explores. The module then waits for such itself. */
function explore() {
  if (boards.size && !here.has("explore") && onView.shown.some((name) => !boards.has(name))) load("explore");
}
on("boards", explore);
on("boards", () => bring("styles", dress, false));
on("panels", explore);
// Who opens the menu of these panels will take one: their group comes meanwhile, and is said to be lost only where it is missed.
on("menu", ({ id }) => {
  if (id === "explore-menu") MODULES.explore().catch(console.info);
});
on("edit", async (label) => {
  if (!here.has("methods") && await load("methods")) emit("edit", label);
});

export const later = { load, has: (/** @type {string} */ name) => here.has(name) };
