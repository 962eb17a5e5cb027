import { element, timeAgo } from '/assets/page.js';
import { SEVERITIES, accesses, chip, eventsOf, field, idOf, knownSeverity, label, people, rule, sentence, state } from '/assets/alert-fields.js';
import { badge } from '/assets/triage.js';

function who(entry) {
  const name = field(entry, 'user.full_name');
  const department = field(entry, 'metsuke.alert.department');
  return [element('b', {}, field(entry, 'user.id')), name ? [' ', element('bdi', {}, name)] : null, department ? element('span', { class: 'quiet' }, ' · ', element('bdi', {}, department)) : null];
}

/** Does something to a row; the part of it that had the focus has it again. */
function keepingFocusIn(row, change, after) {
  const focused = row.contains(document.activeElement) ? document.activeElement.tagName : null;
  change();
  if (focused) after().querySelector(focused).focus({ preventScroll: true });
}

/** Whether one of two states of an alert, or of its triage, came after the other. */
function isNewer(one, other) {
  return one.revision === other.revision ? (one.triage?.actions ?? 0) > (other.triage?.actions ?? 0) : one.revision > other.revision;
}

const startOf = (entry) => Date.parse(field(entry, 'event.start'));

/** Where an alert stands in each order, as the console has it: by numbers, the smaller first, and then by its id. */
const PLACES = {
  // What only the archive has comes last.
  '': (entry) => [entry.raised_at ? 0 : 1, -Date.parse(entry.raised_at || field(entry, '@timestamp'))],
  'oldest-open': (entry) => [label(entry, 'state') === 'open' ? 0 : 1, startOf(entry)],
  severity: (entry) => [SEVERITIES.indexOf(knownSeverity(entry)), -startOf(entry)],
};

function isBehind(one, other, order) {
  const [mine, its] = [PLACES[order](one), PLACES[order](other)];
  const apart = mine.findIndex((number, i) => number !== its[i]);
  return apart < 0 ? idOf(one) > idOf(other) : mine[apart] > its[apart];
}

/**
 * The alerts that are loaded, a row each, in the latest state that is known of them. While the pointer is on a row, what would
 * move that row waits.
 */
export class AlertList {
  /**
   * @param place the list's element
   * @param asked which alerts are asked for, in which order
   * @param waits takes how many alerts wait to be shown, moved or taken away
   * @param open what becomes of a click on an alert, by its id
   */
  constructor(place, asked, open, waits) {
    this.place = place;
    this.asked = asked;
    this.waits = waits;
    this.open = open;
    this.known = new Map();
    /** Ids of the alerts that came live since the list was last asked for. */
    this.arrivals = new Set();
    this.current = null;
    /** By which alerts are chosen; null for who may do nothing about them. */
    this.selection = null;
    /** Whether the console has more behind the last one. */
    this.hasMore = false;
    /** Ids of those that wait. */
    this.waiting = new Set();
    /** Id of the alert that is under the pointer. A finger is on none: it leaves none of them. */
    this.pointed = null;
    place.addEventListener('pointerover', ({ target, pointerType }) => { this.pointed = pointerType === 'touch' ? null : target.closest('li')?.dataset.id; });
    place.addEventListener('pointerleave', () => this.release());
  }

  get length() {
    return this.place.children.length;
  }

  latest(id) {
    return this.known.get(id);
  }

  rowOf(id) {
    return this.place.querySelector('li[data-id="' + CSS.escape(id) + '"]');
  }

  get order() {
    return this.asked.value('order');
  }

  /** From now on alerts that come live may be missing in the answer that is waited for. */
  expect() {
    this.arrivals.clear();
  }

  /** Shows a page of the list behind what is there, or instead of it; says whether there is more behind it. */
  fill(entries, anew, hasMore) {
    const focused = this.place.contains(document.activeElement) ? document.activeElement.closest('li').dataset.id : null;
    if (anew) {
      this.place.replaceChildren();
      for (const id of [...this.waiting]) this.stopWaiting(id);
    }
    this.hasMore = hasMore;
    for (const entry of entries) this.show(entry, false);
    // What was raised while the answer was on its way is not in it.
    for (const id of this.arrivals) this.show(this.known.get(id), true);
    if (focused) this.focus(focused);
  }

  /** Shows what came live; returns whether it is a new row. */
  tell(entry) {
    this.arrivals.add(idOf(entry));
    return this.show(entry, true);
  }

  /** Shows a state, or the newer one that is known already; returns whether it is a new row. */
  show(told, isLive) {
    const id = idOf(told);
    const earlier = this.known.get(id);
    const entry = earlier && isNewer(earlier, told) ? earlier : told;
    this.known.set(id, entry);
    const existing = this.rowOf(id);
    if (existing && entry === earlier) return false;
    if (existing) {
      const made = this.row(entry);
      if (isLive && earlier.revision !== entry.revision) made.classList.add('changed');
      keepingFocusIn(existing, () => existing.replaceWith(made), () => made);
    }
    if (isLive || existing) return this.settle(id);
    const isWanted = this.asked.wants(entry);
    if (isWanted) this.place.append(this.row(entry));
    return isWanted;
  }

  /** Puts an alert where it belongs, or takes it away; returns whether it is a new row. */
  settle(id) {
    const entry = this.known.get(id);
    const existing = this.rowOf(id);
    const waited = this.waiting.has(id);
    if (waited) this.stopWaiting(id);
    const others = [...this.place.children].filter((row) => row !== existing);
    const index = others.findIndex((row) => isBehind(this.known.get(row.dataset.id), entry, this.order));
    const next = index < 0 ? null : others[index];
    const isWanted = this.asked.wants(entry);
    if (isWanted ? existing?.nextElementSibling === next : !existing) return false;
    if (isWanted && !existing && !next && this.hasMore) return false;
    const read = this.pointed ? this.rowOf(this.pointed) : null;
    const isAbove = (row) => row && read && !(row.compareDocumentPosition(read) & Node.DOCUMENT_POSITION_PRECEDING);
    if (isAbove(existing) || (isWanted && isAbove(next))) {
      this.wait(id);
      return !existing && !waited;
    }
    if (!isWanted) {
      existing.remove();
      return false;
    }
    const row = existing ?? this.row(entry);
    if (!existing) row.classList.add('arrived');
    keepingFocusIn(row, () => this.place.insertBefore(row, next), () => row);
    return !existing;
  }

  wait(id) {
    this.waiting.add(id);
    this.waits(this.waiting.size);
  }

  stopWaiting(id) {
    this.waiting.delete(id);
    this.waits(this.waiting.size);
  }

  /** Shows, moves and takes away what waited. */
  release() {
    this.pointed = null;
    for (const id of [...this.waiting]) this.settle(id);
    this.waits(this.waiting.size);
  }

  row(entry) {
    const id = idOf(entry);
    const when = entry.raised_at || field(entry, '@timestamp');
    return element('li', { 'data-id': id, class: ['alert', knownSeverity(entry), 'is-' + label(entry, 'state')].join(' ') },
      this.selection ? this.selection.box(entry) : null,
      element('a', { href: '/alerts/' + encodeURIComponent(id), 'aria-current': this.current === id ? 'true' : null,
        click: (event) => { if (!event.metaKey && !event.ctrlKey && !event.shiftKey) { event.preventDefault(); this.open(id); } } },
        element('span', { class: 'top' }, chip(knownSeverity(entry)), rule(entry), state(entry), badge(entry.triage), timeAgo(when)),
        element('span', { class: 'headline' }, sentence(field(entry, 'message'))),
        element('span', { class: 'bottom' }, element('span', { class: 'who' }, who(entry)),
          element('span', { class: 'amount number' }, people(entry) + ' · ' + accesses(eventsOf(entry))))));
  }

  /** Says which alert is open; null where none is. */
  mark(id) {
    this.current = id;
    for (const link of this.place.querySelectorAll('a[aria-current]')) link.removeAttribute('aria-current');
    if (id) this.rowOf(id)?.querySelector('a').setAttribute('aria-current', 'true');
  }

  focus(id) {
    this.rowOf(id)?.querySelector('a').focus({ preventScroll: true });
  }

  /** Gives an alert that was open the focus, where it can be seen: in a narrow window the list was not shown meanwhile. */
  returnTo(id) {
    this.rowOf(id)?.querySelector('a').focus();
  }

  /** Moves the focus by rows. */
  step(by) {
    const rows = [...this.place.children];
    const here = rows.indexOf(this.reached());
    rows[Math.min(rows.length - 1, Math.max(0, here + by))]?.querySelector('a').focus();
  }

  /** The row that has the focus; null where none has. */
  reached() {
    return this.place.contains(document.activeElement) ? document.activeElement.closest('li') : null;
  }
}
