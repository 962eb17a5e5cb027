import { call, dayAndClock, dayOf, element, showTimesOf, start, timeAt, today } from '/assets/page.js';
import { firstOf, takeFiles } from '/assets/csv-drop.js';
import { EntryForm } from '/assets/entry-form.js';
import { latestReports } from '/assets/latest-reports.js';
import { preview, statusName, warnings } from '/assets/report-table.js';
import { joined, text, words } from '/assets/texts.js';

const form = document.getElementById('report');
const given = form.elements;
const entry = new EntryForm(form, words('nothing-reported'), () => { corrected = null; });
const latest = latestReports(actions);

/** What is written comes into the archive a moment later. */
const showLatestSoon = () => setTimeout(() => latest.show(), 2500);

/** Of what is typed and of what is shown; known once it is told who is logged in. */
let zone = '';

/** The report whose place the form's is to take, and the time of it that the form shows. */
let corrected = null;

/** Where the directory's page led here. */
const asked = new URLSearchParams(location.search);
given.accounts.value ||= asked.get('account') ?? '';
given.person.value ||= asked.get('person') ?? '';

function department() {
  document.getElementById('department-field').hidden = given.status.value !== 'transferred';
}
form.addEventListener('change', department);
department();

/** What came of a report, as which its text is called. */
function outcomeOf(answer, usual) {
  if (answer.new === 0) return 'known';
  return answer.new < answer.count ? 'partly-known' : usual;
}

const send = (body, dryRun) => call('/api/account-status?dry_run=' + dryRun,
  { method: 'POST', body: JSON.stringify({ ...body, zone }), headers: { 'Content-Type': 'application/json' } });

const written = () => given.date.value ? given.date.value + ' ' + (given.time.value || '00:00') : '';

function entered() {
  return {
    accounts: corrected ? corrected.accounts : given.accounts.value.split(/[\n,、，]/).map((account) => account.trim()).filter(Boolean),
    person: given.person.value.trim(), status: given.status.value,
    // The form knows no fractions of a second.
    effective_at: corrected && written() === corrected.shown ? corrected.effective_at : written(),
    department: given.status.value === 'transferred' ? given.department.value : '', note: given.note.value,
    report_id: corrected ? corrected.report_id : '',
  };
}

/** @param status what it was about, where that is not what it says */
async function report(body, usual, asked, status = body.status) {
  const answer = await send(body, false);
  const accounts = joined('names', answer.reports.map((each) => each.account));
  entry.succeed(text('done.' + outcomeOf(answer, usual), accounts, statusName(status), timeAt(answer.reports[0].effective_at), answer.new, answer.count),
    asked ? [] : warnings(answer));
  entry.startAnew();
  showLatestSoon();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  entry.withdraw();
  const body = entered();
  if (body.accounts.length > 0 && body.person) {
    entry.refuse([{ field: 'person', message: words('person-beside-accounts') }]);
    return;
  }
  const usual = corrected ? 'corrected' : 'reported';
  entry.attempt(words('reporting'), async () => {
    const trial = await send(body, true);
    const doubts = warnings(trial);
    if (doubts.length === 0) {
      await report(body, usual, false);
      return;
    }
    entry.silence();
    entry.ask({
      title: words('doubt'), content: [doubts, firstOf(trial.reports, preview)],
      yes: words('doubt.report'), no: words('doubt.change'), back: given.accounts.readOnly ? given.date : given.accounts,
      act: () => entry.attempt(words('reporting'), () => report(body, usual, true)),
    });
  });
});

function correct(row) {
  entry.silence();
  const [day, time] = dayAndClock(new Date(row.effective_at));
  given.accounts.value = row.person ? '' : row.account;
  given.person.value = row.person || '';
  given.status.value = row.status;
  given.date.value = day;
  given.time.value = time.replace(/:00$/, '');
  given.department.value = row.department || '';
  given.note.value = row.note || '';
  department();
  corrected = { accounts: row.person ? [] : [row.account], report_id: row.report_id, effective_at: row.effective_at, shown: written() };
  entry.correct(text('correcting', whose(row), statusName(row.status), timeAt(row.effective_at)), words('correct'), [given.accounts, given.person]);
  given.date.focus();
}

const whose = (row) => row.person ? text('whole-person', element('b', {}, row.person)) : element('b', {}, row.account);

/** Under the report's own id; nothing of the report is left. */
function takeBack(row, opener) {
  entry.startAnew();
  entry.silence();
  const body = {
    accounts: row.person ? [] : [row.account], person: row.person || '', status: 'taken-back', effective_at: row.effective_at,
    department: '', note: words('take-back.note', statusName(row.status)), report_id: row.report_id,
  };
  entry.ask({
    title: words('take-back.question'),
    content: [
      element('p', {}, text('take-back.report', whose(row), statusName(row.status), timeAt(row.effective_at))),
      element('p', {}, text('take-back.meaning')),
    ],
    yes: words('take-back'), no: words('take-back.leave'), back: opener,
    act: () => entry.attempt(words('taking-back'), () => report(body, 'taken-back', true, row.status)),
  });
}

/** By what a report differs from others about the same account. */
const which = (row) => [row.account, statusName(row.status), dayOf(row.effective_at)];

/** Of what was taken back there is nothing to correct: it can be reported anew. */
function actions(row) {
  return row.status === 'taken-back' ? [] : [
    element('button', { type: 'button', 'aria-label': words('correct.which', ...which(row)), click: () => correct(row) }, text('correct')),
    element('button', { type: 'button', 'aria-label': words('take-back.which', ...which(row)), click: (event) => takeBack(row, event.currentTarget) }, text('take-back')),
  ];
}

takeFiles({
  path: '/api/account-status/csv', zone: () => zone,
  rows: (answer) => answer.reports, show: preview, warnings,
  aside: (answer) => answer.repeated ? [' · ', text('file.repeated', answer.repeated)] : null,
  says: {
    take: (count) => text('file.report', count),
    wrong: (count, name) => text('file.wrong', count, name),
    done: (done, name) => text('file.done.' + outcomeOf(done, 'reported'), done.count, name, done.new),
  },
  taken: showLatestSoon,
});

start('report').then((me) => {
  zone = showTimesOf(me);
  document.getElementById('report-zone').textContent = zone;
  document.getElementById('csv-zone').textContent = words('file.zone', zone);
  if (!given.date.value) given.date.value = today();
  latest.show();
});
