// What people do on the console's pages: a form becomes one call of the operations interface, after a question where it matters, and
// the answer is said in words. Everything is written as text, never as markup.
"use strict";
const acts = (() => {
  const dialog = document.getElementById("confirm");
  const NEWS = "signal-to-order-said";

  /** Asks; resolves to true for a yes. */
  function ask(question, lines) {
    if (!question) {
      return Promise.resolve(true);
    }
    document.getElementById("confirm-text").textContent = question;
    fill(document.getElementById("confirm-list"), lines || []);
    dialog.returnValue = "";
    dialog.showModal();
    document.getElementById("confirm-no").focus();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    });
  }

  function fill(list, lines) {
    list.replaceChildren(
      ...lines.map((line) => {
        const item = document.createElement("li");
        item.textContent = line;
        return item;
      }),
    );
  }

  /** One call; resolves to { ok, status, body }. A failure of the network is an answer too. */
  async function call(method, address, body) {
    try {
      const answer = await fetch(location.origin + address, {
        method,
        headers: { Accept: "application/json", "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: "no-store",
      });
      const text = await answer.text();
      return { ok: answer.ok, status: answer.status, body: text ? JSON.parse(text) : {} };
    } catch (failure) {
      return { ok: false, status: 0, body: { title: "There was no usable answer", detail: failure.message + ". Look at the state above before you try again." } };
    }
  }

  /** What went wrong, line by line. */
  function problems(answer) {
    const lines = [[answer.body.title, answer.body.detail].filter(Boolean).join(": ")];
    for (const error of answer.body.errors || []) {
      lines.push(error.field.replace(/^\//, "") + " " + error.problem + "; allowed: " + error.allowed);
    }
    return lines;
  }

  /** That it failed, line by line: of some refusals it is known that they hold for some accounts only. */
  function failed(answer) {
    const somewhere = /:(in-part|not-in-force)$/.test(answer.body.type || "");
    return [somewhere ? "Not done on every account." : "Not done.", ...problems(answer)];
  }

  /** What was done, line by line. */
  function done(body) {
    if (body.accounts) {
      return Object.entries(body.accounts).map(([account, text]) => account + ": " + text);
    }
    if (body.calls) {
      const faults = [...Object.entries(body.calls), ...Object.entries(body.messages || {})];
      return faults.length === 0 ? ["nothing"] : faults.map(([where, what]) => where + ": " + what);
    }
    return body.version === undefined ? [] : ["version " + body.version];
  }

  function say(output, good, lines) {
    output.className = good ? "said good" : "said bad";
    const list = document.createElement("ul");
    list.className = "plain";
    fill(list, lines);
    output.replaceChildren(list);
  }

  /** Loads the page again and says there what was done, where it cannot be missed. */
  function reload(lines) {
    sessionStorage.setItem(NEWS, JSON.stringify(lines));
    history.scrollRestoration = "manual";
    location.reload();
  }

  function tellNews() {
    const place = document.getElementById("said");
    const news = sessionStorage.getItem(NEWS);
    if (place && news) {
      sessionStorage.removeItem(NEWS);
      say(place, true, JSON.parse(news));
      place.focus();
    }
  }

  /** What was said of earlier acts is no longer news, but for those on one order each. */
  function forget() {
    for (const output of document.querySelectorAll("form.act output")) {
      if (!output.closest("[data-live-items]")) {
        output.className = "";
        output.replaceChildren();
      }
    }
  }

  function read(form) {
    const body = {};
    for (const field of form.elements) {
      if (!field.name || field.disabled || (field.type === "radio" && !field.checked)) {
        continue;
      }
      const number = field.type === "number" || field.dataset.number;
      body[field.name] = number ? Number(field.value) : field.value;
    }
    return body;
  }

  /** Choices that mean something with another choice only. */
  function allow(form) {
    for (const field of form.querySelectorAll("[data-only-with]")) {
      const [name, value] = field.dataset.onlyWith.split("=");
      field.disabled = new FormData(form).get(name) !== value;
    }
  }

  async function act(form, button) {
    const way = { ...form.dataset, ...button.dataset };
    const output = form.querySelector("output");
    if (!(await ask(way.confirm))) {
      say(output, true, ["Nothing was done."]);
      return;
    }
    const buttons = form.querySelectorAll("button");
    buttons.forEach((one) => (one.disabled = true));
    const answer = await call(way.method, way.call, read(form));
    buttons.forEach((one) => (one.disabled = false));
    if (document.activeElement === document.body) {
      // A disabled button loses the focus: whoever uses the keyboard goes on from here.
      button.focus({ preventScroll: true });
    }
    forget();
    // 202: it is on record, and waits for another operator.
    const said = (answer.status === 202 ? "Not yet done" : way.done) + ".";
    if (answer.ok && way.reload) {
      reload([said, ...done(answer.body)]);
    } else if (answer.ok) {
      say(output, true, [said, ...done(answer.body)]);
      document.dispatchEvent(new Event("console-changed"));
    } else {
      say(output, false, failed(answer));
    }
  }

  if (dialog) {
    document.getElementById("confirm-yes").addEventListener("click", () => dialog.close("yes"));
    document.getElementById("confirm-no").addEventListener("click", () => dialog.close("no"));
  }
  // Of the whole page: forms come and go while it is open.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form.act")) {
      event.preventDefault();
      act(form, event.submitter || form.querySelector("button"));
    }
  });
  document.addEventListener("change", (event) => event.target.form && allow(event.target.form));
  document.querySelectorAll("form.act").forEach(allow);
  tellNews();
  return { ask, call, failed, fill, problems, reload, say };
})();
