// Inquiries: questions to the server about a run that is on view (app/inquiries.py). Knows how to ask; not what for.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  let link = () => null;

  /** What the server says to a question of this kind about the run of these settings: a promise of the answer, or of an Error whose
   *  message is a sentence. `signal` is an AbortController's, which gives it up. */
  async function ask(kind, about, { values, signal } = {}) {
    return post(`ask/${kind}`, { values, about, link: link() }, { signal });
  }

  /** The server's answer to some JSON at an address of its own. */
  async function post(address, body, { signal } = {}) {
    let answer;
    try {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), signal });
      if (!response.ok) throw new Error((await response.text()).trim());
      answer = await response.json();
    } catch (error) {
      if (error.name === "AbortError" || !(error instanceof TypeError)) throw error;
      throw new Error("The server does not answer."); // which is all that a TypeError of fetch says
    }
    if (answer.problem) throw new Error(answer.problem);
    return answer;
  }

  lab.inquiries = {
    ask, post,
    /** Whether there is a server; the page that plays without one never asks. */
    online: false,
    /** The page's link, which holds what it fixes, is told by this function. */
    set link(tell) { link = tell; },
  };
})();
