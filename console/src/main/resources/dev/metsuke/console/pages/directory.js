import { element, showTimesOf, start, untilAt } from '/assets/page.js';
import { takeFiles } from '/assets/csv-drop.js';
import { LatestList } from '/assets/latest-list.js';
import { notice, noticeOf, table, unknownNames } from '/assets/tables.js';
import { joined, named, text, words } from '/assets/texts.js';

/** In which zone the days of a file are meant; known once it is told who is logged in. */
let zone = '';

const OF_ACCOUNT = ['person', 'name', 'email', 'department', 'employment', 'calendar', 'contract_end'];

const column = (name) => words('directory.column.' + name);
const COLUMNS = ['account', ...OF_ACCOUNT].map(column);

const shown = (entry, name) => name === 'contract_end' && entry[name] ? untilAt(entry[name]) : entry[name] || '';

const cells = (entry, mark = null, was = () => null) => [
  element('td', {}, element('b', {}, entry.account), mark),
  ...OF_ACCOUNT.map((name) => element('td', { class: 'name' }, shown(entry, name), was(name))),
];

/** What would be otherwise, and what it is now. */
function changed(entry) {
  const { before } = entry;
  const mark = before ? null : [' ', element('span', { class: 'approval current' }, text('directory.new'))];
  const was = (name) => !before || before[name] === entry[name] ? null
    : element('div', { class: 'quiet' }, before[name] ? text('directory.was', shown(before, name)) : text('directory.was-empty'));
  return element('tr', {}, cells(entry, mark, was));
}

const columns = (all) => joined('names', all.map((name) => named('directory.column.', name)));

/** What there is to know of a file before it counts, and after it. */
const warnings = (answer) => [
  answer.changed_hands === 0 ? null : notice(text('directory.changed-hands', answer.changed_hands),
    answer.columns_cleared.length === 0 ? null : [' ', text('directory.columns-cleared', columns(answer.columns_cleared))]),
  answer.columns_kept.length === 0 ? null : notice(text('directory.columns-kept', columns(answer.columns_kept))),
  noticeOf(words('directory.outranked'), answer.departments_outranked,
    (one) => text('directory.outranked.which', element('code', {}, one.account), one.department, one.reported)),
  unknownNames(words('directory.unknown-calendars'), 'calendar', answer.unknown_calendars),
  answer.reports_carried === 0 ? null : notice(text('directory.reports-carried', answer.reports_carried)),
].filter(Boolean);

/** Whom a report would be about: the person with all accounts, where the directory knows who it is. */
const reportOf = ({ account, person }) => '/report?' + new URLSearchParams(person ? { person } : { account });

/** As whom an identity provider keeps the account. */
const provisioned = (kept) => kept ? element('div', { class: 'quiet' }, text('directory.provisioned.' + kept.state, kept.user_name)) : null;

const row = (entry) => element('tr', { tabindex: -1 }, cells(entry, provisioned(entry.provisioned)),
  element('td', { class: 'actions' }, element('a', { class: 'button', href: reportOf(entry), 'aria-label': words('directory.report.which', entry.account) }, text('directory.report'))));

const list = new LatestList({
  path: '/api/directory',
  columns: [...COLUMNS, words('change')],
  rows: (page) => page.entries.map(row),
  says: {
    none: (asked) => asked.get('text') ? text('directory.none-such') : text('directory.none'),
    away: (why) => text('directory.away', why),
  },
});

takeFiles({
  path: '/api/directory/csv', zone: () => zone,
  total: (answer) => answer.changed, rows: (answer) => answer.changes,
  show: (rows) => table(COLUMNS, rows.map(changed)),
  aside: (answer) => [' · ', text('directory.file.accounts', answer.entries)],
  warnings,
  says: {
    take: (count) => text('directory.file.take', count),
    nothing: (answer) => answer.entries === 0 ? text('file.empty') : text('directory.file.known'),
    wrong: (count, name) => text('directory.file.wrong', count, name),
    done: (done, name) => text('directory.file.done', done.changed, name),
  },
  taken: () => list.show(),
});

start('directory').then((me) => {
  zone = showTimesOf(me);
  document.getElementById('csv-zone').textContent = words('file.zone', zone);
  list.show();
});
