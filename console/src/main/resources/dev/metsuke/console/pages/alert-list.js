import { element, plural, timeAgo } from '/assets/page.js';
import { chip, field, idOf, knownSeverity, label, people, state } from '/assets/alert-fields.js';
import { badge } from '/assets/triage.js';

function who(entry) {
  const name = field(entry, 'user.full_name');
  const department = field(entry, 'metsuke.alert.department');
  return [element('b', {}, field(entry, 'user.id')), name ? [' ', element('bdi', {}, name)] : null, department ? element('span', { class: 'quiet' }, ' · ', element('bdi', {}, department)) : null];
}

/** Whether one of two states of an alert, or of its triage, came after the other. */
function isNewer(one, other) {
  return one.revision === other.revision ? (one.triage?.actions ?? 0) > (other.triage?.actions ?? 0) : one.revision > other.revision;
}

/** The alerts that are loaded, a row each, in the latest state that is known of them. */
export class AlertList {
  /**
   * @param place the list's element
   * @param wants whether an alert is asked for
   * @param open what becomes of a click on an alert, by its id
   */
  constructor(place, wants, open) {
    this.place = place;
    this.wants = wants;
    this.open = open;
    this.known = new Map();
    /** Ids of the alerts that came live since the list was last asked for. */
    this.arrivals = new Set();
    this.current = null;
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

  /** From now on alerts that come live may be missing in the answer that is waited for. */
  asked() {
    this.arrivals.clear();
  }

  /** Shows a page of the list behind what is there, or instead of it. */
  fill(entries, anew) {
    const focused = this.place.contains(document.activeElement) ? document.activeElement.closest('li').dataset.id : null;
    if (anew) this.place.replaceChildren();
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
  show(told, atTop) {
    const id = idOf(told);
    const earlier = this.known.get(id);
    const entry = earlier && isNewer(earlier, told) ? earlier : told;
    this.known.set(id, entry);
    const existing = this.rowOf(id);
    if (existing && entry === earlier) return false;
    if (!this.wants(entry)) {
      existing?.remove();
      return false;
    }
    const made = this.row(entry);
    if (existing) {
      const focused = existing.contains(document.activeElement);
      if (atTop && earlier.revision !== entry.revision) made.classList.add('changed');
      existing.replaceWith(made);
      if (focused) made.firstChild.focus();
    } else if (atTop) {
      made.classList.add('arrived');
      this.place.prepend(made);
    } else {
      this.place.append(made);
    }
    return !existing;
  }

  row(entry) {
    const id = idOf(entry);
    const when = entry.raised_at || field(entry, '@timestamp');
    return element('li', { 'data-id': id, class: 'alert ' + knownSeverity(entry) + ' is-' + label(entry, 'state') },
      element('a', { href: '/alerts/' + encodeURIComponent(id), 'aria-current': this.current === id ? 'true' : null,
        click: (event) => { if (!event.metaKey && !event.ctrlKey && !event.shiftKey) { event.preventDefault(); this.open(id); } } },
        element('span', { class: 'top' }, chip(knownSeverity(entry)), element('span', { class: 'rule' }, field(entry, 'rule.name')), state(entry), badge(entry.triage), timeAgo(when)),
        element('span', { class: 'headline' }, field(entry, 'message')),
        element('span', { class: 'bottom' }, element('span', { class: 'who' }, who(entry)),
          element('span', { class: 'amount number' }, people(entry) + ' · ' + plural(Number(label(entry, 'events')) || 0, 'access', 'accesses')))));
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

  /** Moves the focus by rows. */
  step(by) {
    const links = [...this.place.querySelectorAll('a')];
    const here = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, here + by))]?.focus();
  }
}
