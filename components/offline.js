// The offline page's start: unpacks plotly.js, the lab's own scripts and the run, draws the six empty graphs as Dash would, and
// opens the run. Knows what is in the page; nothing can be asked of anybody.
"use strict";
(() => {
  const lab = (window.lab ??= {});
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

  async function draw(place, config) {
    const { data, layout } = JSON.parse(place.dataset.figure), graph = place.appendChild(document.createElement("div"));
    await window.Plotly.newPlot(graph, data, layout, config);
    new ResizeObserver(() => { if (graph.offsetParent !== null) window.Plotly.Plots.resize(graph); }).observe(place);
  }

  /** What was on view where the file was saved, as far as this page has it. */
  function begin({ view }) {
    for (const [name, { open }] of Object.entries(lab.parts)) if (name in view) open(String(view[name]));
    lab.stage.paint();
  }

  async function start() {
    const { run: payload, look, config, state, scripts } = JSON.parse(await unpacked("offline-data"));
    for (const script of [await unpacked("offline-plotly"), ...scripts]) run(script);
    const settings = document.getElementById("settings-read"), narrow = matchMedia("(max-width: 760px)");
    const fold = () => { settings.open = !narrow.matches; };
    narrow.addEventListener("change", fold);
    fold();
    document.getElementById("save-settings").addEventListener("click", () => lab.saving.json(`descent-lab-${payload.hash}.json`, state));
    await Promise.all([...document.querySelectorAll("[data-figure]")].map((place) => draw(place, config)));
    lab.stage.start(look, () => { lab.stage.open(lab.run.read(payload)); begin(state); });
  }

  start();
})();
