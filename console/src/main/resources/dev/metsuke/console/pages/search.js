import { call, element, isForeign, notice, replace, showTimesOf, start } from '/assets/page.js';
import { eventRow, eventTable } from '/assets/event-table.js';
import { text, words } from '/assets/texts.js';

const form = document.getElementById('query');
const results = document.getElementById('results');
const total = document.getElementById('total');
const empty = document.getElementById('empty');
const more = document.getElementById('more');
let next = null;
/** What the results on the page answer, whatever stands in the form meanwhile. */
let asked = new URLSearchParams();
let table = null;
let turn = 0;
let zone = '';

/** Names go as they stand: what cannot be seen around one may belong to it, and is the console's to judge. */
function parameters(given = new FormData(form)) {
  const wanted = new URLSearchParams();
  for (const [name, value] of given) if (value.trim()) wanted.set(name, value);
  return wanted;
}

function hint(title, ...children) {
  empty.hidden = false;
  replace(empty, element('h2', {}, title), children);
}

const example = (query, meaning) => element('li', {},
  element('a', { href: '/search?q=' + encodeURIComponent(query) }, element('code', {}, query)), ' ',
  element('span', { class: 'quiet' }, text('search.example.' + meaning)));

function found({ total: all, exact }, account) {
  const accesses = text(exact ? 'search.total' : 'search.total-at-least', all);
  return account ? text('search.total-of', accesses, element('b', {}, account)) : accesses;
}

function refused({ status, message }) {
  if (status === 400) return text('search.not-understood', message);
  if (status === 503) return text('search.not-shown', message);
  // By the server, which reads no such address and knows no words.
  return status === 414 ? text('search.too-long') : message;
}

function examples() {
  hint(text('search.help'), element('p', {}, text('search.help.syntax')),
    element('ul', { class: 'examples' },
      example('event.action:export', 'exports'),
      example('metsuke.records:>1000', 'many'),
      example('event.outcome:failure AND event.action:login', 'failed'),
      example('user.id:batch* AND NOT event.action:read', 'batch'),
      example('*', 'all')));
}

async function search(wanted, after) {
  const mine = ++turn;
  if (!after) asked = wanted;
  const given = new URLSearchParams(asked);
  if (after) given.set('after', after);
  given.set('zone', zone);
  if (!after) { results.replaceChildren(); table = null; total.textContent = words('search.searching'); }
  notice('');
  empty.hidden = true;
  more.disabled = true;
  try {
    const page = await call('/api/search?' + given);
    if (mine !== turn) return;
    replace(total, found(page, asked.get('account')));
    if (!table && page.events.length > 0) { table = eventTable(words('search.found'), true); results.append(table.table); }
    for (const hit of page.events) table.add(eventRow(hit.event));
    next = page.next;
    more.hidden = !next;
    if (page.total === 0) hint(text('search.nothing'), element('p', {}, text('search.nothing.advice')));
  } catch (refusal) {
    if (mine !== turn) return;
    total.textContent = '';
    more.hidden = true;
    notice(refused(refusal));
  } finally {
    more.disabled = false;
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const wanted = parameters();
  const query = wanted.toString();
  history.pushState(null, '', '/search' + (query ? '?' + query : ''));
  search(wanted);
});
more.addEventListener('click', () => search(asked, next));

function fromAddress() {
  const given = new URLSearchParams(location.search);
  for (const input of form.querySelectorAll('input')) input.value = given.get(input.name) || '';
  const isAsked = [...given.keys()].length > 0;
  // A name from a link may have what a line of a form cannot hold.
  if (isAsked && !isForeign()) search(parameters(given));
  else if (isAsked) hint(text('foreign'), element('p', {}, text('search.foreign')));
  else { results.replaceChildren(); total.textContent = ''; more.hidden = true; examples(); }
}

window.addEventListener('popstate', fromAddress);
start('search').then((me) => {
  zone = showTimesOf(me);
  document.getElementById('times').textContent = words('search.zone', zone);
  fromAddress();
});
