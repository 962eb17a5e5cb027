import { at, call, count, element, isForeign, notice, plain, plural, replace, showTimesOf, start, timeAgo, timeAt, trimmed } from '/assets/page.js';
import { eventTable } from '/assets/event-table.js';
import { TriagePanel, badge, keepingFocus } from '/assets/triage.js';

const SEVERITIES = ['critical', 'high', 'medium', 'low'];
/** As many alerts as the console tells at once, unless more are wanted, and at most. */
const PAGE = 50;
const MOST = 500;
const list = document.getElementById('alerts');
const detail = document.getElementById('detail');
const filters = document.getElementById('filters');
const known = new Map();
/** Ids of the alerts that came live since the list was last asked for. */
const arrivals = new Set();
/** The filters that go by what an alert says, with the field that says it. */
const FILTERED = { rule: 'rule.id', state: 'metsuke.alert.state', severity: 'metsuke.alert.severity', account: 'user.id' };
let next = null;
let opened = null;
/** What the reader unfolded of the alert that is open: ids of events, 'days' and 'settings'. It stays so when the alert grows. */
const unfolded = new Set();
let loading = 0;
/** Of the alert that is open. */
let triage = null;
/** In which times are shown. */
let zone = '';

const rowOf = (id) => list.querySelector('li[data-id="' + CSS.escape(id) + '"]');
const field = (entry, path) => at(entry.alert, path);
const idOf = (entry) => field(entry, 'metsuke.alert.id');
const label = (entry, name) => String(field(entry, 'metsuke.alert.' + name) ?? '');
const knownSeverity = (entry) => (SEVERITIES.includes(label(entry, 'severity')) ? label(entry, 'severity') : 'low');

function chip(severity) {
  return element('span', { class: 'chip ' + severity }, severity);
}

function state(entry) {
  const name = label(entry, 'state');
  return element('span', { class: 'state ' + (['open', 'closed', 'withdrawn'].includes(name) ? name : '') }, name);
}

function people(entry) {
  const records = Number(label(entry, 'records')) || 0;
  const unknown = Number(label(entry, 'unknown_records')) || 0;
  if (records === 0 && unknown > 0) return 'people unknown';
  return plural(records, 'person', 'people') + (unknown > 0 ? ' or more' : '');
}

function who(entry) {
  const name = field(entry, 'user.full_name');
  const department = field(entry, 'metsuke.alert.department');
  return [element('b', {}, field(entry, 'user.id')), name ? [' ', element('bdi', {}, name)] : null, department ? element('span', { class: 'quiet' }, ' · ', element('bdi', {}, department)) : null];
}

function row(entry) {
  const id = idOf(entry);
  const when = entry.raised_at || field(entry, '@timestamp');
  return element('li', { 'data-id': id, class: 'alert ' + knownSeverity(entry) + ' is-' + label(entry, 'state') },
    element('a', { href: '/alerts/' + encodeURIComponent(id), 'aria-current': opened === id ? 'true' : null,
      click: (event) => { if (!event.metaKey && !event.ctrlKey && !event.shiftKey) { event.preventDefault(); open(id, true); } } },
      element('span', { class: 'top' }, chip(knownSeverity(entry)), element('span', { class: 'rule' }, field(entry, 'rule.name')), state(entry), badge(entry.triage), timeAgo(when)),
      element('span', { class: 'headline' }, field(entry, 'message')),
      element('span', { class: 'bottom' }, element('span', { class: 'who' }, who(entry)),
        element('span', { class: 'amount number' }, people(entry) + ' · ' + plural(Number(label(entry, 'events')) || 0, 'access', 'accesses')))));
}

function wantedTriage({ triage: stands }) {
  const wish = filters.elements.triage.value;
  const whose = filters.elements.assignee.value;
  if (!stands) return !wish && !whose;
  return (!wish || (wish === 'new' ? stands.untriaged : stands.state === wish)) && (!whose || stands.assignee === whose);
}

/** Whether a value is asked for, as given or without what cannot be seen around it, as the console has it. */
const isMeant = (given, held) => !given.trim() || held === given || held === trimmed(given);

function wanted(entry) {
  return wantedTriage(entry) && Object.entries(FILTERED).every(([name, path]) => isMeant(filters.elements[name].value, String(field(entry, path))));
}

/** Whether one of two states of an alert, or of its triage, came after the other. */
function isNewer(one, other) {
  return one.revision === other.revision ? (one.triage?.actions ?? 0) > (other.triage?.actions ?? 0) : one.revision > other.revision;
}

/** Shows a state, or the newer one that is known already; returns whether it is a new row. */
function show(told, atTop) {
  const id = idOf(told);
  const earlier = known.get(id);
  const entry = earlier && isNewer(earlier, told) ? earlier : told;
  known.set(id, entry);
  const existing = rowOf(id);
  if (existing && entry === earlier) return false;
  if (!wanted(entry)) {
    existing?.remove();
    return false;
  }
  const made = row(entry);
  if (existing) {
    const focused = existing.contains(document.activeElement);
    if (atTop && earlier.revision !== entry.revision) made.classList.add('changed');
    existing.replaceWith(made);
    if (focused) made.firstChild.focus();
  } else if (atTop) {
    made.classList.add('arrived');
    list.prepend(made);
  } else {
    list.append(made);
  }
  return !existing;
}

function summary({ open: openBySeverity, untriaged, newest }) {
  entitle({ untriaged });
  const todo = filters.elements.triage;
  const total = Object.values(openBySeverity).reduce((sum, number) => sum + number, 0);
  const chosen = filters.elements.severity.value;
  replace(document.getElementById('summary'),
    element('span', { class: 'open-total' }, element('b', { class: 'number' }, count(total)), ' open'),
    SEVERITIES.map((severity) => element('button', {
      type: 'button', class: 'tally ' + severity + (openBySeverity[severity] ? '' : ' none'), 'aria-pressed': String(chosen === severity),
      click: () => { filters.elements.severity.value = chosen === severity ? '' : severity; changed(); },
    }, element('b', { class: 'number' }, count(openBySeverity[severity] || 0)), ' ' + severity)),
    element('button', {
      type: 'button', class: 'tally untriaged' + (untriaged ? '' : ' none'), 'aria-pressed': String(todo.value === 'new'),
      click: () => { todo.value = todo.value === 'new' ? '' : 'new'; changed(); },
    }, element('b', { class: 'number' }, count(untriaged)), ' untriaged'),
    element('span', { class: 'quiet' }, 'of the newest ' + plural(newest, 'alert')));
}

function empty(feedRunning) {
  const place = document.getElementById('empty');
  place.hidden = list.children.length > 0;
  if (place.hidden) return;
  if ([...new FormData(filters).values()].some((value) => value.trim() !== '')) {
    replace(place, element('h2', {}, 'No alert matches'), element('p', {}, 'Clear the filter to see all alerts.',
      filters.elements.account.value.trim() ? ' An account is found by its whole name, as logs have it.' : null));
  } else if (feedRunning) {
    replace(place, element('h2', {}, 'No alerts'), element('p', {}, 'Nobody read more than they should, no revoked account was used, nothing was exported at night. New alerts appear here by themselves.'),
      element('p', { class: 'quiet' }, 'Nothing shipped yet? Check “sources” under shipper in the settings file, then /ready of every part.'));
  } else {
    replace(place, element('h2', {}, 'Waiting for alerts'), element('p', {}, 'The console cannot read the alerts topic yet; the line above says why. It goes on by itself.'));
  }
}

function query(after, limit) {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(filters)) if (value.trim()) parameters.set(name, value);
  if (after) parameters.set('after', after);
  if (limit) parameters.set('limit', limit);
  return parameters.toString();
}

/** Reads a page of the list behind a place, or the first with as many alerts as are wanted. */
async function load(after, limit) {
  const turn = ++loading;
  if (!after) arrivals.clear();
  try {
    const page = await call('/api/alerts?' + query(after, limit));
    if (turn !== loading) return;
    const focused = list.contains(document.activeElement) ? document.activeElement.closest('li').dataset.id : null;
    if (!after) list.replaceChildren();
    for (const entry of page.alerts) show(entry, false);
    // What was raised while the answer was on its way is not in it.
    for (const id of arrivals) show(known.get(id), true);
    if (focused) rowOf(focused)?.querySelector('a').focus({ preventScroll: true });
    next = page.next;
    document.getElementById('more').hidden = !next;
    summary(page);
    empty(page.feed_running);
    tell({ unread: null, archiveAway: page.archive_away, feed: way.connection === 'open' ? way.feed : page.feed });
  } catch (refusal) {
    if (turn === loading) tell({ unread: refusal.message });
  }
}

function announce(what, entry) {
  document.getElementById('announce').textContent = what + plain(field(entry, 'message'));
}

/** What the tab is called: how many alerts nobody has looked into, for who looks elsewhere, and what is open. */
const title = { untriaged: 0, open: null };

function entitle(news) {
  Object.assign(title, news);
  document.title = (title.untriaged ? '(' + count(title.untriaged) + ') ' : '') + (title.open ?? 'Alerts') + ' · Metsuke';
}

/** Shows what somebody did. A row that is not loaded is added only where it is work, or asked for. */
function triaged(entry) {
  const isLoaded = rowOf(idOf(entry));
  if (isLoaded || entry.triage.untriaged || filters.elements.triage.value || filters.elements.assignee.value) {
    arrivals.add(idOf(entry));
    if (show(entry, true)) announce('Back in the list: ', entry);
    empty(true);
  }
  recount();
}

let reload = 0;
function recount() {
  clearTimeout(reload);
  reload = setTimeout(async () => {
    const page = await call('/api/alerts?limit=1').catch(() => null);
    if (page) summary(page);
  }, 300);
}

function changed() {
  const parameters = query();
  history.replaceState(null, '', location.pathname + (parameters ? '?' + parameters : ''));
  // More of the list before would be mixed into this one.
  next = null;
  load();
}

const pair = (name, value) => (value === undefined || value === null || value === '' ? null : [element('dt', {}, name), element('dd', {}, value)]);

function rest(found) {
  const table = eventTable('The accesses that this alert rests on', false, unfolded);
  for (const one of found.evidence) table.add(one);
  const total = Number(label(found, 'events')) || 0;
  return [
    element('div', { class: 'section-head' },
      element('h3', {}, 'Evidence'),
      element('span', { class: 'quiet' }, found.evidence.length < total ? 'the first ' + count(found.evidence.length) + ' of ' + plural(total, 'access', 'accesses') : plural(total, 'access', 'accesses')),
      element('a', { class: 'button', href: found.search.url }, 'Find all in the archive')),
    found.archive_away ? element('p', { class: 'notice' }, 'The original lines are missing: ' + found.archive_away) : null,
    table.table,
  ];
}

/** What the reader unfolds under a name stays so. */
const folded = (name, summary, content) => element('details', {
  open: unfolded.has(name),
  toggle: (event) => { if (event.target.open) unfolded.add(name); else unfolded.delete(name); },
}, element('summary', {}, summary), content);

function daysTable(days) {
  const several = days.some((day) => day.datasets);
  return element('div', { class: 'scroll' }, element('table', { class: 'days' },
    element('caption', { class: 'unseen' }, 'How many people’s data was read on each day'),
    element('thead', {}, element('tr', {},
      element('th', { scope: 'col' }, 'Day (UTC)'),
      element('th', { scope: 'col', class: 'right' }, 'People'),
      several ? element('th', { scope: 'col' }, 'Most of') : null)),
    element('tbody', {}, days.map((day) => element('tr', {},
      element('td', {}, day.date),
      element('td', { class: 'number right' }, count(day.records)),
      several ? element('td', {}, (day.datasets || []).map((part) => (part.dataset || 'no dataset named') + ' ' + count(part.records)).join(', ')) : null)))));
}

/** Detection writes times into its sentences, in a zone that the alert names; one of an earlier version names that of a calendar alone. */
function otherZone(found) {
  const sentences = [field(found, 'message'), label(found, 'observed'), label(found, 'expected'), label(found, 'withdrawn_because')];
  const settings = field(found, 'metsuke.alert.settings') || {};
  const named = at(settings, 'zone') ?? at(settings, 'off-hours.zone');
  if (named === zone || !sentences.some((sentence) => /\d{4}-\d\d-\d\d \d\d:\d\d/.test(sentence))) return null;
  return element('p', { class: 'quiet' }, 'Times within sentences are those of ' + (named ?? 'the policy’s zone') + ', all others here those of ' + zone + '.');
}

function describe(found) {
  const settings = Object.entries(field(found, 'metsuke.alert.settings') || {});
  const days = field(found, 'metsuke.alert.days') || [];
  const withdrawn = label(found, 'withdrawn_because');
  return element('article', { class: 'detail ' + knownSeverity(found) },
    element('div', { class: 'detail-head' }, chip(knownSeverity(found)), element('span', { class: 'rule' }, field(found, 'rule.name')), state(found),
      element('button', { type: 'button', class: 'plain close', click: close, 'aria-label': 'Close this alert', title: 'Close (Esc)' }, '✕')),
    element('h2', {}, field(found, 'message')),
    withdrawn ? element('p', { class: 'notice' }, element('b', {}, 'Withdrawn: '), withdrawn) : null,
    label(found, 'state') === 'closed' ? element('p', { class: 'quiet' }, 'Closed: nothing more came within the rule’s quiet time.') : null,
    element('div', { class: 'versus' },
      element('div', {}, element('h3', {}, 'Observed'), element('p', {}, label(found, 'observed'))),
      element('div', {}, element('h3', {}, 'Expected'), element('p', {}, label(found, 'expected')))),
    otherZone(found),
    element('div', { id: 'triage', role: 'group', 'aria-label': 'Triage', tabindex: -1 }),
    element('dl', { class: 'pairs' },
      pair('Account', element('b', {}, field(found, 'user.id'))),
      pair('Person', field(found, 'user.full_name')),
      pair('Department', field(found, 'metsuke.alert.department')),
      pair('About', label(found, 'scope')),
      pair('From', timeAt(field(found, 'event.start'))),
      pair('To', timeAt(field(found, 'event.end'))),
      pair('Touched', people(found) + ' in ' + plural(Number(label(found, 'events')) || 0, 'access', 'accesses')
        + (Number(label(found, 'unknown_records')) ? '; ' + plural(Number(label(found, 'unknown_records')), 'does', 'do') + ' not say how many people’s data' : '')),
      found.raised_at ? pair('Raised', timeAt(found.raised_at)) : null,
      pair('Policy', label(found, 'policy_version')),
      found.kibana ? pair('Kibana', element('a', { href: found.kibana, target: '_blank', rel: 'noopener noreferrer' }, 'This account in the days around')) : null,
      pair('Alert', element('code', {}, idOf(found)))),
    days.length === 0 ? null : folded('days', 'The ' + plural(days.length, 'day', 'days') + ' that make up the sum', daysTable(days)),
    settings.length === 0 ? null : folded('settings', 'Settings of the rule, as they held',
      element('dl', { class: 'pairs' }, settings.map(([name, value]) => pair(name, value)))),
    rest(found));
}

/** What is on the page of the alert that is open: its id, its revision, and its accesses by their ids; null until it is read. */
let shown = null;
/** The alert that is being read. */
let asked = null;

async function open(id, push) {
  const fresh = opened !== id;
  opened = id;
  if (fresh) {
    unfolded.clear();
    shown = null;
    if (triage.id !== id) triage.forget();
    replace(detail, element('div', { class: 'empty', 'aria-busy': 'true' }, element('p', { class: 'quiet' }, 'Opening…')));
  }
  if (push && fresh) history.pushState(null, '', '/alerts/' + encodeURIComponent(id) + location.search);
  document.body.classList.add('opened');
  for (const link of list.querySelectorAll('a[aria-current]')) link.removeAttribute('aria-current');
  list.querySelector('li[data-id="' + CSS.escape(id) + '"] a')?.setAttribute('aria-current', 'true');
  asked = id;
  const revision = known.get(id)?.revision;
  try {
    const found = withAccesses(await call('/api/alerts/' + encodeURIComponent(id) + '?' + accessesShown()));
    await triage.settled();
    if (opened !== id) return;
    shown = { id, revision: found.revision, accesses: new Map(found.evidence.filter((one) => one.event).map((one) => [one.event_id, one.event])) };
    keepingFocus(() => {
      replace(detail, describe(found));
      triage.place = document.getElementById('triage');
      triage.show(id, found);
    });
    entitle({ open: plain(field(found, 'message')) });
    if (fresh && push) detail.focus({ preventScroll: true });
  } catch (refusal) {
    if (opened !== id) return;
    shown = null;
    replace(detail, element('div', { class: 'empty' }, element('h2', {}, 'This alert cannot be shown'), element('p', {}, refusal.message)));
  } finally {
    if (asked === id) asked = null;
  }
  const latest = known.get(id)?.revision;
  if (latest !== revision && latest !== shown?.revision) openAgain(id);
}

/** What is shown already is not read again: each reading is written down. */
const accessesShown = () => new URLSearchParams(shown ? [...shown.accesses.keys()].map((id) => ['known', id]) : []);

function withAccesses(found) {
  return shown ? { ...found, evidence: found.evidence.map((one) => (one.event ? one : { ...one, event: shown.accesses.get(one.event_id) })) } : found;
}

/** Reads an alert anew, if it is the one that is open and not on its way already. */
function openAgain(id) {
  if (opened === id && asked !== id) open(id, false);
}

/** Makes good for the time in which nothing was heard. */
async function catchUp() {
  await load(null, Math.min(MOST, Math.max(PAGE, list.children.length)));
  const id = opened;
  if (!id) return;
  if (shown?.id !== id) { openAgain(id); return; }
  const told = await call('/api/alerts/' + encodeURIComponent(id) + '/triage').catch(() => null);
  await triage.settled();
  if (!told || opened !== id) return;
  if (told.revision === shown.revision) triage.update(id, told);
  else openAgain(id);
}

function close() {
  const id = opened;
  opened = null;
  entitle({ open: null });
  document.body.classList.remove('opened');
  history.pushState(null, '', '/alerts' + location.search);
  for (const link of list.querySelectorAll('a[aria-current]')) link.removeAttribute('aria-current');
  nothingOpen();
  if (id) list.querySelector('li[data-id="' + CSS.escape(id) + '"] a')?.focus();
}

/** Opening reads its accesses, which is recorded. */
function offer(id) {
  opened = null;
  document.body.classList.add('opened');
  replace(detail, element('div', { class: 'empty hint' }, element('h2', {}, 'Another site led here'), element('p', {}, 'That you saw an alert’s accesses is recorded under your name.'),
    element('button', { type: 'button', class: 'primary', click: () => open(id, false) }, 'Open the alert')));
}

function nothingOpen() {
  replace(detail, element('div', { class: 'empty hint' }, element('h2', {}, 'No alert is open'), element('p', {}, 'Choose one to see what was seen, what was expected, and the lines it rests on.'),
    element('p', { class: 'quiet' }, element('kbd', {}, 'j'), ' ', element('kbd', {}, 'k'), ' move · ', element('kbd', {}, 'Enter'), ' opens · ', element('kbd', {}, 'Esc'), ' closes')));
}

/** How alerts get here, as far as it is known; the bar and the line above the list say it. */
const way = { connection: 'new', feed: null, archiveAway: null, unread: null, refused: null };

function tell(news) {
  Object.assign(way, news);
  const isBehind = way.feed && way.feed !== 'running';
  const [kind, text, title] = way.connection === 'lost' ? ['off', 'reconnecting', 'The connection to the console is lost; trying again']
    : way.connection === 'new' ? ['waiting', 'connecting', 'Connecting to the console']
      : isBehind ? ['waiting', 'behind', way.feed] : ['on', 'live', 'New alerts appear as they are raised'];
  const indicator = document.getElementById('live');
  indicator.hidden = false;
  indicator.className = 'live ' + kind;
  indicator.textContent = text;
  indicator.title = title;
  notice(way.unread ? 'The list could not be read: ' + way.unread
    : way.refused ? 'New alerts do not appear by themselves: ' + way.refused
    : isBehind ? 'Alerts may be behind: ' + way.feed
      : way.archiveAway ? 'The archive is away: the newest alerts are shown, older ones and original lines are missing. ' + way.archiveAway : '');
}

let source = null;

/** Of asking how many are untriaged, while nobody sees the tab. */
let asking = 0;

/** Browsers keep six connections to a console, for all their tabs together: a tab that nobody sees gives its own back, and asks now and then. */
function listen() {
  clearInterval(asking);
  if (document.hidden) {
    source?.close();
    source = null;
    asking = setInterval(recount, 60000);
  } else if (!source) {
    source = live();
  }
}

function live() {
  const stream = new EventSource('/api/alerts/live');
  tell({ connection: 'new' });
  stream.addEventListener('hello', (event) => { tell({ connection: 'open', refused: null, feed: JSON.parse(event.data).alerts }); catchUp(); });
  stream.addEventListener('status', (event) => tell({ feed: JSON.parse(event.data).alerts }));
  stream.addEventListener('alert', (event) => {
    const entry = JSON.parse(event.data);
    arrivals.add(idOf(entry));
    const what = known.has(idOf(entry)) ? 'Back in the list: ' : 'New alert: ';
    if (show(entry, true)) announce(what, entry);
    empty(true);
    recount();
    if (shown?.id === idOf(entry) && shown.revision !== entry.revision) openAgain(idOf(entry));
  });
  stream.addEventListener('triage', async (event) => {
    const { id, entry } = JSON.parse(event.data);
    const stands = entry || !known.has(id) ? null : await call('/api/alerts/' + encodeURIComponent(id) + '/triage').catch(() => null);
    const told = entry || (stands && { ...known.get(id), triage: stands.triage });
    if (told) triaged(told);
    triage.refresh(id, told?.triage?.actions);
  });
  stream.addEventListener('error', async () => {
    tell({ connection: 'lost' });
    if (stream.readyState !== EventSource.CLOSED || source !== stream) return;
    source = null;
    setTimeout(listen, 3000);
    // A stream does not say why it was refused; a request that is none does.
    const refusal = await call('/api/alerts/live').then(() => null, (reason) => reason);
    if (way.connection !== 'open') tell({ refused: refusal && refusal.status ? refusal.message : null });
  });
  return stream;
}

document.addEventListener('keydown', (event) => {
  if (event.target.matches('input, select, textarea') || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.key === 'Escape' && opened) close();
  if (event.key === 'j' || event.key === 'k') {
    const links = [...list.querySelectorAll('a')];
    const here = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, here + (event.key === 'j' ? 1 : -1)))]?.focus();
  }
});

function fromAddress() {
  const parameters = new URLSearchParams(location.search);
  for (const name of [...Object.keys(FILTERED), 'triage', 'assignee']) filters.elements[name].value = parameters.get(name) || '';
  const match = /^\/alerts\/([^/]+)$/.exec(location.pathname);
  if (match && isForeign()) offer(decodeURIComponent(match[1]));
  else if (match) open(decodeURIComponent(match[1]), false);
  else { opened = null; entitle({ open: null }); document.body.classList.remove('opened'); nothingOpen(); }
}

filters.addEventListener('change', changed);
filters.addEventListener('submit', (event) => { event.preventDefault(); changed(); });
filters.addEventListener('reset', () => setTimeout(changed));
document.getElementById('more').addEventListener('click', () => load(next));
window.addEventListener('popstate', () => { fromAddress(); load(); });

start('alerts').then((me) => {
  triage = new TriagePanel(detail, me);
  zone = showTimesOf(me);
  for (const name of me.officers || []) filters.elements.assignee.append(element('option', { value: name }, name === me.name ? name + ' (me)' : name));
  filters.elements.assignee.closest('label').hidden = !(me.officers || []).length;
  fromAddress();
  load();
  listen();
  document.addEventListener('visibilitychange', listen);
});
