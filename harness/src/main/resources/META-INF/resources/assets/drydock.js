// The theme before anything is drawn; relative times; what is copied. Everything else works without a script.
(function () {
  "use strict";
  const themes = ["auto", "light", "dark"];
  const root = document.documentElement;

  function theme() {
    const stored = localStorage.getItem("theme");
    return themes.includes(stored) ? stored : "auto";
  }

  function applyTheme() {
    if (theme() === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme();
  }

  applyTheme();

  // the same words as in Times.java
  function roughly(seconds) {
    if (seconds < 90) return seconds + " s";
    if (seconds < 90 * 60) return Math.floor((seconds + 30) / 60) + " min";
    const hours = Math.floor((seconds + 1800) / 3600);
    return hours < 48 ? hours + " h" : Math.floor((hours + 12) / 24) + " days";
  }

  function refreshTimes() {
    for (const ago of document.querySelectorAll("[data-at]")) {
      const seconds = Math.floor((Date.now() - Number(ago.dataset.at)) / 1000);
      ago.textContent = seconds >= 0 ? roughly(seconds) + " ago" : "in " + roughly(-seconds);
    }
  }

  // the browser connects again by itself: only a connection that it gives up is an error, and none of a page that is left
  function eventSource(url) {
    const source = new EventSource(url);
    Object.defineProperty(source, "onerror", {
      set: (report) =>
        source.addEventListener("error", (event) => {
          if (source.readyState === EventSource.CLOSED) setTimeout(report, 1000, event);
        }),
    });
    return source;
  }

  document.addEventListener("DOMContentLoaded", function () {
    htmx.createEventSource = eventSource;
    const button = document.getElementById("theme");
    function label() {
      button.textContent = "Theme: " + theme();
    }
    button.hidden = false;
    label();
    button.addEventListener("click", function () {
      localStorage.setItem("theme", themes[(themes.indexOf(theme()) + 1) % themes.length]);
      applyTheme();
      label();
    });
    setInterval(refreshTimes, 15000);
  });

  document.addEventListener("click", function (event) {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
      copy.textContent = "Copied";
    }
  });
})();
