// A chosen file is put into the field that is sent. Without a script its content can be pasted there.
(function () {
  "use strict";
  Array.prototype.forEach.call(document.querySelectorAll("[data-picker]"), function (picker) {
    var file = picker.querySelector("input[type=file]");
    var field = document.getElementById(file.getAttribute("data-into"));
    picker.hidden = false;
    file.addEventListener("change", function () {
      if (!file.files[0]) return;
      var reader = new FileReader();
      reader.onload = function () { field.value = reader.result; };
      reader.readAsText(file.files[0]);
    });
  });
})();

// Keeps what lies in #live fresh while the page is open. Without it every page still works.
(function () {
  "use strict";
  var main = document.querySelector("main[data-live]");
  if (!main || !window.EventSource) return;
  var waiting = null, loading = false, stale = false;

  function listens(sound) { return !sound.paused || (sound.currentTime > 0 && !sound.ended); }

  // Nothing is exchanged under a person's hands: not while typing, not with words in a field, not while listening.
  function busy() {
    var live = document.getElementById("live");
    var here = document.activeElement;
    if (here && live.contains(here) && /^(INPUT|TEXTAREA|SELECT)$/.test(here.tagName)) return true;
    if (Array.prototype.some.call(live.querySelectorAll("audio"), listens)) return true;
    return Array.prototype.some.call(live.querySelectorAll("textarea, input:not([type=hidden]), select"), function (field) {
      if (field.tagName === "SELECT") return !field.options[field.selectedIndex].defaultSelected && field.selectedIndex > 0;
      return field.value !== field.defaultValue;
    });
  }

  // A box is named by the nearest named thing around it and its own words.
  function boxes(root, each) {
    Array.prototype.forEach.call(root.querySelectorAll("details"), function (box) {
      var around = box.closest("[id]");
      each(box, (around ? around.id : "") + "|" + box.querySelector("summary").textContent);
    });
  }

  function exchange(page) {
    var fresh = page && page.getElementById("live"), live = document.getElementById("live");
    if (!fresh || fresh.textContent === live.textContent) return;
    var open = {}, next = document.importNode(fresh, true);
    boxes(live, function (box, name) { open[name] = box.open; });
    boxes(next, function (box, name) { if (name in open) box.open = open[name]; });
    var here = live.contains(document.activeElement) && document.activeElement.getAttribute("href");
    live.parentNode.replaceChild(next, live);
    if (here) Array.prototype.some.call(next.querySelectorAll("a"), function (link) {
      if (link.getAttribute("href") !== here) return false;
      link.focus({ preventScroll: true });
      return true;
    });
  }

  function refresh() {
    waiting = null;
    if (loading || busy() || document.hidden) { stale = true; return; }
    loading = true; stale = false;
    var ask = new XMLHttpRequest();
    ask.open("GET", location.href);
    ask.responseType = "document";
    // A refresh is no sign of a person at the desk, so it must not prolong the session.
    ask.setRequestHeader("X-Linka-Refresh", "1");
    ask.onload = function () {
      if (ask.status === 401) { location.reload(); return; }
      if (ask.status === 200) exchange(ask.response);
    };
    ask.onloadend = function () { loading = false; };
    ask.send();
  }

  function soon() { if (waiting === null) waiting = setTimeout(refresh, 700); }

  var stream = new EventSource(main.getAttribute("data-live"));
  stream.addEventListener("changed", soon);
  document.addEventListener("visibilitychange", function () { if (!document.hidden && stale) soon(); });
  document.addEventListener("focusout", function () { if (stale) soon(); });
  document.addEventListener("ended", function () { if (stale) soon(); }, true);
  // Deadlines pass and lines open without any message.
  setInterval(soon, 60000);
})();
