// Reports as rows, and what there is to tell of them, as the form, the file and the list of the latest show it.

import { element, timeAt } from '/assets/page.js';
import { notice, table, unknownNames } from '/assets/tables.js';
import { named, text, words } from '/assets/texts.js';

const LONG_AGO = 366 * 24 * 3600 * 1000;

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
    unknownNames(words('strangers'), 'account', answer.strangers),
    unknownNames(words('unknown-departments'), 'department', answer.unknown_departments),
    longAgo(answer.reports),
  ].filter(Boolean);
}

function longAgo(reports) {
  const old = reports.filter((report) => Date.now() - new Date(report.effective_at).getTime() > LONG_AGO);
  return old.length === 0 ? null : notice(
    text('headed', element('b', {}, text('long-ago')), text('long-ago.whose', element('code', {}, old[0].account), timeAt(old[0].effective_at), old.length - 1)));
}
