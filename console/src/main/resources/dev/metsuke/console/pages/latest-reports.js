// The list of what was reported.

import { at, element } from '/assets/page.js';
import { LatestList } from '/assets/latest-list.js';
import { LISTED, listed } from '/assets/report-table.js';
import { text } from '/assets/texts.js';

const reportOf = (document) => ({
  account: at(document, 'user.id'), report_id: at(document, 'metsuke.status.id'), person: at(document, 'metsuke.status.person'),
  status: at(document, 'metsuke.status.type'), effective_at: at(document, 'metsuke.status.effective_at'),
  reported_at: at(document, 'metsuke.status.reported_at'), reported_by: at(document, 'metsuke.status.reported_by'),
  department: at(document, 'metsuke.status.department'), note: at(document, 'metsuke.status.note'),
});

/** @param actions what can be done about a report that holds */
export const latestReports = (actions) => new LatestList({
  path: '/api/account-status',
  columns: LISTED,
  rows: (page, said) => page.reports.map(reportOf).map((report) => row(report, said, actions)),
  says: {
    none: (asked) => asked.get('account') ? text('latest.none-about', asked.get('account')) : text('latest.none'),
    away: (why) => text('latest.away', why),
  },
});

/** Only the latest word of a report can be changed. */
function row(report, said, actions) {
  const name = JSON.stringify([report.account, report.report_id]);
  const isReplaced = said.has(name);
  said.add(name);
  return listed(report, isReplaced ? element('span', { class: 'quiet' }, text('latest.replaced')) : actions(report));
}
