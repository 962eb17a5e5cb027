// Reports as rows, and what there is to tell of them, as the form, the file and the list of the latest show it.

import { element, timeAt } from '/assets/page.js';
import { named, text, words } from '/assets/texts.js';

const NAMED = 20;
const LONG_AGO = 366 * 24 * 3600 * 1000;

/** The rest of a list behind what is shown of it; nothing where there is none. */
export const folded = (rest, show) => rest.length === 0 ? null
  : element('details', {}, element('summary', {}, text('and-more', rest.length)), show(rest));

export function table(columns, rows) {
  return element('div', { class: 'scroll' }, element('table', {},
    element('thead', {}, element('tr', {}, columns.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, rows)));
}

const column = (name) => words('column.' + name);

const COLUMNS = ['account', 'status', 'effective', 'reported', 'department', 'note'].map(column);

export const statusName = (status) => named('status.', status);

function cells(row) {
  return [
    element('td', {}, element('b', {}, row.account)),
    element('td', {}, statusName(row.status)),
    element('td', {}, timeAt(row.effective_at)),
    element('td', {}, timeAt(row.reported_at)),
    element('td', {}, row.department || ''),
    element('td', { class: 'words' }, row.note || ''),
  ];
}

/** What would be reported. */
export const preview = (rows) => table(COLUMNS, rows.map((row) => element('tr', {}, cells(row))));

export const LISTED = [...COLUMNS, column('reported-by'), words('change')];

/** A report that was made, with what can be done about it. */
export const listed = (row, actions) => element('tr', { tabindex: -1 }, cells(row),
  element('td', {}, row.reported_by || ''), element('td', { class: 'actions' }, actions));

/** What of these reports may be a slip; none where nothing is. */
export function warnings(answer) {
  return [
    names(words('strangers'), 'account', answer.strangers),
    names(words('unknown-departments'), 'department', answer.unknown_departments),
    longAgo(answer.reports),
  ].filter(Boolean);
}

function names(what, kind, found) {
  if (!found?.length) return null;
  const listing = (some) => some.map((one, i) => [i ? ', ' : null, one.resembles ? text('resembles', element('code', {}, one[kind]), element('code', {}, one.resembles)) : element('code', {}, one[kind])]);
  return element('div', { class: 'notice' }, element('b', {}, what), ' ', listing(found.slice(0, NAMED)), folded(found.slice(NAMED), listing));
}

function longAgo(reports) {
  const old = reports.filter((report) => Date.now() - new Date(report.effective_at).getTime() > LONG_AGO);
  return old.length === 0 ? null : element('div', { class: 'notice' },
    element('b', {}, text('long-ago')), ' ',
    text('long-ago.whose', element('code', {}, old[0].account), timeAt(old[0].effective_at), old.length - 1));
}
