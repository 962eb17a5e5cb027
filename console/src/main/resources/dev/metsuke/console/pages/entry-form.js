// A form in which one thing is entered: what is wrong is said at its fields, and what is to be asked before it counts, below it.

import { element, replace } from '/assets/page.js';
import { joined, words } from '/assets/texts.js';

const sentences = (all) => joined('sentences', all);

export class EntryForm {
  /**
   * @param form with a submit button, the places .result, #noticed, #question and #correcting, and fields with a data-field, each
   *     with a place for its problem
   * @param refused what is said where problems are said at the fields
   * @param anew called when the form begins anew
   */
  constructor(form, refused, anew) {
    this.form = form;
    this.refused = refused;
    this.anew = anew;
    this.submit = form.querySelector('button[type=submit]');
    this.submits = this.submit.textContent;
    this.outcome = form.querySelector('.result');
    this.noticed = form.querySelector('#noticed');
    this.question = form.querySelector('#question');
    this.correcting = form.querySelector('#correcting');
    this.fixed = [];
    // What would be sent is no longer what the question shows.
    form.addEventListener('input', () => this.withdraw());
    this.correcting.querySelector('button').addEventListener('click', () => {
      const [first] = this.fixed;
      this.startAnew();
      first?.focus();
    });
  }

  /** Says at each field what is wrong with it; returns what belongs to none. */
  showProblems(found) {
    const without = [];
    const messages = new Map();
    for (const problem of found || []) {
      if (this.form.querySelector('[data-field="' + CSS.escape(problem.field || '') + '"]')) messages.set(problem.field, [...messages.get(problem.field) || [], problem.message]);
      else without.push(problem.name ? words('of-field', problem.name, problem.message) : problem.message);
    }
    for (const field of this.form.querySelectorAll('[data-field]')) {
      const wrong = messages.get(field.dataset.field);
      field.querySelector('.problem').textContent = sentences(wrong || []);
      for (const control of field.matches('fieldset') ? [field] : field.querySelectorAll('input, textarea')) {
        if (wrong) control.setAttribute('aria-invalid', 'true');
        else control.removeAttribute('aria-invalid');
      }
    }
    this.form.querySelector('input[aria-invalid], textarea[aria-invalid], fieldset[aria-invalid] input:checked')?.focus();
    return without;
  }

  refuse(found) {
    const without = this.showProblems(found);
    this.outcome.className = 'result bad';
    this.outcome.textContent = without.length > 0 ? sentences(without) : this.refused;
  }

  /** Does what may be refused, and says by what. */
  async attempt(doing, work) {
    this.noticed.replaceChildren();
    this.outcome.className = 'result';
    this.outcome.textContent = doing;
    this.submit.disabled = true;
    try {
      await work();
    } catch (refusal) {
      this.refuse(refusal.body?.problems ?? [{ message: refusal.message }]);
    } finally {
      this.submit.disabled = false;
    }
  }

  /** Says what came of it, and what there is to tell of it. */
  succeed(said, noticed) {
    this.showProblems([]);
    this.outcome.className = 'result good';
    replace(this.outcome, said);
    replace(this.noticed, noticed);
  }

  /** Leaves nothing of what was said before. */
  silence() {
    this.withdraw();
    this.showProblems([]);
    this.outcome.textContent = '';
  }

  /** Asks before it acts; who does not want it goes on where they were. */
  ask({ title, content, yes, no, back, act }) {
    const decline = () => {
      this.withdraw();
      (back.isConnected ? back : this.form.querySelector('input, textarea')).focus();
    };
    this.question.onkeydown = (event) => { if (event.key === 'Escape') decline(); };
    replace(this.question,
      element('h2', { id: 'question-title' }, title), content,
      element('div', { class: 'row' },
        element('button', { type: 'button', class: 'primary', click: async () => { this.withdraw(); await act(); this.outcome.focus(); } }, yes),
        element('button', { type: 'button', click: decline }, no)));
    this.question.hidden = false;
    this.question.focus();
  }

  withdraw() {
    this.question.hidden = true;
    this.question.replaceChildren();
  }

  /** What is entered takes the place of something that is there; the fixed fields say of what. */
  correct(of, submits, fixed) {
    this.fixed = fixed;
    for (const control of fixed) control.readOnly = true;
    replace(this.correcting.querySelector('span'), of);
    this.correcting.hidden = false;
    this.submit.textContent = submits;
  }

  /** Clears what was entered of one thing; the rest is likely the same for the next. */
  startAnew() {
    this.withdraw();
    this.correcting.hidden = true;
    for (const control of this.fixed) control.readOnly = false;
    this.fixed = [];
    this.submit.textContent = this.submits;
    for (const control of this.form.querySelectorAll('[data-once]')) control.value = '';
    this.anew();
  }
}
