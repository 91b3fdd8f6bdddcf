// The dialog 'Snapshots': where each method stood at the ends of its cycles. Knows a run's snapshots; judges nothing.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const dialog = () => document.getElementById("snapshots");

  const element = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };

  function head(run, places) {
    const names = ["Method", "Step", ...(run.isSurface ? [] : ["Epoch"]), lab.notes.of(run).column, ...places.map((i) => run.parameters[i])];
    return element("tr", {}, ...names.map((words) => element("th", { scope: "col" }, words)));
  }

  function row(run, c, [step, loss, params], places) {
    const { short, steady, count } = lab.numbers;
    const go = element("button", { type: "button", className: "button", title: "Go to this step" }, count(step));
    go.setAttribute("aria-label", `Go to step ${count(step)}`);
    go.addEventListener("click", () => { lab.clock.go(step); dialog().close(); });
    const epoch = run.isSurface ? [] : [short(step / run.stepsPerEpoch, 4)];
    return element("tr", {},
      element("th", { scope: "row" }, lab.readout.chip(c), run.contestants[c].label), element("td", {}, go),
      ...[...epoch, steady(loss), ...places.map((i) => steady(params[i]))].map((words) => element("td", {}, words)));
  }

  function open() {
    const { run, hidden } = lab.stage.state, places = lab.panels.parameters.onView(run, lab.stage.state);
    const rows = run.contestants.flatMap((one, c) => (hidden.has(c) ? [] : one.snapshots.map((snapshot) => row(run, c, snapshot, places))));
    const table = dialog().querySelector("table");
    table.tHead.replaceChildren(head(run, places));
    table.tBodies[0].replaceChildren(...rows);
    dialog().showModal();
  }

  /** Offered where a schedule restarts. */
  function offer(run) {
    document.getElementById("snapshots-open").hidden = run.contestants.every((one) => one.snapshots.length === 0);
  }

  lab.snapshots = { open, close: () => dialog().close(), offer };
})();
