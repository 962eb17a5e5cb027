import { call, element, replace } from '/assets/page.js';
import { field, idOf, sentence } from '/assets/alert-fields.js';
import { text, words } from '/assets/texts.js';
import { commentField, resolutionChoice, resolutionWithin, said } from '/assets/triage.js';

/** As many as the console takes at once. */
const MOST = 200;

/**
 * The alerts of the list that are chosen, and what is done about all of them. Each is decided as it was seen when it was chosen: what a
 * colleague did since then is told, and not written over.
 */
export class AlertSelection {
  /**
   * @param place where what is chosen is decided about
   * @param all the checkbox for all that are shown
   * @param list the alerts
   * @param took takes the alerts' entries as they stand after something was done
   */
  constructor(place, all, list, took) {
    this.place = place;
    this.all = all;
    this.list = list;
    this.took = took;
    /** What was seen of each, by id. */
    this.chosen = new Map();
    /** The box that was clicked last, for a choice of all from there on. */
    this.last = null;
    this.comment = commentField();
    this.resolution = resolutionChoice();
    this.total = element('b', {});
    this.note = element('span', { class: 'quiet' });
    /** What is to be said about the choice; it stays until there is something else. */
    this.remark = '';
    /** Whether the console is asked, and has not answered yet. */
    this.isAsking = false;
    this.problem = element('p', { class: 'problem', role: 'alert' });
    this.outcome = element('div', { class: 'outcome', role: 'status', tabindex: -1 });
    this.buttons = [
      element('button', { type: 'button', name: 'acknowledge', click: () => this.act({ action: 'acknowledge' }) }, text('chosen.take')),
      element('button', { type: 'button', name: 'resolve', click: () => this.act({ action: 'resolve', resolution: this.resolution.value }) }, text('chosen.resolve')),
    ];
    this.form = element('form', { class: 'triage-form', submit: (event) => event.preventDefault() },
      element('p', { class: 'row', role: 'status' }, this.total, this.note),
      this.comment,
      element('div', { class: 'row' }, this.buttons[0], this.resolution, this.buttons[1]),
      element('p', { class: 'hint' }, text('chosen.meaning')),
      this.problem);
    replace(place, this.form, this.outcome,
      element('button', { type: 'button', class: 'plain close', title: words('chosen.none'), 'aria-label': words('chosen.none-and-close'), click: () => this.leave() }, '✕'));
    all.closest('label').hidden = false;
    all.addEventListener('change', () => this.chooseAll(all.checked));
    // A row is drawn anew whenever its alert changes, and stays the same row.
    new MutationObserver(() => this.reconcile()).observe(list.place, { childList: true });
    list.selection = this;
  }

  /** The box by which an alert is chosen. */
  box(entry) {
    const id = idOf(entry);
    // Shift would mark the text of all rows between as well.
    return element('label', { class: 'choose', mousedown: (event) => { if (event.shiftKey) event.preventDefault(); } }, element('input', {
      type: 'checkbox', checked: this.chosen.has(id), 'aria-label': words('chosen.choose', field(entry, 'message')),
      click: ({ target, shiftKey }) => {
        for (const one of shiftKey ? this.between(this.last, id) : [id]) this.choose(one, target.checked);
        this.last = id;
        this.draw();
      },
    }));
  }

  between(one, other) {
    const shown = this.shown();
    const [from, to] = [shown.indexOf(one), shown.indexOf(other)].sort((a, b) => a - b);
    return from < 0 ? [other] : shown.slice(from, to + 1);
  }

  shown() {
    return [...this.list.place.children].map((row) => row.dataset.id);
  }

  choose(id, isChosen) {
    const entry = this.list.latest(id);
    if (!isChosen) this.chosen.delete(id);
    else if (!this.chosen.has(id)) this.chosen.set(id, { events: field(entry, 'metsuke.alert.events'), severity: field(entry, 'metsuke.alert.severity'), after: entry.triage?.last || '' });
    const box = this.list.rowOf(id)?.querySelector('input');
    if (box) box.checked = isChosen;
  }

  toggle(id) {
    this.choose(id, !this.chosen.has(id));
    this.last = id;
    this.draw();
  }

  chooseAll(isChosen) {
    const shown = this.shown();
    for (const id of [...this.chosen.keys()]) this.choose(id, false);
    if (isChosen) for (const id of shown.slice(0, MOST)) this.choose(id, true);
    this.draw(isChosen && shown.length > MOST ? words('chosen.first-of', shown.length) : '');
  }

  /** Lets go of what is no longer in the list: nobody decides about what they do not see. */
  reconcile() {
    // What is being decided leaves a list of what is untriaged before the answer comes.
    if (this.isAsking) return;
    const gone = [...this.chosen.keys()].filter((id) => !this.list.rowOf(id));
    for (const id of gone) this.chosen.delete(id);
    this.draw(gone.length ? words('chosen.gone', gone.length) : undefined);
  }

  /** Shows how many are chosen. */
  draw(remark = this.remark) {
    this.remark = remark;
    const number = this.chosen.size;
    const shown = this.list.length;
    this.all.checked = number > 0 && number === shown;
    this.all.indeterminate = number > 0 && number < shown;
    this.total.textContent = words('chosen.total', number);
    this.note.textContent = number > MOST ? words('chosen.too-many', MOST) : remark;
    for (const button of this.buttons) button.disabled = this.isAsking || number === 0 || number > MOST;
    this.form.hidden = number === 0 && !remark;
    this.place.hidden = this.form.hidden && !this.outcome.hasChildNodes();
  }

  leave() {
    replace(this.outcome);
    this.problem.textContent = '';
    for (const id of [...this.chosen.keys()]) this.choose(id, false);
    this.draw('');
    this.all.focus();
  }

  async act(wish) {
    const alerts = [...this.chosen].map(([id, seen]) => ({ id, ...seen }));
    this.problem.textContent = '';
    replace(this.outcome);
    this.isAsking = true;
    this.draw('');
    const body = JSON.stringify({ ...wish, comment: this.comment.value, alerts });
    const { results, refusal } = await call('/api/alerts/triage', { method: 'POST', body }).catch((reason) => ({ refusal: reason }));
    this.isAsking = false;
    if (refusal) {
      this.problem.textContent = said(refusal);
      this.reconcile();
      return;
    }
    for (const { id } of results) this.choose(id, false);
    this.comment.value = this.resolution.value = '';
    this.tell(wish, results);
    this.reconcile();
    this.took(results.filter(({ triage }) => triage).map(({ id, triage }) => ({ ...this.list.latest(id), triage })));
    this.outcome.focus({ preventScroll: true });
  }

  tell({ action, resolution }, results) {
    const done = results.filter((result) => result.done).length;
    const left = results.filter((result) => !result.done);
    replace(this.outcome,
      element('p', { class: done ? 'good' : null }, done === 0 ? text('chosen.nothing-done') : action === 'acknowledge' ? text('chosen.taken', done)
        : text('chosen.resolved', done, element('b', {}, resolutionWithin(resolution)))),
      left.length === 0 ? null : [
        element('p', {}, text('chosen.left', left.length)),
        element('ul', {}, left.map(({ id, error }) => element('li', {}, text('of-field',
          element('a', { href: '/alerts/' + encodeURIComponent(id), click: (event) => { event.preventDefault(); this.list.open(id); } }, sentence(field(this.list.latest(id), 'message'))), error)))),
      ]);
  }
}
