// The settings by which a rule judged: those that this console knows by their names in the page's language, others as the alert has them.

import { element } from '/assets/page.js';
import { joined, named, words } from '/assets/texts.js';

/** As detection writes them: 35 d, 5 h 20 min. */
const SPAN = /^\d+ (?:d|h|min)(?: \d+ (?:h|min))?$/;
const SPANS = ['quiet', 'horizon', 'bulk-read.window', 'revoked.hand-over'];
const PART = /(\d+) (d|h|min)/g;

const UNITS = { d: (number) => words('span.days', number), h: (number) => words('span.hours', number), min: (number) => words('span.minutes', number) };

const span = (written) => joined('span', [...written.matchAll(PART)].map(([, number, unit]) => UNITS[unit](number)));

const value = (name, written) => SPANS.includes(name) && SPAN.test(written) ? span(written) : named('setting.', name + '.' + written.replaceAll(' ', '-'), written);

/** Each with its value. */
export const settingsList = (settings) => element('dl', { class: 'pairs' }, Object.entries(settings).map(([name, written]) => [
  element('dt', { title: name }, named('setting.', name)), element('dd', {}, value(name, String(written))),
]));
