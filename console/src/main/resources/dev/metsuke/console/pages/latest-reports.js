// The list of what was reported, newest first.

import { at, call, element, replace } from '/assets/page.js';
import { LISTED, listed, table } from '/assets/report-table.js';
import { text, words } from '/assets/texts.js';

const filter = document.getElementById('latest-filter');
const place = document.getElementById('latest');
const total = document.getElementById('latest-total');

let turn = 0;
let actions = () => [];

const reportOf = (document) => ({
  account: at(document, 'user.id'), report_id: at(document, 'metsuke.status.id'), person: at(document, 'metsuke.status.person'),
  status: at(document, 'metsuke.status.type'), effective_at: at(document, 'metsuke.status.effective_at'),
  reported_at: at(document, 'metsuke.status.reported_at'), reported_by: at(document, 'metsuke.status.reported_by'),
  department: at(document, 'metsuke.status.department'), note: at(document, 'metsuke.status.note'),
});

const ask = (account, after) => call('/api/account-status?account=' + encodeURIComponent(account) + (after ? '&after=' + encodeURIComponent(after) : ''));

/** Shows the first of them anew. */
export async function showLatest() {
  const mine = ++turn;
  const account = filter.elements.account.value.trim();
  try {
    const page = await ask(account);
    if (mine === turn) show(page, account, mine);
  } catch (refusal) {
    if (mine === turn) away(refusal);
  }
}

function away(refusal) {
  total.textContent = '';
  replace(place, element('p', { class: 'quiet' }, text('latest.away', refusal.message)));
}

function show(first, account, mine) {
  if (first.reports.length === 0) {
    total.textContent = '';
    replace(place, element('p', { class: 'quiet' }, account ? text('latest.none-about', account) : text('latest.none')));
    return;
  }
  const said = new Set();
  const shown = table(LISTED, []);
  const body = shown.querySelector('tbody');
  const more = element('button', { type: 'button' }, text('latest.more'));
  let next = null;
  const add = (page) => {
    const rows = page.reports.map(reportOf).map((report) => row(report, said));
    body.append(...rows);
    next = page.next;
    more.hidden = !next;
    total.textContent = words(page.exact ? 'latest.total' : 'latest.total-at-least', body.rows.length, page.total);
    return rows;
  };
  more.addEventListener('click', async () => {
    more.disabled = true;
    try {
      const page = await ask(account, next);
      if (mine === turn) add(page)[0]?.focus();
    } catch (refusal) {
      if (mine === turn) total.textContent = refusal.message;
    } finally {
      more.disabled = false;
    }
  });
  add(first);
  replace(place, shown, more);
}

/** Only the latest word of a report can be changed. */
function row(report, said) {
  const name = JSON.stringify([report.account, report.report_id]);
  const isReplaced = said.has(name);
  said.add(name);
  return listed(report, isReplaced ? element('span', { class: 'quiet' }, text('latest.replaced')) : actions(report));
}

filter.addEventListener('submit', (event) => {
  event.preventDefault();
  showLatest();
});

/** @param of what can be done about a report that holds */
export function startLatest(of) {
  actions = of;
  showLatest();
}
