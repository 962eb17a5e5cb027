import { element, trimmed } from '/assets/page.js';
import { field } from '/assets/alert-fields.js';

/** The filters that go by what an alert says, with the field that says it. */
const FILTERED = { rule: 'rule.id', state: 'metsuke.alert.state', severity: 'metsuke.alert.severity', account: 'user.id' };

/** Whether a value is asked for, as given or without what cannot be seen around it, as the console has it. */
const isMeant = (given, held) => !given.trim() || held === given || held === trimmed(given);

/** Which alerts are asked for: what stands in the form, in the page's address and in what the console is asked. */
export class AlertFilters {
  /** Tells of each change that the reader makes. */
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    form.addEventListener('change', changed);
    form.addEventListener('submit', (event) => { event.preventDefault(); changed(); });
    form.addEventListener('reset', () => setTimeout(changed));
  }

  /** Whose alerts can be asked for. */
  offer({ officers = [], name: own }) {
    const assignee = this.form.elements.assignee;
    for (const name of officers) assignee.append(element('option', { value: name }, name === own ? name + ' (me)' : name));
    assignee.closest('label').hidden = officers.length === 0;
  }

  value(name) {
    return this.form.elements[name].value;
  }

  /** Asks for a value, or for any where it is asked for already. */
  toggle(name, value) {
    this.form.elements[name].value = this.value(name) === value ? '' : value;
    this.changed();
  }

  /** Names go as they stand: what cannot be seen around one may belong to it, and is the console's to judge. */
  parameters() {
    return new URLSearchParams([...new FormData(this.form)].filter(([, value]) => value.trim()));
  }

  takeFrom(parameters) {
    for (const control of this.form.querySelectorAll('[name]')) control.value = parameters.get(control.name) || '';
  }

  asksForTriage() {
    return Boolean(this.value('triage') || this.value('assignee'));
  }

  /** Whether an alert is asked for, as it and its triage stand now. */
  wants(entry) {
    return this.wantsTriage(entry.triage) && Object.entries(FILTERED).every(([name, path]) => isMeant(this.value(name), String(field(entry, path))));
  }

  wantsTriage(stands) {
    if (!stands) return !this.asksForTriage();
    const wish = this.value('triage');
    const whose = this.value('assignee');
    return (!wish || (wish === 'new' ? stands.untriaged : stands.state === wish)) && (!whose || stands.assignee === whose);
  }
}
