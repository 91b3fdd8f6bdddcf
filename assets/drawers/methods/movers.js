// In the settings' headings: the chips of the methods that each group moves, and in words which slider moves which. There from the start.
// Knows the list of methods and who follows which slider.
import { all, element } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { methodsList } from "../../form/methods.js";
import { settings } from "../../form/settings.js";
import { chip } from "../../plot/chip.js";
import { theme } from "../../plot/theme.js";

const FEW = 4; // chips that have their full size in a heading
let shown = ""; // what the chips were made from

function render() {
  const { entries, spec } = methodsList;
  if (!spec) return;
  const now = JSON.stringify([
    entries.map((entry) => [entry.label, theme.kind(entry), methodsList.shared(entry)]),
    Object.keys(spec.shared).map(settings.label),
    theme.dress(),
  ]);
  if (now === shown) return;
  shown = now;
  const looks = theme.styles(entries);
  for (const box of all(document, "[data-moves]")) {
    const keys = (box.dataset.moves ?? "").split(" ");
    const moved = entries.map((entry, c) => ({
      ...entry,
      c,
      keys: methodsList.shared(entry).filter((key) => keys.includes(key)),
    })).filter((one) => one.keys.length);
    box.classList.toggle("is-many", moved.length > FEW);
    box.replaceChildren(...(moved.length ? moved.map(({ c }) => chip(looks[c])) : ["moves no method"]));
    const whom = keys.map((key) =>
      `moves ${moved.filter((one) => one.keys.includes(key)).map(({ label }) => label).join(", ") || "no method"}`
    );
    const says = keys.map((key, i) => `${settings.label(key)} ${whom[i]}`);
    box.title = says.join("\n");
    if (moved.length) box.append(element("span", { className: "unseen" }, `${says.join(". ")}.`));
    keys.forEach((key, i) => {
      const help = document.getElementById(`help-${key}`);
      if (help) help.dataset.moved = `It ${whom[i]}.`; // keys and fingers come to the slider, not to the chips
    });
  }
}

on("methods", render);
on("rows", render);
