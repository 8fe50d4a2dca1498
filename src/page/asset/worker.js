// Makes the worker's page live: when the line says that something changed, the
// conversation alone is fetched again. Old browsers that cannot do this keep the link.
(function () {
  'use strict';
  var thread = document.getElementById('thread');
  var note = document.getElementById('live');
  if (!thread || !window.EventSource) { return; }

  function end() { window.scrollTo(0, document.documentElement.scrollHeight); }
  function fetchThread() {
    var request = new XMLHttpRequest();
    request.open('GET', thread.getAttribute('data-part'));
    request.onload = function () {
      if (request.status !== 200 || request.responseText === thread.innerHTML) { return; }
      var near = window.innerHeight + window.pageYOffset > document.documentElement.scrollHeight - 240;
      var doc = new DOMParser().parseFromString(request.responseText, 'text/html');
      if (doc.body.innerHTML === thread.innerHTML) { return; }
      while (thread.firstChild) { thread.removeChild(thread.firstChild); }
      while (doc.body.firstChild) { thread.appendChild(document.adoptNode(doc.body.firstChild)); }
      if (near) { end(); }
    };
    request.send();
  }

  var live = new EventSource(thread.getAttribute('data-live'));
  live.onopen = function () {
    note.textContent = note.getAttribute('data-on');
    note.parentNode.className = 'refresh live';
    fetchThread();
  };
  live.onmessage = fetchThread;
  live.onerror = function () {
    note.textContent = note.getAttribute('data-off');
    note.parentNode.className = 'refresh';
  };

  var words = document.getElementById('words');
  if (words) {
    words.addEventListener('keydown', function (event) {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { words.form.submit(); }
    });
  }
  if (thread.querySelector('.bubble')) { end(); }
}());
