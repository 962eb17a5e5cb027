import { at, element, plural } from '/assets/page.js';

export const SEVERITIES = ['critical', 'high', 'medium', 'low'];

/** A field of an entry of the console's list, by its dotted path. */
export const field = (entry, path) => at(entry.alert, path);
export const idOf = (entry) => field(entry, 'metsuke.alert.id');
export const label = (entry, name) => String(field(entry, 'metsuke.alert.' + name) ?? '');
export const knownSeverity = (entry) => (SEVERITIES.includes(label(entry, 'severity')) ? label(entry, 'severity') : 'low');

export function chip(severity) {
  return element('span', { class: 'chip ' + severity }, severity);
}

export function state(entry) {
  const name = label(entry, 'state');
  return element('span', { class: 'state ' + (['open', 'closed', 'withdrawn'].includes(name) ? name : '') }, name);
}

export function people(entry) {
  const records = Number(label(entry, 'records')) || 0;
  const unknown = Number(label(entry, 'unknown_records')) || 0;
  if (records === 0 && unknown > 0) return 'people unknown';
  return plural(records, 'person', 'people') + (unknown > 0 ? ' or more' : '');
}
