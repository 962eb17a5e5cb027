import { at, call, count, dateOf, element, plain, replace, timeAt } from '/assets/page.js';
import { accesses, chip, eventsOf, field, idOf, knownSeverity, label, rule, sentence, state, touched } from '/assets/alert-fields.js';
import { scopeName } from '/assets/alert-scope.js';
import { settingsList } from '/assets/alert-settings.js';
import { eventTable } from '/assets/event-table.js';
import { joined, text, words } from '/assets/texts.js';
import { TriagePanel, keepingFocus } from '/assets/triage.js';

const pair = (name, value) => (value === undefined || value === null || value === '' ? null : [element('dt', {}, name), element('dd', {}, value)]);

/** To its text, where it was published. */
const policyLink = (version) => version ? element('a', { href: '/policy?' + new URLSearchParams({ version }) }, version) : null;

const key = (name) => element('kbd', {}, name);

/** A time within a sentence, in English or Japanese. */
const TIME = /\d{4}-\d\d-\d\d(?: |（.）)\d\d:\d\d|\d日\D{0,6}\d{1,2}:\d\d/;

function daysTable(days) {
  const several = days.some((day) => day.datasets);
  return element('div', { class: 'scroll' }, element('table', { class: 'days' },
    element('caption', { class: 'unseen' }, text('days.caption')),
    element('thead', {}, element('tr', {},
      element('th', { scope: 'col' }, text('days.day')),
      element('th', { scope: 'col', class: 'right' }, text('days.people')),
      several ? element('th', { scope: 'col' }, text('days.most-of')) : null)),
    element('tbody', {}, days.map((day) => element('tr', {},
      element('td', {}, dateOf(day.date)),
      element('td', { class: 'number right' }, count(day.records)),
      several ? element('td', {}, joined('names', (day.datasets || []).map((part) => words('days.part', part.dataset || words('days.no-dataset'), part.records)))) : null)))));
}

/** One alert: what it says, how its triage stands, and the accesses it rests on, which are read once. */
export class AlertDetail {
  /**
   * @param pane where it stands
   * @param list the alerts beside it
   * @param entitled takes what the open alert is called; null where none is open
   */
  constructor(pane, list, entitled) {
    this.pane = pane;
    this.list = list;
    this.entitled = entitled;
    this.opened = null;
    /** What the reader unfolded of the alert that is open: ids of events, 'days' and 'settings'. It stays so when the alert grows. */
    this.unfolded = new Set();
    /** What is on the page of the alert that is open: its id, its revision, and its accesses by their ids; null until it is read. */
    this.shown = null;
    /** The alert that is being read. */
    this.asked = null;
  }

  /**
   * @param me who looks
   * @param zone in which times are shown
   */
  lookedAtBy(me, zone) {
    this.triage = new TriagePanel(this.pane, me);
    this.zone = zone;
  }

  /** Opens an alert; one that is open is read anew. */
  async open(id, push) {
    const fresh = this.opened !== id;
    this.opened = id;
    if (fresh) {
      this.unfolded.clear();
      this.shown = null;
      if (this.triage.id !== id) this.triage.forget();
      replace(this.pane, element('div', { class: 'empty', 'aria-busy': 'true' }, element('p', { class: 'quiet' }, text('alert.opening'))));
    }
    if (push && fresh) history.pushState(null, '', '/alerts/' + encodeURIComponent(id) + location.search);
    document.body.classList.add('opened');
    this.list.mark(id);
    this.asked = id;
    const revision = this.list.latest(id)?.revision;
    try {
      const found = this.withAccesses(await call('/api/alerts/' + encodeURIComponent(id) + '?' + this.accessesShown()));
      await this.triage.settled();
      if (this.opened !== id) return;
      this.shown = { id, revision: found.revision, accesses: new Map(found.evidence.filter((one) => one.event).map((one) => [one.event_id, one.event])) };
      keepingFocus(() => {
        replace(this.pane, this.describe(found));
        this.triage.place = document.getElementById('triage');
        this.triage.show(id, found);
      });
      this.entitled(plain(field(found, 'message')));
      if (fresh && push) this.pane.focus({ preventScroll: true });
    } catch (refusal) {
      if (this.opened !== id) return;
      this.shown = null;
      replace(this.pane, element('div', { class: 'empty' }, element('h2', {}, text('alert.not-shown')), element('p', {}, refusal.message)));
    } finally {
      if (this.asked === id) this.asked = null;
    }
    const latest = this.list.latest(id)?.revision;
    if (latest !== revision && latest !== this.shown?.revision) this.openAgain(id);
  }

  /** What is shown already is not read again: each reading is written down. */
  accessesShown() {
    return new URLSearchParams(this.shown ? [...this.shown.accesses.keys()].map((id) => ['known', id]) : []);
  }

  withAccesses(found) {
    const shown = this.shown;
    return shown ? { ...found, evidence: found.evidence.map((one) => (one.event ? one : { ...one, event: shown.accesses.get(one.event_id) })) } : found;
  }

  /** Reads an alert anew, if it is the one that is open and not on its way already. */
  openAgain(id) {
    if (this.opened === id && this.asked !== id) this.open(id, false);
  }

  /** Takes in that an alert has a new state. */
  grown(id, revision) {
    if (this.shown?.id === id && this.shown.revision !== revision) this.openAgain(id);
  }

  /** Makes good for the time in which nothing was heard. */
  async catchUp() {
    const id = this.opened;
    if (!id) return;
    if (this.shown?.id !== id) { this.openAgain(id); return; }
    const told = await call('/api/alerts/' + encodeURIComponent(id) + '/triage').catch(() => null);
    await this.triage.settled();
    if (!told || this.opened !== id) return;
    if (told.revision === this.shown.revision) this.triage.update(id, told);
    else this.openAgain(id);
  }

  close() {
    const id = this.opened;
    history.pushState(null, '', '/alerts' + location.search);
    this.empty();
    if (id) this.list.returnTo(id);
  }

  /** Opening reads its accesses, which is recorded. */
  offer(id) {
    this.opened = null;
    document.body.classList.add('opened');
    replace(this.pane, element('div', { class: 'empty hint' }, element('h2', {}, text('alert.foreign')), element('p', {}, text('alert.foreign.meaning')),
      element('button', { type: 'button', class: 'primary', click: () => this.open(id, false) }, text('alert.open'))));
  }

  /** Nothing is open. */
  empty() {
    this.opened = null;
    this.entitled(null);
    document.body.classList.remove('opened');
    this.list.mark(null);
    replace(this.pane, element('div', { class: 'empty hint' }, element('h2', {}, text('alert.none')), element('p', {}, text('alert.none.meaning')),
      element('p', { class: 'quiet' }, text('alert.keys.move', key('j'), key('k')), ' · ', text('alert.keys.open', key('Enter')), ' · ', this.triage.mayAct ? [text('alert.keys.choose', key('x')), ' · '] : null, text('alert.keys.close', key('Esc')))));
  }

  describe(found) {
    const settings = field(found, 'metsuke.alert.settings') || {};
    const days = field(found, 'metsuke.alert.days') || [];
    const withdrawn = label(found, 'withdrawn_because');
    return element('article', { class: 'detail ' + knownSeverity(found) },
      element('div', { class: 'detail-head' }, chip(knownSeverity(found)), rule(found), state(found),
        element('button', { type: 'button', class: 'plain close', click: () => this.close(), 'aria-label': words('alert.close'), title: words('alert.close.key') }, '✕')),
      element('h2', {}, sentence(field(found, 'message'))),
      withdrawn ? element('p', { class: 'notice' }, text('headed', element('b', {}, text('alert.withdrawn')), sentence(withdrawn))) : null,
      label(found, 'state') === 'closed' ? element('p', { class: 'quiet' }, text('alert.closed')) : null,
      element('div', { class: 'versus' },
        element('div', {}, element('h3', {}, text('alert.observed')), element('p', {}, sentence(label(found, 'observed')))),
        element('div', {}, element('h3', {}, text('alert.expected')), element('p', {}, sentence(label(found, 'expected'))))),
      this.otherZone(found),
      element('div', { id: 'triage', role: 'group', 'aria-label': words('triage'), tabindex: -1 }),
      element('dl', { class: 'pairs' },
        pair(text('column.account'), element('b', {}, field(found, 'user.id'))),
        pair(text('alert.person'), field(found, 'user.full_name')),
        pair(text('column.department'), field(found, 'metsuke.alert.department')),
        pair(text('alert.scope'), scopeName(field(found, 'rule.id'), label(found, 'scope'))),
        pair(text('alert.from'), timeAt(field(found, 'event.start'))),
        pair(text('alert.to'), timeAt(field(found, 'event.end'))),
        pair(text('alert.touches'), touched(found)),
        found.raised_at ? pair(text('alert.raised'), timeAt(found.raised_at)) : null,
        pair(text('alert.policy'), policyLink(label(found, 'policy_version'))),
        found.kibana ? pair(text('alert.kibana'), element('a', { href: found.kibana, target: '_blank', rel: 'noopener noreferrer' }, text('alert.kibana.around'))) : null,
        pair(text('alert.id'), element('code', {}, idOf(found)))),
      days.length === 0 ? null : this.folded('days', text('days.summary', days.length), daysTable(days)),
      Object.keys(settings).length === 0 ? null : this.folded('settings', text('alert.settings'), settingsList(settings)),
      this.rest(found));
  }

  rest(found) {
    const table = eventTable(words('alert.evidence.caption'), false, this.unfolded);
    for (const one of found.evidence) table.add(one);
    const total = eventsOf(found);
    const shown = found.evidence.length;
    return [
      element('div', { class: 'section-head' },
        element('h3', {}, text('alert.evidence')),
        element('span', { class: 'quiet' }, shown < total ? text('alert.evidence.first-of', shown, total) : accesses(total)),
        element('a', { class: 'button', href: found.search.url }, text('alert.evidence.find'))),
      found.archive_away ? element('p', { class: 'notice' }, text('alert.evidence.away', found.archive_away)) : null,
      table.table,
    ];
  }

  /** What the reader unfolds under a name stays so. */
  folded(name, summary, content) {
    return element('details', {
      open: this.unfolded.has(name),
      toggle: (event) => { if (event.target.open) this.unfolded.add(name); else this.unfolded.delete(name); },
    }, element('summary', {}, summary), content);
  }

  /** Detection writes times into its sentences, in a zone that the alert names; one of an earlier version names that of a calendar alone. */
  otherZone(found) {
    const sentences = [field(found, 'message'), label(found, 'observed'), label(found, 'expected'), label(found, 'withdrawn_because')];
    const settings = field(found, 'metsuke.alert.settings') || {};
    const named = at(settings, 'zone') ?? at(settings, 'off-hours.zone');
    if (named === this.zone || !sentences.some((one) => TIME.test(one))) return null;
    return element('p', { class: 'quiet' }, text('alert.other-zone', named ?? words('alert.other-zone.policys'), this.zone));
  }
}
