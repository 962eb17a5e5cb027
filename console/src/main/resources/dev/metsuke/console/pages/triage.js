import { at, call, element, replace, timeAgo, timeAt } from '/assets/page.js';
import { accesses, severityName, triageStateName } from '/assets/alert-fields.js';
import { joined, named, text, words } from '/assets/texts.js';

const RESOLUTIONS = ['confirmed', 'authorised', 'false-positive'];
const LONGEST_COMMENT = 4000;

const resolutionName = (resolution) => named('resolution.', resolution);

/** The same within a sentence. */
export const resolutionWithin = (resolution) => resolutionName(resolution).toLowerCase();

export const resolutionChoice = () => element('select', { name: 'resolution', 'aria-label': words('triage.resolution') },
  element('option', { value: '' }, text('triage.resolve-as')),
  RESOLUTIONS.map((value) => element('option', { value, title: named('resolution-meaning.', value) }, resolutionName(value))));

export const commentField = () => element('textarea', { name: 'comment', rows: 2, maxlength: LONGEST_COMMENT, 'aria-label': words('triage.comment'), placeholder: words('triage.comment.hint') });

/** Why the console did nothing, with all that was wrong. */
export const said = (refusal) => (refusal.body?.problems ? joined('sentences', refusal.body.problems.map((one) => words('of-field', one.name, one.message))) : refusal.message);

/** Whether there are more accesses than when it was resolved; else they are more urgent. */
const hasMore = (triage) => triage.events_since > 0;

function grown(triage) {
  const isMore = hasMore(triage);
  return text(isMore ? 'triage.grown' : 'triage.more-urgent', triage.events_since);
}

/** The triage in a word or two, for the list; nothing where there is nothing to do. */
export function badge(triage) {
  if (!triage) return null;
  if (triage.state === 'resolved') return element('span', { class: 'triage resolved', title: words('triage.resolved-by', triage.resolved_by) }, '✓ ' + resolutionWithin(triage.resolution));
  if (triage.state === 'acknowledged') return element('span', { class: 'triage taken', title: words('triage.acknowledged') }, triage.assignee);
  if (!triage.untriaged) return null;
  return element('span', { class: 'triage new' }, triage.severity_then ? grown(triage) : triageStateName('new'), triage.assignee ? ' · ' + triage.assignee : null);
}

function standing(triage) {
  return triage.assignee ? text('triage.standing.assigned', decided(triage), element('b', {}, triage.assignee)) : decided(triage);
}

function decided(triage) {
  if (triage.severity_then) {
    const isMore = hasMore(triage);
    return text('triage.standing.outgrown',
      element('b', { class: 'triage-new' }, text(isMore ? 'triage.standing.grown' : 'triage.standing.more-urgent', triage.events_since)),
      resolutionWithin(triage.resolution), triage.resolved_by, severityName(triage.severity_then));
  }
  if (triage.state === 'resolved') return text('triage.standing.resolved', element('b', {}, resolutionWithin(triage.resolution)), triage.resolved_by);
  if (triage.state === 'acknowledged') return text('triage.acknowledged');
  return triage.untriaged ? element('b', { class: 'triage-new' }, text('triage.standing.untriaged')) : text('triage.standing.nothing');
}

function told(action) {
  const [actor, assignee] = [action.actor, action.assignee].map((name) => element('b', {}, name));
  switch (action.action) {
    case 'acknowledge': return action.assignee === action.actor ? text('triage.did.take', actor) : text('triage.did.acknowledge', actor, assignee);
    case 'assign': return action.assignee ? text('triage.did.assign', actor, assignee) : text('triage.did.unassign', actor);
    case 'resolve': return text('triage.did.resolve', actor, element('b', {}, resolutionWithin(action.resolution)));
    case 'reopen': return text('triage.did.reopen', actor);
    default: return text('triage.did.comment', actor);
  }
}

function historyRow(action) {
  return element('li', { 'data-id': action.id },
    element('span', { class: 'quiet' }, timeAt(action.at)), ' ', told(action), ' ',
    element('span', { class: 'quiet' }, text('triage.at', accesses(action.events)), ' · ', timeAgo(action.at)),
    action.comment ? element('p', { class: 'comment' }, action.comment) : null);
}

/** Draws anew; what had the focus keeps it, or else the button that stands for it now, or else the triage around it. */
export function keepingFocus(draw, focused = document.activeElement) {
  draw();
  if (focused === document.activeElement) return;
  const heir = focused.isConnected || !focused.closest('.triage-form') ? focused : standsFor(focused);
  heir?.focus({ preventScroll: true });
}

function standsFor(button) {
  const triage = document.getElementById('triage');
  return triage?.querySelector('button[name="' + CSS.escape(button.name) + '"]:enabled') ?? triage;
}

/**
 * The part of an alert's page that says how its triage stands, and lets officers act. What the reader is writing stays when
 * the alert or its triage changes.
 */
export class TriagePanel {
  constructor(place, me) {
    this.place = place;
    this.officers = me.officers || [];
    this.me = me.name;
    this.mayAct = me.roles.includes('officer');
    this.id = null;
    this.comment = commentField();
    /** The button whose answer is waited for. */
    this.pressed = null;
    this.composing = false;
    /** What is half written about other alerts, by their ids; it goes with the page. */
    this.drafts = new Map();
    this.comment.addEventListener('compositionstart', () => { this.composing = true; });
    this.comment.addEventListener('compositionend', () => { this.composing = false; });
    this.assignee = element('select', { name: 'assignee', 'aria-label': words('triage.assignee'), change: () => this.choose(this.assignee.value) });
    /** The officer who was chosen and is not yet assigned; null where none was. */
    this.chosen = null;
    this.resolution = resolutionChoice();
  }

  /** Waits until no word is half written by an input method, such as for Japanese, which drawing anew would break off. */
  async settled() {
    while (this.composing) await new Promise((go) => this.comment.addEventListener('compositionend', () => setTimeout(go), { once: true }));
  }

  /** Shows an alert's triage, with what was half written about it before; what is written about another is put aside. */
  show(id, found) {
    if (this.id !== id) {
      this.putAside();
      this.id = id;
      this.write(this.drafts.get(id));
    }
    this.alert = found;
    this.comment.disabled = this.resolution.disabled = this.assignee.disabled = false;
    keepingFocus(() => this.draw(), this.pressed && document.activeElement === document.body ? this.pressed : document.activeElement);
  }

  putAside() {
    if (this.id === null) return;
    const draft = { comment: this.comment.value, resolution: this.resolution.value, chosen: this.chosen };
    if (draft.comment || draft.resolution || draft.chosen !== null) this.drafts.set(this.id, draft);
    else this.drafts.delete(this.id);
  }

  write({ comment, resolution, chosen } = { comment: '', resolution: '', chosen: null }) {
    this.comment.value = comment;
    this.resolution.value = resolution;
    this.chosen = chosen;
    this.problem = '';
  }

  /** Lets go of an alert that is no longer on the page: nothing more is done about it. */
  forget() {
    this.putAside();
    this.id = null;
    this.comment.dispatchEvent(new Event('compositionend'));
  }

  draw() {
    const { triage, history } = this.alert;
    if (!triage) {
      replace(this.place);
      return;
    }
    replace(this.place,
      element('div', { class: 'section-head' }, element('h3', {}, text('triage')), element('span', { class: 'triage-state' }, standing(triage))),
      this.mayAct ? this.form(triage) : null,
      history && history.length ? element('ol', { class: 'history', 'aria-label': words('triage.history') }, history.map(historyRow)) : null);
  }

  form(triage) {
    const button = (called, name, primary, click, disabled = false) => element('button', { type: 'button', name, class: primary ? 'primary' : null, click, disabled }, called);
    const resolved = triage.state === 'resolved';
    const isTaken = triage.state === 'acknowledged';
    return element('form', { class: 'triage-form', submit: (event) => event.preventDefault() },
      this.comment,
      element('div', { class: 'row' },
        resolved ? null : isTaken && triage.assignee === this.me ? null
          : button(text(isTaken ? 'triage.take-over' : 'triage.take'), 'acknowledge', triage.untriaged, () => this.act({ action: 'acknowledge' })),
        resolved ? null : [this.resolution, button(text('triage.resolve'), 'resolve', false, () => this.act({ action: 'resolve', resolution: this.resolution.value }))],
        resolved ? button(text('triage.reopen'), 'reopen', true, () => this.act({ action: 'reopen' })) : null,
        this.officers.length ? [this.assignees(triage), button(text('triage.assign'), 'assign', false, () => this.act({ action: 'assign', assignee: this.assignee.value }), this.chosen === null)] : null,
        button(text('triage.comment.add'), 'comment', false, () => this.act({ action: 'comment' }))),
      element('p', { class: 'problem', role: 'alert' }, this.problem || null));
  }

  /** Nobody is assigned before the button is pressed: arrow keys choose each on their way. */
  choose(name) {
    this.chosen = name === (this.alert.triage.assignee || '') ? null : name;
    this.place.querySelector('button[name=assign]').disabled = this.chosen === null;
  }

  assignees(triage) {
    const names = [...new Set([...this.officers, ...(triage.assignee ? [triage.assignee] : [])])].sort();
    const chosen = this.chosen ?? triage.assignee ?? '';
    const isAssigned = Boolean(triage.assignee);
    replace(this.assignee,
      element('option', { value: '', selected: !chosen }, text(isAssigned ? 'triage.nobody' : 'triage.assign-to')),
      names.map((name) => element('option', { value: name, selected: name === chosen }, name === triage.assignee ? text('triage.is-assigned', name) : name)));
    return this.assignee;
  }

  async act(wish) {
    const { id, alert } = this;
    const body = {
      ...wish, comment: this.comment.value, events: at(alert.alert, 'metsuke.alert.events'), severity: at(alert.alert, 'metsuke.alert.severity'),
      after: alert.triage.last || '',
    };
    // What is disabled loses the focus.
    this.pressed = document.activeElement;
    for (const control of this.place.querySelectorAll('button, select, textarea')) control.disabled = true;
    try {
      const answer = await call('/api/alerts/' + encodeURIComponent(id) + '/triage', { method: 'POST', body: JSON.stringify(body) });
      this.drafts.delete(id);
      if (this.id !== id) return;
      this.write();
      this.update(id, answer);
    } catch (refusal) {
      if (this.id !== id) return;
      this.problem = said(refusal);
      this.update(id, refusal.body || {});
    } finally {
      this.pressed = null;
    }
  }

  /** Takes a newer triage in. */
  update(id, told) {
    if (this.id !== id) return;
    if (told.triage && told.history && told.history.length >= (this.alert.history || []).length) {
      this.alert = { ...this.alert, triage: told.triage, history: told.history };
    }
    this.show(id, this.alert);
  }

  /** Asks what was done, where that is news. */
  async refresh(id, actions) {
    if (this.id !== id || !this.alert.triage || (actions !== undefined && actions <= (this.alert.history || []).length)) return;
    const told = await call('/api/alerts/' + encodeURIComponent(id) + '/triage').catch(() => null);
    await this.settled();
    if (told) this.update(id, told);
  }
}
