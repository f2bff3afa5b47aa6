// The keyboard of the review queue, and the seconds that are left to undo. Everything works without it.
(function () {
  "use strict";
  const queue = document.getElementById("queue");
  const help = document.getElementById("help");
  const keys = document.getElementById("keys");
  const items = queue ? Array.from(queue.querySelectorAll(".queue > li")) : [];
  let at = -1;

  function box(item) {
    return item.querySelector("input[type=checkbox]");
  }

  function go(step) {
    if (items.length === 0) return;
    at = Math.max(0, Math.min(items.length - 1, at + step));
    items[at].focus();
    items[at].scrollIntoView({ block: "nearest" });
  }

  // acts on what is chosen, else on the entry at hand
  function act(button) {
    if (!queue) return;
    if (at >= 0 && !items.some((item) => box(item).checked)) box(items[at]).checked = true;
    if (items.some((item) => box(item).checked)) button.click();
  }

  function undo() {
    const button = document.querySelector("[data-until]:not([disabled])");
    if (button) button.click();
  }

  const commands = {
    j: () => go(1),
    k: () => go(-1),
    x: () => at >= 0 && box(items[at]).click(),
    a: () => act(queue.querySelector("button.main")),
    r: () => act(queue.querySelector("button.danger")),
    e: () => at >= 0 && (location.href = items[at].querySelector("a.open").href + "#edit"),
    u: undo,
    "?": () => help && (help.open ? help.close() : help.showModal()),
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    if (help && help.open && event.key !== "?") return;
    const command = commands[event.key];
    if (command && (queue || event.key === "u" || event.key === "?")) {
      event.preventDefault();
      command();
    }
  });

  for (const [number, item] of items.entries()) {
    item.addEventListener("focusin", () => (at = number));
  }

  const all = document.getElementById("all");
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => items.forEach((item) => (box(item).checked = all.checked)));
  }
  if (keys) {
    keys.hidden = false;
    keys.addEventListener("click", () => help.showModal());
  }

  function countDown() {
    for (const button of document.querySelectorAll("[data-until]")) {
      const left = Math.ceil((Number(button.dataset.until) - Date.now()) / 1000);
      button.textContent = left > 0 ? "Undo (" + left + " s)" : "Too late to undo";
      button.disabled = left <= 0;
    }
  }

  if (document.querySelector("[data-until]")) {
    countDown();
    setInterval(countDown, 500);
  }
})();
