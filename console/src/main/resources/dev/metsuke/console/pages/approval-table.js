// Approvals as rows, and what there is to tell of them, as the form, the file and the list show it.

import { count, dayOf, element, timeAt, untilAt } from '/assets/page.js';
import { noticeOf, table, unknownNames } from '/assets/tables.js';
import { named, text, words } from '/assets/texts.js';

const column = (name) => words('approvals.column.' + name);

const COLUMNS = ['account', 'dataset', 'period', 'people', 'ticket', 'note'].map(column);

const stateName = (state) => named('approvals.state.', state);

/** How many people's data, where it goes, and until when, as a part of a sentence. */
export const described = (row) => text('approvals.described',
  element('b', {}, row.account), element('code', {}, row.dataset), timeAt(row.from), untilAt(row.until), row.max_records, element('code', {}, row.ticket));

const period = (row) => text('approvals.period', timeAt(row.from), untilAt(row.until));

/** All that one says. */
export function details(row) {
  const pairs = [
    ['account', element('b', {}, row.account)], ['dataset', row.dataset], ['period', period(row)], ['people', count(row.max_records)], ['ticket', row.ticket], ['note', row.note],
  ];
  return element('dl', { class: 'pairs' }, pairs.filter(([, value]) => value).map(([name, value]) => [element('dt', {}, column(name)), element('dd', {}, value)]));
}

function cells(row) {
  return [
    element('td', {}, element('b', {}, row.account)),
    element('td', {}, row.dataset),
    element('td', { class: 'times' }, period(row)),
    element('td', { class: 'number right' }, count(row.max_records)),
    element('td', {}, row.ticket),
    element('td', { class: 'words' }, row.note || ''),
  ];
}

/** What would be approved. */
export const preview = (rows) => table(COLUMNS, rows.map((row) => element('tr', {}, cells(row))));

export const LISTED = [column('state'), ...COLUMNS, column('approved'), words('change')];

const said = (time, by) => [timeAt(time), by ? [' ', element('span', { class: 'quiet' }, by)] : null];

const standing = (row) => [
  element('span', { class: 'approval ' + row.state }, stateName(row.state)),
  row.taken_back_at ? [' ', said(row.taken_back_at, row.taken_back_by)] : null,
];

/** An approval that was given, with what can be done about it. */
export const listed = (row, actions) => element('tr', { tabindex: -1 },
  element('td', { class: 'times' }, standing(row)),
  cells(row),
  element('td', { class: 'times' }, said(row.approved_at, row.approved_by)),
  element('td', { class: 'actions' }, uses(row), actions));

/** Where the uses of an approval are recorded: none before it begins, and those of one that was taken back are no uses any more. */
function uses(row) {
  if (row.state !== 'current' && row.state !== 'past') return null;
  const asked = new URLSearchParams({ account: row.account, state: 'approved', from: dayOf(row.from), to: dayOf(new Date(row.until).getTime() - 1) });
  return element('a', { class: 'button', href: '/alerts?' + asked, 'aria-label': words('approvals.uses.which', row.account) }, text('approvals.uses'));
}

/** What of these approvals may be a slip, or changes what was approved before; none where nothing does. */
export function warnings(answer) {
  return [
    unknownNames(words('strangers'), 'account', answer.strangers),
    unknownNames(words('approvals.unknown-datasets'), 'dataset', answer.unknown_datasets),
    noticeOf(words('approvals.superseded'), answer.superseded, described),
    noticeOf(words('approvals.idle'), answer.idle, (one) => text('approvals.which', element('code', {}, one.approval_id), element('code', {}, one.account))),
    noticeOf(words('approvals.over'), answer.approvals.filter(isOver), (row) => text('approvals.over.which', element('code', {}, row.account), untilAt(row.until))),
  ].filter(Boolean);
}

const isOver = (row) => row.max_records > 0 && new Date(row.until) <= Date.now();

/** What a file says once more, and does not approve anew by that. */
export const unchanged = (answer) => noticeOf(words('approvals.replaced'), answer.replaced,
  (one) => text('approvals.which', element('code', {}, one.approval_id), element('code', {}, one.account)));
