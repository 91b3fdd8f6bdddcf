// An element of the page in one call, for whoever builds parts of it. Knows no part of the page.
"use strict";
(() => {
  const lab = (window.lab ??= {});

  /** What keeps phones from changing what is typed into a field that is no prose, as attributes. */
  const verbatim = { autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false" };
  const ATTRIBUTES = new Set(["role", "for", ...Object.keys(verbatim)]);

  const isAttribute = (key) => key.includes("-") || ATTRIBUTES.has(key);

  /** `props` are properties, or attributes where it is among ATTRIBUTES or has a hyphen; of the children null and false
   *  are left out. */
  function element(tag, props = {}, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
      if (isAttribute(key)) node.setAttribute(key, value); else node[key] = value;
    }
    node.append(...children.filter((child) => child !== null && child !== false));
    return node;
  }

  /** A line of text that is taken as it is typed. */
  const typed = (props) => element("input", { type: "text", ...verbatim, ...props });

  lab.element = Object.assign(element, { verbatim, typed });
})();
