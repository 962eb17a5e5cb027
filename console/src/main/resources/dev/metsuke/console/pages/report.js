import { at, call, element, plural, replace, showTimesOf, start, timeAt, today } from '/assets/page.js';

const form = document.getElementById('report');
const outcome = document.getElementById('report-result');
const preview = document.getElementById('preview');
const file = document.getElementById('file');
const drop = document.getElementById('drop');

/** Of what is typed and of what is shown; known once it is told who is logged in. */
let zone = '';

function department() {
  document.getElementById('department-field').hidden = form.elements.status.value !== 'transferred';
}
form.addEventListener('change', department);
department();

function problems(found) {
  for (const place of form.querySelectorAll('.problem')) place.textContent = '';
  const without = [];
  for (const problem of found || []) {
    const place = form.querySelector('[data-field="' + CSS.escape(problem.field || '') + '"] .problem');
    if (place) place.textContent += (place.textContent ? '; ' : '') + problem.message;
    else without.push(problem.message);
  }
  return without;
}

function told(answer, count, usual) {
  if (answer.new === 0) return 'Already known, nothing changed: ';
  return answer.new < count ? 'Reported, ' + answer.new + ' of ' + count + ' new: ' : usual;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const given = form.elements;
  const accounts = given.accounts.value.split(/[\n,、，]/).map((account) => account.trim()).filter(Boolean);
  const body = {
    accounts, person: given.person.value, status: given.status.value, zone,
    effective_at: given.date.value ? given.date.value + ' ' + (given.time.value || '00:00') : '',
    department: given.status.value === 'transferred' ? given.department.value : '', note: given.note.value,
  };
  document.getElementById('strangers').replaceChildren();
  outcome.className = 'result';
  outcome.textContent = 'Reporting…';
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const answer = await call('/api/account-status', { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
    problems([]);
    outcome.classList.add('good');
    replace(outcome, told(answer, answer.count, 'Reported: '), answer.reports.map((report) => report.account).join(', ') + ' ' + body.status + ' from ', timeAt(answer.reports[0].effective_at));
    replace(document.getElementById('strangers'), strangers(answer));
    given.accounts.value = '';
    given.person.value = '';
    given.note.value = '';
    setTimeout(latest, 2500);
  } catch (refusal) {
    const without = problems(refusal.body?.problems);
    outcome.classList.add('bad');
    outcome.textContent = without.length > 0 || !refusal.body?.problems ? without.join('; ') || refusal.message : 'Nothing was reported; see above.';
  } finally {
    button.disabled = false;
  }
});

/** Names that may be slips; what was never seen is reported all the same. */
function strangers(answer) {
  return [
    notice('Not in the directory: ', 'account', answer.strangers),
    notice('Departments that neither the directory nor a published policy knows: ', 'department', answer.unknown_departments),
  ];
}

function notice(what, kind, found) {
  return !found?.length ? null : element('p', { class: 'notice' },
    element('b', {}, what),
    found.slice(0, 20).map((one, i) => [i ? ', ' : null, element('code', {}, one[kind]), one.resembles ? [' (is ', element('code', {}, one.resembles), ' meant?)'] : null]),
    found.length > 20 ? ' and ' + plural(found.length - 20, 'more', 'more') : null);
}

function reports(rows) {
  return element('div', { class: 'scroll' }, element('table', {},
    element('thead', {}, element('tr', {}, ['Account', 'Status', 'Effective', 'Reported', 'Department', 'Note'].map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, rows.map((row) => element('tr', {},
      element('td', {}, element('b', {}, row.account)),
      element('td', {}, row.status),
      element('td', {}, timeAt(row.effective_at)),
      element('td', {}, timeAt(row.reported_at)),
      element('td', {}, row.department || ''),
      element('td', { class: 'words' }, row.note || ''))))));
}

const upload = (content, dryRun) => call('/api/account-status/csv?dry_run=' + dryRun + '&zone=' + encodeURIComponent(zone),
  { method: 'POST', body: content, headers: { 'Content-Type': 'text/csv' } });

async function read(chosen) {
  replace(preview, element('p', { class: 'quiet' }, 'Reading ' + chosen.name + '…'));
  const content = await chosen.arrayBuffer();
  try {
    const answer = await upload(content, true);
    const send = element('button', { type: 'button', class: 'primary' }, 'Report ' + plural(answer.count, 'status', 'statuses'));
    send.addEventListener('click', async () => {
      send.disabled = true;
      try {
        const done = await upload(content, false);
        replace(preview, element('p', { class: 'result good', role: 'status' }, told(done, done.count, 'Reported ') + plural(done.count, 'status', 'statuses') + ' from ' + chosen.name + '.'), strangers(done));
        setTimeout(latest, 2500);
      } catch (refusal) {
        send.disabled = false;
        preview.append(element('p', { class: 'result bad', role: 'status' }, refusal.message));
      }
    });
    replace(preview,
      element('p', {}, element('b', {}, chosen.name), element('span', { class: 'quiet' }, ' ' + answer.encoding + (answer.repeated ? ' · ' + plural(answer.repeated, 'row repeats', 'rows repeat') + ' an earlier one' : ''))),
      strangers(answer),
      reports(answer.reports.slice(0, 20)),
      answer.count > 20 ? element('p', { class: 'quiet' }, 'and ' + (answer.count - 20) + ' more') : null,
      answer.count === 0 ? element('p', { class: 'quiet' }, 'The file has no rows.') : send);
  } catch (refusal) {
    const found = refusal.body?.problems || [];
    replace(preview,
      element('p', { class: 'result bad', role: 'status' }, found.length > 0 ? plural(found.length, 'problem') + ' in ' + chosen.name + '; nothing was reported. Mend the file and choose it again.' : refusal.message),
      found.length === 0 ? null : element('div', { class: 'scroll' }, element('table', {},
        element('thead', {}, element('tr', {}, ['Line', 'Column', 'What is wrong'].map((name) => element('th', { scope: 'col' }, name)))),
        element('tbody', {}, found.slice(0, 200).map((problem) => element('tr', {},
          element('td', { class: 'number right' }, problem.line ?? ''), element('td', {}, problem.field ?? ''), element('td', {}, problem.message)))))));
  }
  file.value = '';
}

file.addEventListener('change', () => { if (file.files[0]) read(file.files[0]); });
drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', (event) => { event.preventDefault(); drop.classList.remove('over'); if (event.dataTransfer.files[0]) read(event.dataTransfer.files[0]); });

async function latest() {
  const place = document.getElementById('latest');
  try {
    const answer = await call('/api/account-status');
    replace(place, answer.reports.length === 0 ? element('p', { class: 'quiet' }, 'Nothing has been reported yet.') : reports(answer.reports.map((report) => ({
      account: at(report, 'user.id'), status: at(report, 'metsuke.status.type'), effective_at: at(report, 'metsuke.status.effective_at'),
      reported_at: at(report, 'metsuke.status.reported_at'), department: at(report, 'metsuke.status.department'), note: at(report, 'metsuke.status.note'),
    }))));
  } catch (refusal) {
    replace(place, element('p', { class: 'quiet' }, 'The archive cannot be asked: ' + refusal.message));
  }
}

start('report').then((me) => {
  zone = showTimesOf(me);
  document.getElementById('report-zone').textContent = zone;
  document.getElementById('csv-zone').textContent = 'Times without an offset are those of ' + zone + '.';
  if (!form.elements.date.value) form.elements.date.value = today();
  latest();
});
