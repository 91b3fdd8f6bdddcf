// Which rows of the settings are on view: all that are of use, those that a lesson offers, and on a phone one at a time. Knows rows; no
// values.
import { on } from "../base/events.js";

let offered = null; // the settings on view, null: all

/** Only the rows of these settings are on view; null: all. */
function offer(keys) {
  offered = keys && new Set(keys);
  const form = document.getElementById("settings");
  form.dataset.offered = String(keys?.length ?? "");
  rebuilt.disconnect();
  if (offered) rebuilt.observe(form, { childList: true, subtree: true });
  arrange();
}

const rebuilt = new MutationObserver(() => arrange()); // React builds the form anew for a link with locks

function arrange() {
  const left = (key) => Boolean(offered && !offered.has(key));
  for (const row of document.querySelectorAll("#settings .setting")) {
    row.classList.toggle("is-left-out", left(row.dataset.setting));
  }
  for (const group of document.querySelectorAll("#settings .group")) {
    group.classList.toggle("is-left-out", !group.querySelector(".setting:not(.is-left-out)"));
  }
  narrow();
}

/** A group whose settings are all of no use, or fixed by the link, has no heading either. */
function fold() {
  for (const group of document.querySelectorAll(".group")) {
    group.classList.toggle("is-empty", !group.querySelector(".setting:not(:empty, [hidden])"));
  }
}

/** On a phone the choice of a setting holds those on view. */
function narrow() {
  const choice = document.getElementById("setting-choice");
  for (const option of choice?.options ?? []) {
    const row = document.querySelector(`#settings [data-setting="${option.value}"]`);
    option.hidden = option.disabled = !row || row.hidden || row.classList.contains("is-left-out");
  }
  if (!choice?.selectedOptions[0]?.disabled) return;
  choice.value = [...choice.options].find((option) => !option.disabled)?.value;
  if (choice.value) choose(choice.value);
}

/** On a phone only this setting is on view. */
function choose(key) {
  for (const row of document.querySelectorAll(".setting")) {
    row.classList.toggle("is-chosen", row.dataset.setting === key);
  }
  const folded = document.querySelector(".setting.is-chosen").closest("details");
  if (folded) folded.open = true;
}

on("reply", () => {
  fold();
  if (offered) narrow();
});
document.addEventListener("change", ({ target }) => {
  if (target.id === "setting-choice") choose(target.value);
});

export const rows = { offer };
