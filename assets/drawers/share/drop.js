// Files dropped anywhere on the page: one of settings is opened, of any other it is said where it belongs. There from the start; what
// reads a file comes with the first one. Knows files by name and kind.
import { notice } from "../../base/notice.js";
import { later } from "../later.js";

/** @param {File} file */
const isSettings = ({ name, type }) => type === "application/json" || /\.json$/i.test(name);
/** @param {DragEvent} event */
const brings = (event) => event.dataTransfer?.types.includes("Files");

// Before Fit takes it for points (drawers/problem/custom_data.js); elsewhere the browser would leave the page for the file.
document.addEventListener("dragover", (event) => {
  if (brings(event)) event.preventDefault();
});
document.addEventListener("drop", async (event) => {
  const file = brings(event) && event.dataTransfer?.files[0];
  if (!file || !isSettings(file)) return;
  event.preventDefault();
  event.stopPropagation();
  const words = await (await later.load("import"))?.restoring.open(file);
  if (words) notice.say(words);
}, true);
addEventListener("drop", (event) => {
  if (!brings(event) || event.defaultPrevented) return;
  event.preventDefault();
  notice.say("A file of settings (JSON) may be dropped anywhere, a file of points onto Fit.");
});
