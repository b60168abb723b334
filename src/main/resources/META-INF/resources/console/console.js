// Keeps the list of signals fresh by fetching the same page again and taking over its list. Without this script the page works
// the same and is reloaded by hand.
"use strict";
(() => {
  const region = document.getElementById("live-region");
  const button = document.getElementById("live-button");
  const status = document.getElementById("live-status");
  if (!region || !region.dataset.live || !button || !status) {
    return;
  }
  const LEAST_PAUSE_MS = 2000;
  // A slow answer means a busy server: ask it again only after several times what it took.
  const PAUSE_PER_ANSWER_TIME = 4;
  // location.href may carry credentials, which fetch refuses.
  const address = location.origin + location.pathname + location.search;
  let live = true;
  let timer = 0;

  function isBeingRead() {
    const selection = document.getSelection();
    return Boolean(selection && !selection.isCollapsed && region.contains(selection.anchorNode));
  }

  function takeOver(fresh) {
    if (fresh.innerHTML === region.innerHTML || isBeingRead()) {
      return;
    }
    const focused = region.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    region.replaceChildren(...fresh.childNodes);
    if (focused) {
      const again = Array.from(region.querySelectorAll("a")).find((link) => link.getAttribute("href") === focused);
      if (again) {
        again.focus({ preventScroll: true });
      }
    }
  }

  async function refresh() {
    const startedAt = performance.now();
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (!answer.ok) {
        throw new Error("the server answered " + answer.status);
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("live-region");
      if (!fresh) {
        throw new Error("the server answered another page");
      }
      if (live) {
        takeOver(fresh);
        status.textContent = "as of " + new Date().toISOString().slice(11, 19);
      }
    } catch (failure) {
      status.textContent = "Not up to date: " + failure.message;
    }
    plan(Math.max(LEAST_PAUSE_MS, PAUSE_PER_ANSWER_TIME * (performance.now() - startedAt)));
  }

  function plan(pauseMs) {
    clearTimeout(timer);
    if (live && !document.hidden) {
      timer = setTimeout(refresh, pauseMs);
    }
  }

  button.addEventListener("click", () => {
    live = !live;
    button.setAttribute("aria-pressed", String(live));
    status.textContent = live ? "" : "paused";
    plan(0);
  });
  document.addEventListener("visibilitychange", () => plan(0));
  button.hidden = false;
  plan(LEAST_PAUSE_MS);
})();
