import { call, dayAndClock, element, replace, showTimesOf, start, timeAt, today } from '/assets/page.js';
import { folded, preview as previewed, statusName, table, warnings } from '/assets/report-table.js';
import { showLatest, startLatest } from '/assets/latest-reports.js';
import { text, words } from '/assets/texts.js';

const form = document.getElementById('report');
const given = form.elements;
const submit = form.querySelector('button[type=submit]');
const submitsReport = submit.textContent;
const outcome = document.getElementById('report-result');
const noticed = document.getElementById('strangers');
const question = document.getElementById('question');
const correcting = document.getElementById('correcting');
const preview = document.getElementById('preview');
const file = document.getElementById('file');
const drop = document.getElementById('drop');

const SHOWN_ROWS = 20;
const SHOWN_PROBLEMS = 200;

/** Of what is typed and of what is shown; known once it is told who is logged in. */
let zone = '';

/** The report whose place the form's is to take, and the time of it that the form shows. */
let corrected = null;

function department() {
  document.getElementById('department-field').hidden = given.status.value !== 'transferred';
}
form.addEventListener('change', department);
department();

/** Says at each field what is wrong with it; returns what belongs to none. */
function problems(found) {
  const without = [];
  const messages = new Map();
  for (const problem of found || []) {
    if (form.querySelector('[data-field="' + CSS.escape(problem.field || '') + '"]')) messages.set(problem.field, [...messages.get(problem.field) || [], problem.message]);
    else without.push(problem.message);
  }
  for (const field of form.querySelectorAll('[data-field]')) {
    const wrong = messages.get(field.dataset.field);
    field.querySelector('.problem').textContent = sentences(wrong || []);
    for (const control of field.matches('fieldset') ? [field] : field.querySelectorAll('input, textarea')) {
      if (wrong) control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
    }
  }
  form.querySelector('input[aria-invalid], textarea[aria-invalid], fieldset[aria-invalid] input:checked')?.focus();
  return without;
}

const joined = (key, all) => all.length === 0 ? '' : all.reduce((some, next) => words(key, some, next));
const sentences = (all) => joined('sentences', all);

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

/** Does what may be refused, and says by what. */
async function attempt(doing, work) {
  noticed.replaceChildren();
  outcome.className = 'result';
  outcome.textContent = doing;
  submit.disabled = true;
  try {
    await work();
  } catch (refusal) {
    const without = problems(refusal.body?.problems);
    outcome.className = 'result bad';
    outcome.textContent = without.length > 0 || !refusal.body?.problems ? sentences(without) || refusal.message : words('nothing-reported');
  } finally {
    submit.disabled = false;
  }
}

async function report(body, usual, asked) {
  const answer = await send(body, false);
  problems([]);
  outcome.className = 'result good';
  const accounts = joined('names', answer.reports.map((each) => each.account));
  replace(outcome, text('done.' + outcomeOf(answer, usual), accounts, statusName(body.status), timeAt(answer.reports[0].effective_at), answer.new, answer.count));
  if (!asked) replace(noticed, warnings(answer));
  clear();
  setTimeout(showLatest, 2500);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  withdraw();
  const body = entered();
  if (body.accounts.length > 0 && body.person) {
    problems([{ field: 'person', message: words('person-beside-accounts') }]);
    outcome.className = 'result bad';
    outcome.textContent = words('nothing-reported');
    return;
  }
  const usual = corrected ? 'corrected' : 'reported';
  attempt(words('reporting'), async () => {
    const trial = await send(body, true);
    const doubts = warnings(trial);
    if (doubts.length === 0) {
      await report(body, usual, false);
      return;
    }
    problems([]);
    outcome.textContent = '';
    ask(words('doubt'), [doubts, previewed(trial.reports.slice(0, SHOWN_ROWS)), folded(trial.reports.slice(SHOWN_ROWS), previewed)],
      words('doubt.report'), words('doubt.change'), given.accounts.readOnly ? given.date : given.accounts,
      () => attempt(words('reporting'), () => report(body, usual, true)));
  });
});

/** Asks before it acts; who does not want it goes on where they were. */
function ask(title, content, yes, no, back, act) {
  const decline = () => {
    withdraw();
    (back.isConnected ? back : given.accounts).focus();
  };
  question.onkeydown = (event) => { if (event.key === 'Escape') decline(); };
  replace(question,
    element('h2', { id: 'question-title' }, title), content,
    element('div', { class: 'row' },
      element('button', { type: 'button', class: 'primary', click: async () => { withdraw(); await act(); outcome.focus(); } }, yes),
      element('button', { type: 'button', click: decline }, no)));
  question.hidden = false;
  question.focus();
}

function withdraw() {
  question.hidden = true;
  question.replaceChildren();
}
// What would be reported is no longer what the question shows.
form.addEventListener('input', withdraw);

function correct(row) {
  withdraw();
  problems([]);
  outcome.textContent = '';
  const [day, time] = dayAndClock(new Date(row.effective_at));
  given.accounts.value = row.person ? '' : row.account;
  given.person.value = row.person || '';
  given.accounts.readOnly = given.person.readOnly = true;
  given.status.value = row.status;
  given.date.value = day;
  given.time.value = time.replace(/:00$/, '');
  given.department.value = row.department || '';
  given.note.value = row.note || '';
  department();
  corrected = { accounts: row.person ? [] : [row.account], report_id: row.report_id, effective_at: row.effective_at, shown: written() };
  replace(correcting.querySelector('span'), text('correcting', whose(row), statusName(row.status), timeAt(row.effective_at)));
  correcting.hidden = false;
  submit.textContent = words('correct');
  given.date.focus();
}

const whose = (row) => row.person ? text('whole-person', element('b', {}, row.person)) : element('b', {}, row.account);

/** A return under the report's own id and from its own time on leaves nothing of the report. */
function takeBack(row, opener) {
  clear();
  problems([]);
  outcome.textContent = '';
  const body = {
    accounts: row.person ? [] : [row.account], person: row.person || '', status: 'reinstated', effective_at: row.effective_at,
    department: '', note: words('take-back.note', statusName(row.status)), report_id: row.report_id,
  };
  ask(words('take-back.question'), [
    element('p', {}, text('take-back.report', whose(row), statusName(row.status), timeAt(row.effective_at))),
    element('p', {}, text('take-back.meaning')),
  ], words('take-back'), words('take-back.leave'), opener, () => attempt(words('taking-back'), () => report(body, 'taken-back', true)));
}

function clear() {
  withdraw();
  corrected = null;
  correcting.hidden = true;
  given.accounts.readOnly = given.person.readOnly = false;
  submit.textContent = submitsReport;
  given.accounts.value = given.person.value = given.note.value = '';
}
correcting.querySelector('button').addEventListener('click', () => { clear(); given.accounts.focus(); });

function actions(row) {
  return [
    element('button', { type: 'button', 'aria-label': words('correct.which', row.account), click: () => correct(row) }, text('correct')),
    row.status === 'reinstated' ? null
      : element('button', { type: 'button', 'aria-label': words('take-back.which', row.account), click: (event) => takeBack(row, event.currentTarget) }, text('take-back')),
  ];
}

const upload = (content, dryRun) => call('/api/account-status/csv?dry_run=' + dryRun + '&zone=' + encodeURIComponent(zone),
  { method: 'POST', body: content, headers: { 'Content-Type': 'text/csv' } });

const wrongRows = (found) => table([words('wrong.line'), words('wrong.column'), words('wrong.what')], found.map((problem) => element('tr', {},
  element('td', { class: 'number right' }, problem.line ?? ''), element('td', { class: 'whole' }, problem.name ?? ''), element('td', {}, problem.message))));

async function read(chosen) {
  replace(preview, element('p', { class: 'quiet' }, text('file.reading', chosen.name)));
  const content = await chosen.arrayBuffer();
  try {
    const answer = await upload(content, true);
    const button = element('button', { type: 'button', class: 'primary' }, text('file.report', answer.count));
    button.addEventListener('click', async () => {
      button.disabled = true;
      try {
        const done = await upload(content, false);
        replace(preview, element('p', { class: 'result good', role: 'status' }, text('file.done.' + outcomeOf(done, 'reported'), done.count, chosen.name, done.new)), warnings(done));
        setTimeout(showLatest, 2500);
      } catch (refusal) {
        button.disabled = false;
        preview.append(element('p', { class: 'result bad', role: 'status' }, refusal.message));
      }
    });
    const untold = answer.count - answer.reports.length;
    replace(preview,
      element('p', {}, element('b', {}, chosen.name), element('span', { class: 'quiet' }, ' ' + answer.encoding, answer.repeated ? [' · ', text('file.repeated', answer.repeated)] : null)),
      warnings(answer),
      previewed(answer.reports.slice(0, SHOWN_ROWS)),
      folded(answer.reports.slice(SHOWN_ROWS), previewed),
      untold > 0 ? element('p', { class: 'quiet' }, text('file.untold', untold)) : null,
      answer.count === 0 ? element('p', { class: 'quiet' }, text('file.empty')) : button);
  } catch (refusal) {
    const found = refusal.body?.problems || [];
    replace(preview,
      element('p', { class: 'result bad', role: 'status' }, found.length > 0 ? text('file.wrong', found.length, chosen.name) : refusal.message),
      found.length === 0 ? null : wrongRows(found.slice(0, SHOWN_PROBLEMS)),
      folded(found.slice(SHOWN_PROBLEMS), wrongRows));
  }
  file.value = '';
}

file.addEventListener('change', () => { if (file.files[0]) read(file.files[0]); });
drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', (event) => { event.preventDefault(); drop.classList.remove('over'); if (event.dataTransfer.files[0]) read(event.dataTransfer.files[0]); });

start('report').then((me) => {
  zone = showTimesOf(me);
  document.getElementById('report-zone').textContent = zone;
  document.getElementById('csv-zone').textContent = words('file.zone', zone);
  if (!given.date.value) given.date.value = today();
  startLatest(actions);
});
