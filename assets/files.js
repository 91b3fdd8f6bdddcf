// The section "Files" of the drawer "Share": the offline page, the numbers, the settings. Asks the server for what only it has and
// hands it to the browser to save. Knows no contents; pictures and films are in pictures.js and film.js.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const LARGE = 30e6; // bytes: from here on a second press says that so much is meant
  const SHOWN = "SVG and PNG show this step; GIF and WebM play the range on view, at the transport\u2019s speed.";
  const OF_ALL = "of every method, in full precision";
  const TOO_MANY = " As JSON they are too many to be opened here again: save the settings for that.";
  const rows = {};
  let status = null, sizes = null, asked = "", agreed = "", under = null;

  const run = () => lab.stage.state.run;

  /** What is on view, for whoever opens the file. */
  const view = () => lab.link.view();
  /** The way back, where an address can say it all. */
  const link = () => (lab.link.left.length ? null : lab.link.href());

  const element = (...parts) => lab.element(...parts);

  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  const button = (words, work, at = {}) => {
    const node = element("button", { type: "button", className: "button", ...at }, words);
    node.addEventListener("click", () => run() && work(node));
    return node;
  };

  /** A heading, a line that says what it is, and its buttons. */
  function row(title, says, ...tools) {
    const line = element("p", { className: "hint" }, says);
    return element("div", { className: "files-row", role: "group", "aria-label": title },
      element("h4", {}, title), line, element("div", { className: "files-tools" }, ...tools));
  }

  /** Runs `work`, one at a time: says what is under way, and why it did not come. */
  async function doing(words, work) {
    if (under) return;
    under = new AbortController();
    section().setAttribute("aria-busy", "true");
    rows.stop.hidden = false;
    say(words);
    try {
      say(await work(under.signal) ?? "");
    } catch (error) {
      say(error.name === "AbortError" ? "Given up." : error.message);
    } finally {
      under = null;
      section().removeAttribute("aria-busy");
      rows.stop.hidden = true;
    }
  }

  const stop = () => under?.abort();
  const section = () => document.getElementById("share-files");

  // ---- what is saved -------------------------------------------------------------------------------------------------

  const page = () => doing("Making the page\u2026", async (signal) => {
    const { name, text } = await lab.inquiries.ask("offline", { view: view(), link: link() }, { signal });
    const file = new Blob([text], { type: "text/html" });
    lab.saving.blob(name, file);
    return `Saved ${name}, ${lab.saving.size(file.size)}.`;
  });

  const settings = () => doing("Asking for the settings\u2026", async (signal) => {
    const { name, state } = await lab.inquiries.ask("files", { view: view() }, { signal });
    lab.saving.json(`${name}json`, state);
    return `Saved ${name}json.`;
  });

  /** All numbers; of a large file the first press says how large. */
  function numbers(kind) {
    const mine = `${kind} ${run().hash}`;
    if (sizes?.hash === run().hash && sizes.characters > LARGE && agreed !== mine) {
      agreed = mine;
      return say(`All steps are about ${lab.saving.size(sizes.characters)}: press ${kind.toUpperCase()} once more to save them.`);
    }
    return doing("Asking for the numbers\u2026", async (signal) => {
      const { name, file } = await fetched(kind, signal);
      lab.saving.blob(name, file);
      return `Saved ${name}, ${lab.saving.size(file.size)}.`;
    });
  }

  /** The file as it comes, with how much of it is here. */
  async function fetched(kind, signal) {
    const body = { values: run().values, about: { view: view() }, link: lab.locks.link };
    const ours = ({ headers }) => headers.has("Content-Disposition");
    const response = await lab.inquiries.send(`save/${kind}`, body, { signal, ours });
    const parts = [], reader = response.body.getReader();
    for (let length = 0, told = 0; ;) {
      const { done, value } = await reader.read().catch(lab.inquiries.refuse);
      if (done) break;
      parts.push(value);
      length += value.length;
      if (length - told > 1e6) say(`${lab.saving.size((told = length))} are here\u2026`);
    }
    const name = response.headers.get("Content-Disposition").match(/filename="(.+)"/)[1];
    return { name, file: new Blob(parts, { type: response.headers.get("Content-Type") }) };
  }

  // ---- the section ---------------------------------------------------------------------------------------------------

  function chooser() {
    const input = element("input", { type: "file", accept: ".json,application/json", hidden: true });
    input.addEventListener("change", async () => {
      if (input.files[0]) say(await lab.restoring.open(input.files[0]));
      input.value = "";
    });
    return [input, button("Open a file\u2026", () => input.click())];
  }

  /** Pictures of this step, and films of the range on view. */
  function pictures() {
    const titles = [["all", "All six panels"], ...[...lab.stage.boards.keys()].map((name) => [name, lab.pictures.title(name)])];
    const which = element("select", { className: "choice", "aria-label": "Picture of" }, ...titles.map(([value, words]) => new Option(words, value)));
    const still = (kind) => button(kind.toUpperCase(), () => doing("Drawing\u2026", () => lab.pictures.save(which.value, kind)), { "aria-label": `Save picture as ${kind.toUpperCase()}` });
    const film = (kind, words) => button(words, () => doing("Drawing\u2026", (signal) => lab.film.save(which.value, kind, { signal, say })), { "aria-label": `Save animation as ${words}` });
    rows.pictures = row("Pictures and animations", SHOWN, which, still("svg"), still("png"), film("gif", "GIF"), film("webm", "WebM"));
    rows.stop = button("Give up", stop);
    rows.stop.classList.add("files-stop");
    rows.stop.hidden = true;
    rows.pictures.querySelector(".files-tools").append(rows.stop);
    return rows.pictures;
  }

  function build() {
    status = element("p", { className: "files-status", role: "status" });
    rows.numbers = row("Numbers", `Every step ${OF_ALL}.`, button("CSV", () => numbers("csv"), { "aria-label": "Save numbers as CSV" }),
      button("JSON", () => numbers("json"), { "aria-label": "Save numbers as JSON" }));
    section().append(
      row("Offline page", "One HTML file that plays this run by a double click: no network, no server.", button("Save offline page", page)),
      rows.numbers,
      row("Settings", "A small file that brings all of this back when it is dropped on the page; so do the numbers as JSON.", button("Save settings", settings), ...chooser()),
      pictures(),
      status,
    );
  }

  /** How large the numbers are, asked for while the drawer is open, once a run. */
  async function measure() {
    if (lab.drawers.opened !== "share" || !run() || asked === run().hash) return;
    const { hash } = run();
    asked = hash;
    try {
      const { characters, every } = await lab.inquiries.ask("files");
      sizes = { hash, characters };
      const all = every > 1 ? `1 of ${every} steps and the last ${OF_ALL}` : `Every step ${OF_ALL}`;
      rows.numbers.querySelector(".hint").textContent = `${all}: about ${lab.saving.size(characters)}.${characters > lab.restoring.MOST ? TOO_MANY : ""}`;
    } catch (error) { // the next press of a button says why
      asked = "";
      lab.inquiries.again(error, measure);
    }
  }

  document.addEventListener("drawer", ({ detail }) => {
    if (!detail.open || detail.name !== "share") return;
    if (!status) build();
    measure();
  });
  document.addEventListener("reply", () => setTimeout(measure));})();
