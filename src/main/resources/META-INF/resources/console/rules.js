// Changing rules: shows what changes while one types, tries the changed rules on stored signals, and activates them after a question.
"use strict";
(() => {
  const form = document.getElementById("rules-form");
  const diff = document.getElementById("rules-diff");
  const none = document.getElementById("rules-none");
  const activate = document.getElementById("rules-activate");
  const reason = document.getElementById("rules-reason");
  const output = document.getElementById("rules-output");
  const start = document.getElementById("replay-start");
  const stop = document.getElementById("replay-stop");
  const progress = document.getElementById("replay-progress");
  const result = document.getElementById("replay-result");
  const ASK_AGAIN_MS = 500;
  const DAY_MS = 24 * 60 * 60 * 1000;

  /** All rules as the form has them, and what is not as it was. */
  function read() {
    const rules = {};
    const changes = [];
    for (const field of form.querySelectorAll("fieldset.rule")) {
      const code = field.dataset.rule;
      if (field.dataset.absent) {
        continue;
      }
      rules[code] = {};
      for (const input of field.querySelectorAll("[data-parameter]")) {
        const name = input.dataset.parameter;
        const value = input.value.trim();
        const changed = value !== input.dataset.active;
        input.classList.toggle("changed", changed);
        // One for a single asset or pair may go; every other value has to be there, and is refused empty.
        if (value || !name.includes(".")) {
          rules[code][name] = value;
        }
        if (changed) {
          changes.push(code + ", " + name + ": " + input.dataset.active + " becomes " + (value || "nothing"));
        }
      }
      for (const input of field.querySelectorAll("[data-more]")) {
        const of = input.value.trim();
        const value = field.querySelector('[data-more-value="' + input.dataset.more + '"]').value.trim();
        if (of && value) {
          rules[code][input.dataset.more + "." + of] = value;
          changes.push(code + ", " + input.dataset.more + "." + of + ": nothing becomes " + value);
        }
      }
    }
    return { rules, changes };
  }

  function show() {
    const { changes } = read();
    acts.fill(diff, changes);
    none.hidden = changes.length > 0;
    // Where accounts differ, the rules as they are may be given to all of them.
    activate.disabled = changes.length === 0 && !form.dataset.differ;
  }

  function money(before, after) {
    const assets = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...assets].map((asset) => (before[asset] || 0) + " " + asset + " becomes " + (after[asset] || 0) + " " + asset).join(", ") || "none";
  }

  function differences(found) {
    const lines = found.differences.slice(0, 20).map((one) => {
      const judged = one.after.approved ? (one.before.approved ? "another size" : "would be approved") : "would be refused (" + one.after.reasons.join(", ") + ")";
      return one.decidedAt.slice(0, 19).replace("T", " ") + " " + one.action + " " + one.pair + " of " + one.strategy + ": " + judged;
    });
    return found.differences.length > 20 ? [...lines, "and " + (found.differences.length - 20) + " more"] : lines;
  }

  function tell(view) {
    const ends = { DONE: "Tried.", CANCELED: "Stopped early; this is what was found so far.", FAILED: "The trial failed." };
    const found = view.result;
    if (!found) {
      acts.say(result, false, [ends[view.state] || view.state, view.failure || ""]);
      return;
    }
    acts.say(result, true, [
      ends[view.state] + " " + found.judged + (found.judged === 1 ? " signal was" : " signals were") + " judged again.",
      "Approved: " + found.approvedBefore + " then, " + found.approvedAfter + " by these rules.",
      "Approved now and refused then: " + found.newlyApproved + ". Refused now and approved then: " + found.newlyRefused + ". Another size: " + found.otherSize + ".",
      "Value of the approved orders: " + money(found.notionalBefore, found.notionalAfter) + ".",
      "Money at risk: " + money(found.atRiskBefore, found.atRiskAfter) + ".",
      ...differences(found),
    ]);
  }

  async function follow(id) {
    stop.onclick = () => acts.call("DELETE", "/operations/rules/replay/" + id);
    for (;;) {
      const answer = await acts.call("GET", "/operations/rules/replay/" + id);
      if (!answer.ok) {
        acts.say(result, false, acts.problems(answer));
        return;
      }
      const view = answer.body;
      progress.value = view.factsToRead ? (100 * view.factsRead) / view.factsToRead : 0;
      if (view.state !== "RUNNING") {
        tell(view);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }

  start.addEventListener("click", async () => {
    const days = Number(document.getElementById("replay-days").value);
    const body = { rules: read().rules };
    if (days) {
      body.from = new Date(Date.now() - days * DAY_MS).toISOString();
    }
    start.disabled = true;
    const answer = await acts.call("POST", "/operations/rules/replay", body);
    if (answer.ok) {
      result.replaceChildren();
      stop.hidden = progress.hidden = false;
      await follow(answer.body.id);
      stop.hidden = progress.hidden = true;
    } else {
      acts.say(result, false, acts.problems(answer));
    }
    start.disabled = false;
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { rules, changes } = read();
    if (!reason.value.trim()) {
      acts.say(output, false, ["Say why, for the record."]);
      reason.focus();
      return;
    }
    const differ = form.dataset.differ ? ["Other rules now: account " + form.dataset.differ] : [];
    if (!(await acts.ask("Activate these rules for all accounts?", [...changes, ...differ]))) {
      acts.say(output, true, ["Nothing was done."]);
      return;
    }
    // Whoever was faster must not be overwritten unseen: what goes out is the whole set.
    const now = await acts.call("GET", "/operations/rules");
    if (now.ok && String(now.body.version) !== form.dataset.version) {
      acts.say(output, false, ["Not done.", "Version " + now.body.version + " by " + now.body.author + " has become active meanwhile. Load this page again."]);
      return;
    }
    const answer = now.ok ? await acts.call("PUT", "/operations/rules", { reason: reason.value.trim(), rules }) : now;
    if (!answer.ok) {
      acts.say(output, false, acts.failed(answer));
    } else {
      const later = answer.body.pending || answer.body.scheduled;
      acts.reload([later ? "Version " + later.version + " is not active yet: it waits, see below." : "Version " + answer.body.version + " is active on every account."]);
    }
  });
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  show();
})();
