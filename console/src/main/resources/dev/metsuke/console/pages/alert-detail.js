import { at, call, count, element, plain, plural, replace, timeAt } from '/assets/page.js';
import { chip, field, idOf, knownSeverity, label, people, state } from '/assets/alert-fields.js';
import { eventTable } from '/assets/event-table.js';
import { TriagePanel, keepingFocus } from '/assets/triage.js';

const pair = (name, value) => (value === undefined || value === null || value === '' ? null : [element('dt', {}, name), element('dd', {}, value)]);

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
      replace(this.pane, element('div', { class: 'empty', 'aria-busy': 'true' }, element('p', { class: 'quiet' }, 'Opening…')));
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
      replace(this.pane, element('div', { class: 'empty' }, element('h2', {}, 'This alert cannot be shown'), element('p', {}, refusal.message)));
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
    if (id) this.list.focus(id);
  }

  /** Opening reads its accesses, which is recorded. */
  offer(id) {
    this.opened = null;
    document.body.classList.add('opened');
    replace(this.pane, element('div', { class: 'empty hint' }, element('h2', {}, 'Another site led here'), element('p', {}, 'That you saw an alert’s accesses is recorded under your name.'),
      element('button', { type: 'button', class: 'primary', click: () => this.open(id, false) }, 'Open the alert')));
  }

  /** Nothing is open. */
  empty() {
    this.opened = null;
    this.entitled(null);
    document.body.classList.remove('opened');
    this.list.mark(null);
    replace(this.pane, element('div', { class: 'empty hint' }, element('h2', {}, 'No alert is open'), element('p', {}, 'Choose one to see what was seen, what was expected, and the lines it rests on.'),
      element('p', { class: 'quiet' }, element('kbd', {}, 'j'), ' ', element('kbd', {}, 'k'), ' move · ', element('kbd', {}, 'Enter'), ' opens · ', this.triage.mayAct ? [element('kbd', {}, 'x'), ' chooses · '] : null, element('kbd', {}, 'Esc'), ' closes')));
  }

  describe(found) {
    const settings = Object.entries(field(found, 'metsuke.alert.settings') || {});
    const days = field(found, 'metsuke.alert.days') || [];
    const withdrawn = label(found, 'withdrawn_because');
    return element('article', { class: 'detail ' + knownSeverity(found) },
      element('div', { class: 'detail-head' }, chip(knownSeverity(found)), element('span', { class: 'rule' }, field(found, 'rule.name')), state(found),
        element('button', { type: 'button', class: 'plain close', click: () => this.close(), 'aria-label': 'Close this alert', title: 'Close (Esc)' }, '✕')),
      element('h2', {}, field(found, 'message')),
      withdrawn ? element('p', { class: 'notice' }, element('b', {}, 'Withdrawn: '), withdrawn) : null,
      label(found, 'state') === 'closed' ? element('p', { class: 'quiet' }, 'Closed: nothing more came within the rule’s quiet time.') : null,
      element('div', { class: 'versus' },
        element('div', {}, element('h3', {}, 'Observed'), element('p', {}, label(found, 'observed'))),
        element('div', {}, element('h3', {}, 'Expected'), element('p', {}, label(found, 'expected')))),
      this.otherZone(found),
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
      days.length === 0 ? null : this.folded('days', 'The ' + plural(days.length, 'day', 'days') + ' that make up the sum', daysTable(days)),
      settings.length === 0 ? null : this.folded('settings', 'Settings of the rule, as they held',
        element('dl', { class: 'pairs' }, settings.map(([name, value]) => pair(name, value)))),
      this.rest(found));
  }

  rest(found) {
    const table = eventTable('The accesses that this alert rests on', false, this.unfolded);
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
    if (named === this.zone || !sentences.some((sentence) => /\d{4}-\d\d-\d\d \d\d:\d\d/.test(sentence))) return null;
    return element('p', { class: 'quiet' }, 'Times within sentences are those of ' + (named ?? 'the policy’s zone') + ', all others here those of ' + this.zone + '.');
  }
}
