// The offline page's start: unpacks plotly.js, the lab's own modules and the run, and opens the run. Knows what is in the page; nothing can be asked of anybody.
"use strict";
(() => {
  const text = (id) => document.getElementById(id).textContent;

  /** The text that is in an element as gzip in base64. */
  async function unpacked(id) {
    const bytes = Uint8Array.from(atob(text(id)), (sign) => sign.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }

  function run(program) {
    const script = document.createElement("script");
    script.textContent = program;
    document.head.append(script);
  }

  const IMPORT = /(^(?:import|export)\s[^;"]*"|\bimport\(")(\.{1,2}\/[^"]+)(";|"\))/gm;

  /** Runs the last of these modules, each of which stands behind those that it imports: they get addresses within this page, and
   *  name each other by them. A promise of its having run. */
  function play(modules) {
    const made = new Map();
    for (const [name, program] of modules) {
      const at = (path) => made.get(new URL(path, `http://lab/${name}`).pathname.slice(1));
      const found = program.replace(IMPORT, (_, before, path, after) => `${before}${at(path)}${after}`);
      made.set(name, URL.createObjectURL(new Blob([found], { type: "text/javascript" })));
    }
    return new Promise((onload, onerror) => {
      document.head.append(Object.assign(document.createElement("script"), { type: "module", src: [...made.values()].at(-1), onload, onerror }));
    });
  }

  /** What was on view where the file was saved, as far as this page has it. */
  function begin({ view }) {
    const { lab } = window;
    for (const [name, { open }] of Object.entries(lab.viewParams.all)) if (name in view) open(String(view[name]));
    lab.draw();
  }

  async function start() {
    const { run: payload, look, state, modules } = JSON.parse(await unpacked("offline-data"));
    run(await unpacked("offline-plotly"));
    await play(modules);
    const { lab } = window;
    const settings = document.getElementById("settings-read"), narrow = matchMedia("(max-width: 47.49em)");
    const fold = () => { settings.open = !narrow.matches; };
    narrow.addEventListener("change", fold);
    fold();
    document.getElementById("save-settings").addEventListener("click", () => lab.download.json(`descent-lab-${payload.hash}.json`, state));
    await lab.stage.start(look);
    lab.stage.open(lab.decoding.read(payload));
    begin(state);
  }

  start();
})();
