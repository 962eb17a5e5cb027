import { call, element, isForeign, notice, plural, replace, showTimesOf, start } from '/assets/page.js';
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

async function search(wanted, after) {
  const mine = ++turn;
  if (!after) asked = wanted;
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
    const account = asked.get('account');
    replace(total, page.exact ? null : 'more than ', plural(page.total, 'access', 'accesses'), account ? [' of ', element('b', {}, account)] : null);
    if (!table && page.events.length > 0) { table = eventTable('Accesses found', true); results.append(table.table); }
    for (const found of page.events) table.add(eventRow(found.event));
    next = page.next;
    more.hidden = !next;
    if (page.total === 0) hint('Nothing found', element('p', {}, 'No archived access matches. Widen the period, or drop a condition; an account or a dataset is found by its whole name; a word of the query that is part of a longer one needs a * at its end.'));
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
  else if (isAsked) hint('Another site led here', element('p', {}, 'What is searched for is recorded under your name. Press Search if that is what you want to ask.'));
  else { results.replaceChildren(); total.textContent = ''; more.hidden = true; examples(); }
}

window.addEventListener('popstate', fromAddress);
start('search').then((me) => {
  zone = showTimesOf(me);
  document.getElementById('times').textContent = 'From, To and all times here are those of ' + zone + '.';
  fromAddress();
});
