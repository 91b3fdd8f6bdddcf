// The server is of another version than this page, which says so for as long as it is, and offers to load the page anew with what is on
// view. Knows the address and the settings; not how it was found out.
import { button, byId, element } from "../base/elements.js";
import { on } from "../base/events.js";
import { address } from "./address.js";
import { settings } from "./settings.js";

const WORDS = "The server is of another version than this page.";
const ID = "outdated";

on("outdated", () => {
  if (document.getElementById(ID)) return;
  const anew = button("Load the page anew", () => address.anew(settings.values));
  byId("lab").append(element("p", { id: ID, role: "alert" }, WORDS, anew));
});
on("shown", () => {
  document.getElementById(ID)?.remove(); // one of this page's version has answered
});
