// Keeps the part of a page that shows how things stand fresh, by fetching the same page again and taking over that part: when the
// server says that signals changed, or every few seconds. Lists of forms are followed as well, item by item. Without this script the page works the same and is reloaded by hand.
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
  const changes = location.origin + "/console/signals/changes";
  let live = true;
  let timer = 0;
  let events = null;
  // Told of changes, the page asks when there are some; else it asks again and again.
  let told = false;
  let waiting = false;
  let notBefore = 0;

  function isBeingRead() {
    const selection = document.getSelection();
    return Boolean(selection && !selection.isCollapsed && region.contains(selection.anchorNode));
  }

  function takeOver(fresh) {
    if (fresh.innerHTML === region.innerHTML || isBeingRead()) {
      return;
    }
    const open = Array.from(region.querySelectorAll("details")).map((one) => one.open);
    const focused = placeOf(document.activeElement);
    region.replaceChildren(...fresh.childNodes);
    region.querySelectorAll("details").forEach((one, at) => (one.open = Boolean(open[at])));
    if (focused) {
      const again = alike(focused.name);
      if (again.length > 0) {
        again[Math.min(focused.at, again.length - 1)].focus({ preventScroll: true });
      }
    }
  }

  // A link is known again by where it leads, anything else by what it says, and by its place among those alike.
  function nameOf(one) {
    return one.tagName + " " + (one.getAttribute("href") || one.textContent);
  }

  function alike(name) {
    return Array.from(region.querySelectorAll("a[href], summary")).filter((one) => nameOf(one) === name);
  }

  function placeOf(one) {
    if (!one || !region.contains(one)) {
      return null;
    }
    const name = nameOf(one);
    return { name, at: Math.max(0, alike(name).indexOf(one)) };
  }

  // Lists of forms follow item by item: what somebody is filling in stays, and so does the answer to what somebody did.
  function follow(list, fresh) {
    const here = new Map(Array.from(list.children, (one) => [one.dataset.item, one]));
    const next = Array.from(fresh.children, (one) => here.get(one.dataset.item) || one);
    const answered = Array.from(list.children).filter((one) => !next.includes(one) && one.querySelector("output:not(:empty)"));
    const items = [...next, ...answered];
    if (items.length === list.children.length && items.every((one, at) => one === list.children[at])) {
      return;
    }
    answered.forEach((form) => form.querySelectorAll("input, button").forEach((field) => (field.disabled = true)));
    const focused = document.activeElement;
    list.replaceChildren(...items);
    if (list.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  }

  function time() {
    return new Date().toISOString().slice(11, 19);
  }

  async function refresh() {
    const startedAt = performance.now();
    waiting = false;
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
        for (const list of document.querySelectorAll("[data-live-items]")) {
          const items = page.getElementById(list.id);
          if (items) {
            follow(list, items);
          }
        }
        status.textContent = "as of " + time();
      }
    } catch (failure) {
      status.textContent = "Not up to date: " + failure.message;
      waiting = true;
    }
    notBefore = performance.now() + Math.max(LEAST_PAUSE_MS, PAUSE_PER_ANSWER_TIME * (performance.now() - startedAt));
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (live && !document.hidden && (waiting || !told)) {
      timer = setTimeout(refresh, Math.max(0, notBefore - performance.now()));
    }
  }

  function changed() {
    waiting = true;
    plan();
  }

  // A connection is held only while somebody looks: browsers allow few to one server.
  function listen() {
    const wanted = region.dataset.live === "events" && live && !document.hidden && "EventSource" in window;
    if (!wanted && events) {
      events.close();
      events = null;
      told = false;
    }
    if (wanted && !events) {
      events = new EventSource(changes);
      events.addEventListener("open", () => {
        told = true;
        changed();
      });
      events.addEventListener("changed", changed);
      events.addEventListener("error", () => {
        // Refused for good, or being tried again by the browser: until then the page asks by itself.
        told = false;
        plan();
      });
    }
    plan();
  }

  button.addEventListener("click", () => {
    live = !live;
    button.setAttribute("aria-pressed", String(live));
    status.textContent = live ? "" : "paused";
    notBefore = 0;
    waiting = live;
    listen();
  });
  document.addEventListener("visibilitychange", listen);
  document.addEventListener("console-changed", () => {
    notBefore = 0;
    changed();
  });
  window.addEventListener("pagehide", () => events && events.close());
  button.hidden = false;
  notBefore = performance.now() + LEAST_PAUSE_MS;
  listen();
})();
