import { at, element } from '/assets/page.js';
import { named, words } from '/assets/texts.js';

export const SEVERITIES = ['critical', 'high', 'medium', 'low'];

/** A field of an entry of the console's list, by its dotted path. */
export const field = (entry, path) => at(entry.alert, path);
export const idOf = (entry) => field(entry, 'metsuke.alert.id');
export const label = (entry, name) => String(field(entry, ['metsuke.alert', name].join('.')) ?? '');
export const knownSeverity = (entry) => (SEVERITIES.includes(label(entry, 'severity')) ? label(entry, 'severity') : 'low');
const known = (entry, name) => Number(label(entry, name)) || 0;

export const severityName = (severity) => named('severity.', severity);
export const triageStateName = (state) => named('triage-state.', state);
const ruleName = (entry) => named('rule.', field(entry, 'rule.id'), field(entry, 'rule.name'));

/** A sentence of detection's, whose language may be another than the page's. */
export const sentence = (said) => element('span', { lang: '' }, said);

export function chip(severity) {
  return element('span', { class: 'chip ' + severity }, severityName(severity));
}

export const rule = (entry) => element('span', { class: 'rule' }, ruleName(entry));

export function state(entry) {
  const name = label(entry, 'state');
  return element('span', { class: 'state ' + (['open', 'closed', 'withdrawn'].includes(name) ? name : '') }, named('alert-state.', name));
}

export function people(entry) {
  const records = known(entry, 'records');
  const isLeast = known(entry, 'unknown_records') > 0;
  if (records === 0 && isLeast) return words('people.unknown');
  return words(isLeast ? 'people.at-least' : 'people', records);
}

export const accesses = (number) => words('accesses', number);

/** How many accesses an alert counts. */
export const eventsOf = (entry) => known(entry, 'events');

/** Whose data its accesses touched, as far as logs say. */
export function touched(entry) {
  const unknown = known(entry, 'unknown_records');
  return words(unknown ? 'alert.touched-unknown' : 'alert.touched', people(entry), accesses(eventsOf(entry)), unknown);
}
