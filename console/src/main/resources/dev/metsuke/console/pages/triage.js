import { at, call, count, element, plural, replace, timeAgo, timeAt } from '/assets/page.js';

const RESOLUTIONS = {
  'confirmed': ['Confirmed', 'It happened, and nobody allowed it'],
  'authorised': ['Authorised', 'It happened, and was allowed'],
  'false-positive': ['False positive', 'It did not happen, or is nothing unusual'],
};
const LONGEST_COMMENT = 4000;

export const resolutionName = (resolution) => (RESOLUTIONS[resolution] || [resolution])[0];

export const resolutionChoice = () => element('select', { name: 'resolution', 'aria-label': 'Resolution' },
  element('option', { value: '' }, 'Resolve as…'),
  Object.entries(RESOLUTIONS).map(([value, [name, title]]) => element('option', { value, title }, name)));

export const commentField = () => element('textarea', { name: 'comment', rows: 2, maxlength: LONGEST_COMMENT, 'aria-label': 'Comment', placeholder: 'Why, for colleagues and auditors' });

/** Why the console did nothing, with all that was wrong. */
export const said = (refusal) => (refusal.body && refusal.body.problems ? refusal.body.problems.map((one) => one.field + ': ' + one.message).join('; ') : refusal.message);

/** What became more, in words. */
function more(triage) {
  return triage.events_since > 0 ? count(triage.events_since) + ' more ' + (triage.events_since === 1 ? 'access' : 'accesses') : 'more urgent';
}

/** The triage in a word or two, for the list; nothing where there is nothing to do. */
export function badge(triage) {
  if (!triage) return null;
  if (triage.state === 'resolved') return element('span', { class: 'triage resolved', title: 'Resolved by ' + triage.resolved_by }, '✓ ' + resolutionName(triage.resolution).toLowerCase());
  if (triage.state === 'acknowledged') return element('span', { class: 'triage taken', title: 'Acknowledged' }, triage.assignee);
  if (!triage.untriaged) return null;
  return element('span', { class: 'triage new' }, triage.severity_then ? (triage.events_since > 0 ? count(triage.events_since) + ' more' : 'more urgent') + ' since resolved' : 'untriaged', triage.assignee ? ' · ' + triage.assignee : null);
}

function standing(triage) {
  const to = triage.assignee ? [', assigned to ', element('b', {}, triage.assignee)] : null;
  if (triage.severity_then) {
    return [element('b', { class: 'triage-new' }, more(triage) + ' since it was resolved'),
      ' as ' + resolutionName(triage.resolution).toLowerCase() + ' by ' + triage.resolved_by + ', at severity ' + triage.severity_then, to];
  }
  if (triage.state === 'resolved') return ['Resolved as ', element('b', {}, resolutionName(triage.resolution).toLowerCase()), ' by ' + triage.resolved_by, to];
  if (triage.state === 'acknowledged') return ['Acknowledged', to];
  return [triage.untriaged ? element('b', { class: 'triage-new' }, 'Untriaged') : 'Nothing to triage', to];
}

function told(action) {
  switch (action.action) {
    case 'acknowledge': return action.assignee === action.actor ? 'took it' : ['acknowledged it for ', element('b', {}, action.assignee)];
    case 'assign': return action.assignee ? ['assigned it to ', element('b', {}, action.assignee)] : 'assigned it to nobody';
    case 'resolve': return ['resolved it as ', element('b', {}, resolutionName(action.resolution).toLowerCase())];
    case 'reopen': return 'reopened it';
    default: return 'commented';
  }
}

function historyRow(action) {
  return element('li', { 'data-id': action.id },
    element('span', { class: 'quiet' }, timeAt(action.at)), ' ', element('b', {}, action.actor), ' ', told(action),
    element('span', { class: 'quiet' }, ' at ' + plural(action.events, 'access', 'accesses') + ' · ', timeAgo(action.at)),
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
    this.assignee = element('select', { name: 'assignee', 'aria-label': 'Assign to', change: () => this.choose(this.assignee.value) });
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
      element('div', { class: 'section-head' }, element('h3', {}, 'Triage'), element('span', { class: 'triage-state' }, standing(triage))),
      this.mayAct ? this.form(triage) : null,
      history && history.length ? element('ol', { class: 'history', 'aria-label': 'What was done' }, history.map(historyRow)) : null);
  }

  form(triage) {
    const button = (text, name, primary, click, disabled = false) => element('button', { type: 'button', name, class: primary ? 'primary' : null, click, disabled }, text);
    const resolved = triage.state === 'resolved';
    return element('form', { class: 'triage-form', submit: (event) => event.preventDefault() },
      this.comment,
      element('div', { class: 'row' },
        resolved ? null : triage.state === 'acknowledged' && triage.assignee === this.me ? null
          : button(triage.state === 'acknowledged' ? 'Take over' : 'Take it', 'acknowledge', triage.untriaged, () => this.act({ action: 'acknowledge' })),
        resolved ? null : [this.resolution, button('Resolve', 'resolve', false, () => this.act({ action: 'resolve', resolution: this.resolution.value }))],
        resolved ? button('Reopen', 'reopen', true, () => this.act({ action: 'reopen' })) : null,
        this.officers.length ? [this.assignees(triage), button('Assign', 'assign', false, () => this.act({ action: 'assign', assignee: this.assignee.value }), this.chosen === null)] : null,
        button('Comment', 'comment', false, () => this.act({ action: 'comment' }))),
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
    replace(this.assignee,
      element('option', { value: '', selected: !chosen }, triage.assignee ? 'nobody' : 'Assign to…'),
      names.map((name) => element('option', { value: name, selected: name === chosen }, name + (name === triage.assignee ? ' (assigned)' : ''))));
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
