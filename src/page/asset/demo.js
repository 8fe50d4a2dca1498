// The stage, live: takes forms without reloading, fetches what changed when the line says
// that something did, and plays scenarios on the very same forms. Without this script the
// stage works by reloading.
'use strict';
document.documentElement.classList.add('scripted');
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const parts = $('#parts');
const pause = ms => new Promise(done => setTimeout(done, ms));

// ---- The view: device, who, run, contact live in the page's address ----
const scene = () => new URLSearchParams(location.search);
function show(changes) {
  const next = scene();
  for (const [name, value] of Object.entries(changes)) next.set(name, value);
  next.delete('lang');
  history.replaceState(null, '', '/demo?' + next);
  return refresh();
}

// ---- Morph: make one tree like another and keep what did not change ----
const name = node => node.nodeType === 1 ? (node.dataset.key || node.id || '') : '';
const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && name(a) === name(b);
function morph(from, to) {
  if (from.nodeType !== 1) { if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue; return; }
  if (from.nodeName === 'IFRAME') return;
  for (const { name: n } of [...from.attributes]) if (!to.hasAttribute(n) && n !== 'data-end' && !(n === 'open' && from.nodeName === 'DETAILS')) from.removeAttribute(n);
  for (const { name: n, value } of to.attributes) if (from.getAttribute(n) !== value && !(n === 'class' && keepsClass(from, value))) from.setAttribute(n, value);
  if (from.nodeName === 'TEXTAREA') return;
  if (from.nodeName === 'INPUT' && from.type === 'hidden') from.value = to.getAttribute('value') || '';
  let old = from.firstChild;
  for (const fresh of [...to.childNodes]) {
    // Blanks between elements differ from parse to parse; nothing may move because of one.
    while (old && old.nodeType === 3 && fresh.nodeType === 1 && !old.nodeValue.trim()) { const next = old.nextSibling; old.remove(); old = next; }
    if (old && alike(old, fresh)) { const next = old.nextSibling; morph(old, fresh); old = next; continue; }
    const moved = name(fresh) && [...from.childNodes].find(child => alike(child, fresh));
    if (moved) { from.insertBefore(moved, old); morph(moved, fresh); continue; }
    const copy = document.importNode(fresh, true);
    if (copy.nodeType === 1 && copy.classList.contains('bubble')) copy.classList.add('new');
    from.insertBefore(copy, old);
  }
  while (old) { const next = old.nextSibling; old.remove(); old = next; }
}
// Marks this script sets itself survive a redraw.
const MARKS = ['new', 'acting', 'fresh', 'chosen'];
function keepsClass(element, value) {
  const kept = MARKS.filter(mark => element.classList.contains(mark));
  element.className = [value, ...kept].join(' ').trim();
  return true;
}

// ---- Refresh ----
let running = null, again = false;
function refresh() {
  if (running) { again = true; return running; }
  running = draw().finally(() => { running = null; if (again) { again = false; refresh(); } });
  return running;
}
async function draw() {
  const answer = await fetch(parts.dataset.parts + '?' + scene(), { credentials: 'same-origin' }).catch(() => null);
  if (answer && answer.ok) adopt(await answer.text(), true);
}
// What went wrong stays to be read until the next deed.
function adopt(html, quietly) {
  const before = threads();
  const page = new DOMParser().parseFromString(html, 'text/html');
  const shell = document.createElement('div');
  shell.append(...page.body.childNodes);
  if (quietly) $('#trouble', shell).replaceWith($('#trouble').cloneNode(true));
  for (const attribute of parts.attributes) shell.setAttribute(attribute.name, attribute.value);
  morph(parts, shell);
  settle(before);
}

// ---- Threads stay at their end; a phone with news comes into view ----
const last = list => list.lastElementChild && list.lastElementChild.dataset.key;
const atEnd = list => list.scrollTop + list.clientHeight > list.scrollHeight - 40;
const threads = () => new Map($$('[data-thread]').map(list => [list, { last: last(list), top: list.scrollTop, end: atEnd(list) }]));
function settle(before) {
  let newest = null;
  for (const list of $$('[data-thread]')) {
    const was = before && before.get(list), same = was && was.last === last(list);
    list.scrollTop = same && !was.end ? was.top : list.scrollHeight;
    if (was && !same && list.closest('.operator')) newest = list.closest('.operator');
  }
  const ringing = $('.operator .ring:not(.joined)');
  reveal((ringing && ringing.closest('.operator')) || newest);
  $$('[data-thread]').forEach(list => ends.observe(list));
  count();
  anchorClock();
}
// A thread that was at its end stays there when its device grows or shrinks.
const ends = new ResizeObserver(entries => entries.forEach(({ target }) => { if (target.dataset.end !== 'no') target.scrollTop = target.scrollHeight; }));
document.addEventListener('scroll', event => { const list = event.target; if (list.dataset && 'thread' in list.dataset) list.dataset.end = atEnd(list) ? 'yes' : 'no'; }, true);
function reveal(phone) {
  if (!phone) return;
  const row = phone.parentElement, left = phone.offsetLeft - row.offsetLeft;
  if (left < row.scrollLeft || left + phone.offsetWidth > row.scrollLeft + row.clientWidth) row.scrollTo({ left: left - 12, behavior: 'smooth' });
}
function act(element) {
  $$('.acting').forEach(other => other.classList.remove('acting'));
  const phone = element && element.closest('.phone');
  if (!phone) return;
  phone.classList.add('acting');
  if (innerWidth < 1240) phone.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

// ---- Forms ----
const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
async function post(form, button) {
  const data = new FormData(form);
  if (button && button.name) data.set(button.name, button.value);
  const key = form.elements.namedItem('key');
  if (key) key.value = fresh();
  const text = $('textarea, input[name=words]', form);
  if (text) { text.value = ''; text.dispatchEvent(new Event('input', { bubbles: true })); }
  const file = $('input[type=file]', form);
  if (file) { file.value = ''; file.dispatchEvent(new Event('change', { bubbles: true })); }
  const elsewhen = form.closest('details.elsewhen');
  if (elsewhen) elsewhen.open = false;
  act(form);
  const answer = await fetch(form.getAttribute('action'), { method: 'POST', body: form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data), headers: { accept: 'text/x-parts' }, credentials: 'same-origin' }).catch(() => null);
  if (answer && (answer.ok || answer.status === 422)) adopt(await answer.text());
  else trouble(parts.dataset.lost);
}
function trouble(words) {
  const note = $('#trouble');
  note.textContent = words;
  note.hidden = !words;
}
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.matches('[data-act]')) { event.preventDefault(); post(form, event.submitter); }
  else if (form.matches('form[data-scene]')) { event.preventDefault(); show(Object.fromEntries(new FormData(form))); }
});
document.addEventListener('change', event => {
  if (event.target.matches('.clip input')) event.target.parentElement.classList.toggle('chosen', event.target.files.length > 0);
  if (event.target.matches('#who')) show({ who: event.target.value, contact: 0 });
});
document.addEventListener('click', event => {
  const link = event.target.closest('a[data-scene]');
  if (link) { event.preventDefault(); show(Object.fromEntries(new URL(link.href).searchParams)); }
  const hint = event.target.closest('[data-insert]');
  if (hint) { const field = $('textarea', hint.form); field.value = hint.dataset.insert; field.focus(); }
  const person = event.target.closest('.people a');
  if (person) { event.preventDefault(); reveal($(person.getAttribute('href'))); }
  const card = event.target.closest('[data-play]');
  if (card) play(card);
});
document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && event.target.matches('.composer textarea')) { event.preventDefault(); event.target.form.requestSubmit(); }
  const digit = /^[0-9*#]$/.test(event.key) && !event.target.matches('input, textarea, select') && $(`.keys button[value="${event.key}"]:not(:disabled)`);
  if (digit) digit.click();
});

// ---- SMS: folded and counted as the line does it (GSM 03.38) ----
const BASIC = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '^{}\\[~]|€\f';
const PLAIN = { '„': '"', '“': '"', '”': '"', '‚': "'", '‘': "'", '’': "'", '–': '-', '—': '-', '…': '...', '\u00a0': ' ', '→': '->', '×': 'x', '•': '-' };
function fold(text) {
  return [...text.normalize('NFC')].map(sign => {
    if (sign !== 'é' && sign !== 'É' && (BASIC + EXTENSION).includes(sign)) return sign;
    if (sign in PLAIN) return PLAIN[sign];
    return [...sign.normalize('NFKD').replace(/\p{M}/gu, '')].map(base => (BASIC + EXTENSION).includes(base) ? base : '?').join('');
  }).join('');
}
function smsParts(text) {
  const sizes = [...fold(text)].map(sign => EXTENSION.includes(sign) ? 2 : 1);
  const used = sizes.reduce((sum, size) => sum + size, 0);
  if (used <= 160) return { used, parts: 1, room: 160 };
  let parts = 1, part = 0;
  for (const size of sizes) { if (part + size > 153) { parts += 1; part = 0; } part += size; }
  return { used, parts, room: parts * 153 };
}
function count() {
  const counter = $('[data-counter]');
  if (!counter) return;
  const { used, parts: n, room } = smsParts($('textarea', counter.closest('form')).value);
  const words = counter.dataset, label = n === 1 ? words.one : `${n} ${n < 5 ? words.few : words.many}`;
  counter.textContent = `${label} · ${used}/${room} ${words.units}`;
}
document.addEventListener('input', event => { if (event.target.closest('.composer')) count(); });

// ---- The clock goes on between two answers ----
let anchor = null;
const zone = new Intl.DateTimeFormat('cs-CZ', { timeZone: 'Europe/Prague', hour: 'numeric', minute: '2-digit' });
function anchorClock() {
  const now = $('[data-now]');
  if (now && (!anchor || anchor.now !== now.dataset.now)) anchor = { now: now.dataset.now, at: performance.now() };
}
setInterval(() => {
  const now = $('[data-now]');
  if (now && anchor) now.textContent = zone.format(Number(anchor.now) + performance.now() - anchor.at);
}, 1000);

// ---- Live ----
let live = null;
function listen() {
  live = new EventSource(parts.dataset.live);
  live.onmessage = () => { refresh(); };
  live.onopen = () => { if (!$('#trouble').hidden && $('#trouble').textContent === parts.dataset.lost) trouble(''); refresh(); };
  live.onerror = () => trouble(parts.dataset.lost);
}
setInterval(refresh, 20000);

// ---- Scenarios ----
const player = { box: $('#player'), steps: [], at: 0, auto: false, busy: false, who: null };
const pace = Number(new URLSearchParams(location.search).get('pace')) || 1;
function play(card) {
  const steps = $$('li[data-do]', card.parentElement);
  Object.assign(player, { steps, at: 0, busy: false, who: null });
  card.classList.add('seen');
  $('#scenarios').hidden = true;
  player.box.hidden = false;
  player.box.dataset.playing = card.dataset.play;
  $('#player-title').textContent = $('b', card).textContent;
  $('#player-end').textContent = $('#player-end').dataset.end;
  $('#player-next').hidden = $('#player-run').hidden = false;
  auto(true);
}
function auto(on) {
  player.auto = on;
  const run = $('#player-run');
  run.textContent = on ? run.dataset.stop : run.dataset.run;
  if (on) roll();
}
async function roll() {
  while (player.auto && player.at < player.steps.length) {
    if (!await step()) return auto(false);
    const caption = $('#player-caption').textContent;
    for (let waited = 0; waited < (1400 + caption.length * 28) / pace && player.auto; waited += 100) await pause(100);
  }
}
async function step() {
  if (player.busy || player.at >= player.steps.length) return false;
  player.busy = true;
  const { at, steps } = player, now = steps[at];
  player.box.classList.remove('late');
  $('#player-caption').textContent = now.textContent;
  $('#player-count').textContent = `${at + 1}/${steps.length}`;
  $('#player-track').style.width = `${(at + 1) / steps.length * 100}%`;
  const done = await deed[now.dataset.do](now.dataset).then(() => until(now.dataset.until), () => false);
  if (player.steps !== steps) return false;
  player.busy = false;
  player.at = at + 1;
  if (!done) { player.box.classList.add('late'); $('#player-caption').textContent = `${now.textContent} — ${parts.dataset.late}`; }
  player.box.dataset.done = String(player.at);
  if (player.at === steps.length) finished();
  return done;
}
function finished() {
  $('#player-next').hidden = $('#player-run').hidden = true;
  $('#player-end').textContent = $('#player-end').dataset.done;
}
async function found(selector, pick = list => list[list.length - 1]) {
  for (let i = 0; i < 80; i += 1) { const element = pick($$(selector)); if (element) return element; await pause(100); }
  throw new Error('missing ' + selector);
}
// "desk: Přijmout|Take" waits until one of the words stands on the operators' devices.
async function until(words) {
  if (!words) return true;
  const [place, rest] = words.split(/: (.*)/s), any = rest.split('|');
  for (let i = 0; i < 80; i += 1) { const text = seen(place); if (any.some(word => text.includes(word))) return true; await pause(100); }
  return false;
}
function seen(place) {
  const frame = place === 'web' && $('#web'), body = frame ? frame.contentDocument && frame.contentDocument.body : $('#' + place);
  return body ? body.innerText : '';
}
async function type(field, words) {
  field.focus({ preventScroll: true });
  for (let i = 0; i < words.length; i += 3) { field.value = words.slice(0, i + 3); field.dispatchEvent(new Event('input', { bubbles: true })); await pause(24 / pace); }
  await pause(300 / pace);
}
async function tap(button) {
  act(button);
  button.classList.add('pressed');
  await pause(260 / pace);
  button.classList.remove('pressed');
  button.click();
}
// The newest button that says exactly this, else one that begins with it, else one that has it.
const labelled = words => list => {
  const live = list.filter(button => !button.disabled && button.offsetParent !== null);
  const text = button => button.textContent.trim();
  return [button => text(button) === words, button => text(button).startsWith(words), button => text(button).includes(words)].map(fits => live.filter(fits).pop()).find(Boolean);
};
const seven = () => String(Math.floor(Date.now() / 1000) % 99000 + 100);
const deed = {
  async clock({ on }) { await tap(await found(`.jumps button[value="${on}"]`)); await pause(500); },
  async device({ on }) { const [device, who] = on.split(' '); await show({ device, who, run: seven(), contact: 0 }); act($('#caller .phone')); },
  async write({ with: words }) { const field = await found('#words'); act(field); await type(field, words); field.form.requestSubmit(); },
  async press({ with: label }) { await tap(await found('#caller .choices button', labelled(label))); },
  async key({ with: value }) { await tap(await found(`.keypad button[value="${value}"]:not(:disabled)`)); },
  async say({ with: words }) { const field = await found('#spoken'); await type(field, words); field.form.requestSubmit(); },
  async offer({ with: label, on }) {
    const button = await found(`${on ? `#op-${on}` : '#desk'} .choices button`, labelled(label));
    player.who = button.closest('.operator').dataset.operator;
    await tap(button);
  },
  async ring({ on, with: value }) {
    const button = await found(`${on ? `#op-${on}` : '#desk'} .ring button[value="${value}"]`);
    player.who = button.closest('.operator').dataset.operator;
    const pick = $('details', button.closest('.ring'));
    if (pick) { pick.open = true; await pause(900 / pace); }
    await tap(button);
  },
  async answer({ on, with: words }) { const field = await found(`#say-${on || player.who}`); reveal(field.closest('.phone')); act(field); await type(field, words); field.form.requestSubmit(); },
  async web({ on, with: words }) { await webDeed(on, words); },
  async look() { await pause(200); },
};
// The frame holds the worker's real page; the scenario fills in its forms as a person would.
async function inside(selector, pick = list => list[0]) {
  for (let i = 0; i < 80; i += 1) {
    const page = $('#web') && $('#web').contentDocument;
    const element = page && page.readyState === 'complete' && pick($$(selector, page));
    if (element) return element;
    await pause(100);
  }
  throw new Error('missing ' + selector);
}
async function webDeed(on, words) {
  act($('#web'));
  if (on === 'in') {
    await fetch('/w/out', { method: 'POST', credentials: 'same-origin' });
    $('#web').contentWindow.location.replace('/w');
    const [code, pin] = words.split(' ');
    await pause(400);
    await type(await inside('#code'), code);
    await type(await inside('#pin'), pin);
    (await inside('#pin')).form.requestSubmit();
  } else if (on === 'say') {
    const field = await inside('#words');
    await type(field, words);
    field.form.requestSubmit();
  } else (await inside('.choices button', labelled(words))).click();
  await pause(500);
}
$('#player-next').addEventListener('click', () => { auto(false); step(); });
$('#player-run').addEventListener('click', () => auto(!player.auto));
$('#player-end').addEventListener('click', () => {
  Object.assign(player, { steps: [], auto: false });
  player.box.hidden = true;
  delete player.box.dataset.playing;
  $('#scenarios').hidden = false;
});

settle(null);
if (parts.dataset.live) listen();
