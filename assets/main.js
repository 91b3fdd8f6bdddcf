// The page: everything that plays, and all that asks the server. Knows the rooms, and what Dash calls by name (dash.js).
import "./player.js";
import { markup } from "./base/markup.js";
import { server } from "./base/server.js";
import { settings } from "./form/settings.js";
import { methodsList } from "./form/methods.js";
import { requests } from "./form/requests.js";
import { address } from "./form/address.js";
import "./form/rows.js";
import "./form/outdated.js";
import { drawers } from "./drawers/frame.js";
import "./drawers/problem/button.js";
import { customData } from "./drawers/problem/custom_data.js";
import "./drawers/methods/movers.js";
import { stage } from "./player/stage.js";
import { bring } from "./state/coming.js";
/** @import { Look, Ran } from "./types.d.ts" */

server.online = true;
let opened = false;

/** Plotly's script comes and runs while Dash builds the page, which neither waits for it nor brings it. */
const plotly = new Promise((onload) => {
  document.head.append(Object.assign(document.createElement("script"), { src: document.body.dataset.plotly, onload }));
});

/** @param {Ran} first */
function begin(first) {
  address.begin(first);
  server.compare(first.version);
  // Nobody clicks, opens a menu or drops a file before there is a picture.
  const all = [import("./form/start_click.js"), import("./base/menu.js"), import("./drawers/share/drop.js")];
  bring("menus", () => Promise.all(all), false);
}

/** The first reply opens the stage, once Plotly is here; later ones come by fetch (form/requests.js).
 *  @param {Ran | null} first @param {Look} look */
export function reply(first, look) {
  markup.fill();
  if (!opened && first) stage.start(look, plotly).then(() => begin(first));
  opened ||= Boolean(first);
}

/** Dash has built the form, or the list of methods. */
export const fillForm = settings.init;
export const fillMethods = methodsList.init;
export const slid = settings.slid;

Object.assign(window.lab, {
  address,
  customData,
  drawers,
  methodsList,
  /** One that comes later, by its path. @param {string} path */
  module: (path) => import(`./${path}`),
  requests,
  settings,
});
