import { call, count, element, isForeign, notice, plain, replace, showTimesOf, start } from '/assets/page.js';
import { SEVERITIES, field, idOf, sentence, severityName, triageStateName } from '/assets/alert-fields.js';
import { AlertDetail } from '/assets/alert-detail.js';
import { AlertFilters } from '/assets/alert-filters.js';
import { AlertList } from '/assets/alert-list.js';
import { AlertSelection } from '/assets/alert-selection.js';
import { joined, language, text, words } from '/assets/texts.js';

/** As many alerts as the console tells at once, unless more are wanted, and at most. */
const PAGE = 50;
const MOST = 500;
const filters = new AlertFilters(document.getElementById('filters'), changed);
const list = new AlertList(document.getElementById('alerts'), filters, (id) => detail.open(id, true), (number) => {
  document.getElementById('waiting').textContent = number ? words('alerts.waiting', number) : '';
  empty(true);
});
const detail = new AlertDetail(document.getElementById('detail'), list, (open) => entitle({ open }));
let next = null;
let loading = 0;
/** In which times are shown, and days are meant. */
let zone = '';

/** Counts what is asked for; the tab's title counts all that waits. */
function summary({ untriaged, newest, matching }) {
  entitle({ untriaged });
  const chosen = filters.value('severity');
  const total = SEVERITIES.reduce((sum, severity) => sum + (!chosen || chosen === severity ? matching.open[severity] : 0), 0);
  const tally = (name, value, called, amount, kind) => element('button', {
    type: 'button', class: ['tally', kind, amount ? '' : 'none'].join(' '), 'aria-pressed': String(filters.value(name) === value), click: () => filters.toggle(name, value),
  }, text('alerts.tally', element('b', { class: 'number' }, count(amount)), called));
  replace(document.getElementById('summary'),
    element('span', { class: 'open-total' }, text('alerts.open', element('b', { class: 'number' }, count(total)))),
    SEVERITIES.map((severity) => tally('severity', severity, severityName(severity), matching.open[severity], severity)),
    tally('triage', 'new', triageStateName('new'), matching.untriaged, 'untriaged'),
    element('span', { class: 'quiet' }, text(filters.isNarrow ? 'alerts.of-matches' : 'alerts.of-newest', newest, matching.alerts)));
}

function empty(feedRunning) {
  const place = document.getElementById('empty');
  place.hidden = list.length > 0;
  if (place.hidden) return;
  if (filters.isNarrow) {
    const namesAccount = Boolean(filters.value('account').trim());
    replace(place, element('h2', {}, text('alerts.no-match')), element('p', {}, text(namesAccount ? 'alerts.no-match.account' : 'alerts.no-match.clear')));
  } else if (feedRunning) {
    replace(place, element('h2', {}, text('alerts.none')), element('p', {}, text('alerts.none.meaning')),
      element('p', { class: 'quiet' }, text('alerts.none.nothing-shipped')));
  } else {
    replace(place, element('h2', {}, text('alerts.not-yet')), element('p', {}, text('alerts.not-yet.meaning')));
  }
}

/** What the console is asked for, but for the order. */
function question() {
  const parameters = filters.parameters();
  parameters.delete('order');
  if (filters.asksForTime()) parameters.set('zone', zone);
  return parameters;
}

function query(after, limit) {
  const parameters = question();
  if (filters.value('order')) parameters.set('order', filters.value('order'));
  if (after) parameters.set('after', after);
  if (limit) parameters.set('limit', limit);
  return parameters;
}

/** Reads a page of the list behind a place, or the first with as many alerts as are wanted. */
async function load(after, limit) {
  const turn = ++loading;
  if (!after) list.expect();
  try {
    const page = await call('/api/alerts?' + query(after, limit));
    if (turn !== loading) return;
    next = page.next;
    list.fill(page.alerts, !after, Boolean(next));
    document.getElementById('more').hidden = !next;
    summary(page);
    empty(page.feed_running);
    tell({ unread: null, archiveAway: page.archive_away, ...(way.connection === 'open' ? {} : { feed: page.feed, isBehind: !page.feed_running }) });
  } catch (refusal) {
    if (turn !== loading) return;
    tell({ unread: refusal.message });
    // What is there answers another question.
    if (refusal.status === 400) list.fill([], true, false);
  }
}

const said = (entry) => sentence(plain(field(entry, 'message')));

function announce(news) {
  replace(document.getElementById('announce'), news);
}

/** What the tab is called: how many alerts nobody has looked into, for who looks elsewhere, and what is open. */
const title = { untriaged: 0, open: null };

function entitle(news) {
  Object.assign(title, news);
  document.title = words(title.untriaged ? 'title.untriaged' : 'title', title.open ?? words('alerts'), title.untriaged);
}

/** Shows what somebody did. A row that is not loaded is added only where it is work, or asked for. */
function triaged(entry) {
  if (list.rowOf(idOf(entry)) || entry.triage.untriaged || filters.asksForTriage()) {
    if (list.tell(entry)) announce(text('alerts.back', said(entry)));
    empty(true);
  }
  recount();
}

let reload = 0;
function recount() {
  clearTimeout(reload);
  reload = setTimeout(async () => {
    const asked = question().toString();
    const counts = await call('/api/alerts/counts?' + asked).catch(() => null);
    if (counts && asked === question().toString()) summary(counts);
  }, 300);
}

function changed() {
  const parameters = filters.parameters().toString();
  const search = parameters ? '?' + parameters : '';
  if (search !== location.search) history.pushState(null, '', location.pathname + search);
  tell({ unheld: [] });
  begin();
}

/** Reads the list from its beginning. */
function begin() {
  // More of the list before would be mixed into this one.
  next = null;
  load();
}

/** Makes good for the time in which nothing was heard. */
async function catchUp() {
  await load(null, Math.min(MOST, Math.max(PAGE, list.length)));
  await detail.catchUp();
}

/** How alerts get here, as far as it is known; the bar and the line above the list say it. */
const way = { connection: 'new', feed: null, isBehind: false, archiveAway: null, unread: null, refused: null, unheld: [] };

function tell(news) {
  Object.assign(way, news);
  const [kind, called, meaning] = way.connection === 'lost' ? ['off', words('live.lost'), words('live.lost.meaning')]
    : way.connection === 'new' ? ['waiting', words('live.new'), words('live.new.meaning')]
      : way.isBehind ? ['waiting', words('live.behind'), way.feed] : ['on', words('live.on'), words('live.on.meaning')];
  const indicator = document.getElementById('live');
  indicator.hidden = false;
  indicator.className = 'live ' + kind;
  indicator.textContent = called;
  indicator.title = meaning;
  const unheld = way.unheld.length ? words('alerts.unheld', joined('names', way.unheld)) : '';
  const trouble = way.unread ? words('alerts.unread', way.unread)
    : way.refused ? words('alerts.refused', way.refused)
      : way.isBehind ? words('alerts.behind', way.feed)
        : way.archiveAway ? words('alerts.archive-away', way.archiveAway) : '';
  notice([unheld, trouble].filter(Boolean).join(' '));
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

function standing(event) {
  const { alerts, running } = JSON.parse(event.data);
  return { feed: alerts, isBehind: !running };
}

function live() {
  const stream = new EventSource('/api/alerts/live?language=' + language);
  tell({ connection: 'new' });
  stream.addEventListener('hello', (event) => { tell({ connection: 'open', refused: null, ...standing(event) }); catchUp(); });
  stream.addEventListener('status', (event) => tell(standing(event)));
  stream.addEventListener('alert', (event) => {
    const entry = JSON.parse(event.data);
    const isKnown = Boolean(list.latest(idOf(entry)));
    if (list.tell(entry)) announce(text(isKnown ? 'alerts.back' : 'alerts.new', said(entry)));
    empty(true);
    recount();
    detail.grown(idOf(entry), entry.revision);
  });
  stream.addEventListener('triage', async (event) => {
    const { id, entry } = JSON.parse(event.data);
    const stands = entry || !list.latest(id) ? null : await call('/api/alerts/' + encodeURIComponent(id) + '/triage').catch(() => null);
    const told = entry || (stands && { ...list.latest(id), triage: stands.triage });
    if (told) triaged(told);
    detail.triage.refresh(id, told?.triage?.actions);
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
  if (event.target.matches('input:not([type=checkbox]), select, textarea') || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.key === 'Escape' && detail.opened) detail.close();
  if (event.key === 'j') list.step(1);
  if (event.key === 'k') list.step(-1);
  if (event.key === 'x' && list.reached()) list.selection?.toggle(list.reached().dataset.id);
});

function fromAddress() {
  tell({ unheld: filters.takeFrom(new URLSearchParams(location.search)) });
  const match = /^\/alerts\/([^/]+)$/.exec(location.pathname);
  const id = match && decodeURIComponent(match[1]);
  if (match && isForeign()) detail.offer(id);
  else if (match && detail.opened !== id) detail.open(id, false);
  else if (match) return;
  else detail.empty();
}

document.getElementById('more').addEventListener('click', () => load(next));
window.addEventListener('popstate', () => {
  const [asked, left] = [filters.parameters().toString(), detail.opened];
  fromAddress();
  // The same list stays as far as it was read, and where it was.
  if (way.unread || filters.parameters().toString() !== asked) begin();
  if (left && !detail.opened) list.returnTo(left);
});

start('alerts').then((me) => {
  zone = showTimesOf(me);
  detail.lookedAtBy(me, zone);
  filters.offer(me);
  if (me.roles.includes('officer')) new AlertSelection(document.getElementById('chosen'), document.getElementById('choose-all'), list, (entries) => entries.forEach(triaged));
  fromAddress();
  load();
  listen();
  document.addEventListener('visibilitychange', listen);
});
