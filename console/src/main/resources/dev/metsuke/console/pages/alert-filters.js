import { dayOf, element, trimmed } from '/assets/page.js';
import { field } from '/assets/alert-fields.js';
import { words } from '/assets/texts.js';

/** The filters that go by what an alert says, with the field that says it. */
const FILTERED = { rule: 'rule.id', state: 'metsuke.alert.state', severity: 'metsuke.alert.severity', account: 'user.id' };

/** Whether a value is asked for, as given or without what cannot be seen around it, as the console has it. */
const isMeant = (given, held) => !given.trim() || held === given || held === trimmed(given);

/** Which alerts are asked for, and in which order: what stands in the form, in the page's address and in what the console is asked. */
export class AlertFilters {
  /** Tells of each change that the reader makes. */
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    // A year that is half typed is no year yet.
    for (const control of this.controls) control.addEventListener('change', () => { if (form.checkValidity()) changed(); });
    form.addEventListener('submit', (event) => { event.preventDefault(); changed(); });
    form.addEventListener('reset', () => {
      const order = this.value('order');
      setTimeout(() => { form.elements.order.value = order; changed(); });
    });
  }

  get controls() {
    return [...this.form.elements].filter((control) => control.name);
  }

  /** Whether fewer than all are asked for. */
  get isNarrow() {
    return [...this.parameters().keys()].some((name) => name !== 'order');
  }

  /** Whose alerts can be asked for. */
  offer({ officers = [], name: own }) {
    const assignee = this.form.elements.assignee;
    this.own = own;
    for (const name of officers) this.offerAssignee(name);
    assignee.closest('label').hidden = officers.length === 0;
  }

  offerAssignee(name) {
    this.form.elements.assignee.append(element('option', { value: name }, name === this.own ? words('alerts.me', name) : name));
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

  /** Asks for what an address says; returns what of it cannot be asked for here. */
  takeFrom(parameters) {
    const assignee = parameters.get('assignee');
    // Also one who is no officer any more.
    if (assignee && ![...this.form.elements.assignee.options].some((option) => option.value === assignee)) this.offerAssignee(assignee);
    for (const control of this.controls) {
      control.value = parameters.get(control.name) || '';
      // A value that it does not offer leaves it blank.
      if (control.selectedIndex === -1) control.value = '';
    }
    return [...parameters].filter(([name, value]) => value !== this.form.elements[name]?.value).map((one) => one.join('='));
  }

  asksForTriage() {
    return Boolean(this.value('triage') || this.value('assignee'));
  }

  /** Whether an alert is asked for, as it and its triage stand now. */
  wants(entry) {
    return this.wantsTriage(entry.triage) && this.wantsTime(field(entry, 'event.start'), field(entry, 'event.end')) && Object.entries(FILTERED).every(([name, path]) => isMeant(this.value(name), String(field(entry, path))));
  }

  /** Whether an episode lies at least partly in the period, by days in the zone in which times are shown. */
  wantsTime(start, end) {
    const from = this.value('from');
    const to = this.value('to');
    return (!from || dayOf(end) >= from) && (!to || dayOf(start) <= to);
  }

  asksForTime() {
    return Boolean(this.value('from') || this.value('to'));
  }

  wantsTriage(stands) {
    if (!stands) return !this.asksForTriage();
    const wish = this.value('triage');
    const whose = this.value('assignee');
    return (!wish || (wish === 'new' ? stands.untriaged : stands.state === wish)) && (!whose || stands.assignee === whose);
  }
}
