import { call, count, element, isForeign, notice, replace, showTimesOf, start } from '/assets/page.js';
import { eventRow, eventTable } from '/assets/event-table.js';

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

function parameters() {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) given.set(name, value.trim());
  return given;
}

function hint(title, ...children) {
  empty.hidden = false;
  replace(empty, element('h2', {}, title), children);
}

const example = (text, meaning) => element('li', {}, element('a', { href: '/search?q=' + encodeURIComponent(text) }, element('code', {}, text)), element('span', { class: 'quiet' }, ' ' + meaning));

function examples() {
  hint('Search years of accesses', element('p', {}, 'Words must all match. Fields are those of the Elastic Common Schema.'),
    element('ul', { class: 'examples' },
      example('event.action:export', 'everything taken out'),
      example('metsuke.records:>1000', 'more than a thousand people at once'),
      example('event.outcome:failure AND event.action:login', 'failed log-ins'),
      example('user.id:batch* AND NOT event.action:read', 'batch accounts that did more than read'),
      example('*', 'all, newest first')));
}

async function search(after) {
  const mine = ++turn;
  if (!after) asked = parameters();
  const given = new URLSearchParams(asked);
  if (after) given.set('after', after);
  given.set('zone', zone);
  if (!after) { results.replaceChildren(); table = null; total.textContent = 'Searching…'; }
  notice('');
  empty.hidden = true;
  more.disabled = true;
  try {
    const page = await call('/api/search?' + given);
    if (mine !== turn) return;
    total.textContent = (page.exact ? '' : 'more than ') + count(page.total) + (page.total === 1 ? ' access' : ' accesses');
    if (!table && page.events.length > 0) { table = eventTable('Accesses found', true); results.append(table.table); }
    for (const found of page.events) table.add(eventRow(found.event));
    next = page.next;
    more.hidden = !next;
    if (page.total === 0) hint('Nothing found', element('p', {}, 'No archived access matches. Widen the period, or drop a condition; a name that is part of a longer word needs a * at its end.'));
  } catch (refusal) {
    if (mine !== turn) return;
    total.textContent = '';
    more.hidden = true;
    notice((refusal.status === 400 ? 'The query cannot be understood: ' : refusal.status === 503 ? 'Nothing can be shown: ' : '') + refusal.message);
  } finally {
    more.disabled = false;
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const given = parameters().toString();
  history.pushState(null, '', '/search' + (given ? '?' + given : ''));
  search();
});
more.addEventListener('click', () => search(next));

function fromAddress() {
  const given = new URLSearchParams(location.search);
  for (const input of form.querySelectorAll('input')) input.value = given.get(input.name) || '';
  const isAsked = [...given.keys()].length > 0;
  if (isAsked && !isForeign()) search();
  else if (isAsked) hint('Another site led here', element('p', {}, 'What is searched for is recorded under your name. Press Search if that is what you want to ask.'));
  else { results.replaceChildren(); total.textContent = ''; more.hidden = true; examples(); }
}

window.addEventListener('popstate', fromAddress);
start('search').then((me) => {
  zone = showTimesOf(me);
  document.getElementById('times').textContent = 'From, To and all times here are those of ' + zone + '.';
  fromAddress();
});
