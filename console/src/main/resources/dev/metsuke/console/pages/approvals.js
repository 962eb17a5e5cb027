import { call, dayAndClock, dayOf, element, showTimesOf, start, today } from '/assets/page.js';
import { described, details, LISTED, listed, preview, unchanged, warnings } from '/assets/approval-table.js';
import { takeFiles } from '/assets/csv-drop.js';
import { EntryForm } from '/assets/entry-form.js';
import { LatestList } from '/assets/latest-list.js';
import { notice } from '/assets/tables.js';
import { text, words } from '/assets/texts.js';

const form = document.getElementById('approval');
const given = form.elements;
const entry = new EntryForm(form, words('approvals.nothing-approved'), () => { changed = null; });

const APPROVING = { title: words('approvals.question'), yes: words('approvals.question.approve'), doing: words('approvals.approving') };
const TAKING_BACK = { title: words('approvals.take-back.question'), yes: words('take-back'), doing: words('taking-back') };

/** Of what is typed and of what is shown; known once it is told who is logged in. */
let zone = '';

let isApprover = false;

/** The approval whose place the form's is to take, and its times as the form shows them. */
let changed = null;

const latest = new LatestList({
  path: '/api/export-approvals',
  columns: LISTED,
  rows: (page) => page.approvals.map((row) => listed(row, actions(row))),
  says: {
    none: (asked) => asked.toString() ? text('approvals.none-such') : text('approvals.none'),
    away: (why) => text('approvals.away', why),
  },
});

const send = (body, dryRun) => call('/api/export-approvals?dry_run=' + dryRun,
  { method: 'POST', body: JSON.stringify({ ...body, zone }), headers: { 'Content-Type': 'application/json' } });

const writtenFrom = () => given.from.value ? given.from.value + ' ' + (given['from-time'].value || '00:00') : '';
/** A day alone is meant whole. */
const writtenUntil = () => (given.until.value + ' ' + given['until-time'].value).trim();

function entered() {
  return {
    account: given.account.value, dataset: given.dataset.value, max_records: given.people.value, ticket: given.ticket.value, note: given.note.value,
    // The form knows no fractions of a second.
    from: changed && writtenFrom() === changed.shown.from ? changed.from : writtenFrom(),
    until: changed && writtenUntil() === changed.shown.until ? changed.until : writtenUntil(),
    approval_id: changed ? changed.approval_id : '',
  };
}

function outcome(answer, usual) {
  const [row] = answer.approvals;
  return text('approvals.done.' + (answer.new === 0 ? 'known' : usual), described(row), element('b', {}, row.account), element('code', {}, row.dataset), row.ticket);
}

async function approve(body, usual) {
  const answer = await send(body, false);
  entry.succeed(outcome(answer, usual), []);
  entry.startAnew();
  latest.show();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  entry.withdraw();
  const body = entered();
  const isChange = changed !== null;
  entry.attempt(words('approvals.checking'), async () => {
    const trial = await send(body, true);
    const isAnew = trial.replaced.length > 0;
    // Who changes an approval to nobody's data takes it back.
    const isTakenBack = trial.approvals[0].max_records === 0;
    const asked = isTakenBack ? TAKING_BACK : APPROVING;
    const usual = isTakenBack ? 'taken-back' : isChange ? 'changed' : 'approved';
    if (trial.new === 0 && !isAnew) {
      entry.succeed(outcome(trial, usual), []);
      return;
    }
    entry.silence();
    entry.ask({
      title: asked.title,
      content: [
        warnings(trial),
        isAnew ? notice(text('approvals.anew')) : null,
        details(trial.approvals[0]),
      ],
      yes: asked.yes, no: words('doubt.change'), back: given.account.readOnly ? given.dataset : given.account,
      act: () => entry.attempt(asked.doing, () => approve(isAnew ? { ...body, anew: true } : body, usual)),
    });
  });
});

/** A time as the form takes it. */
function minutes(time) {
  const [day, clock] = dayAndClock(time);
  return [day, clock.replace(/:00$/, '')];
}

function change(row) {
  entry.silence();
  given.account.value = row.account;
  given.dataset.value = row.dataset;
  [given.from.value, given['from-time'].value] = minutes(new Date(row.from));
  const [day, clock] = minutes(new Date(row.until));
  [given.until.value, given['until-time'].value] = clock === '00:00' ? [dayOf(new Date(row.until).getTime() - 1), ''] : [day, clock];
  given.people.value = row.max_records;
  given.ticket.value = row.ticket;
  given.note.value = row.note || '';
  changed = { ...row, shown: { from: writtenFrom(), until: writtenUntil() } };
  entry.correct(text('approvals.changing', described(row)), words('approvals.change'), [given.account]);
  given.dataset.focus();
}

/** Nobody's data at most under its own id leaves nothing of the approval. */
function takeBack(row, opener) {
  entry.startAnew();
  entry.silence();
  const body = {
    account: row.account, dataset: row.dataset, from: row.from, until: row.until, max_records: 0, ticket: row.ticket, approval_id: row.approval_id,
  };
  entry.ask({
    title: TAKING_BACK.title,
    content: [element('p', {}, described(row)), element('p', {}, text('approvals.take-back.meaning'))],
    yes: TAKING_BACK.yes, no: words('take-back.leave'), back: opener,
    act: () => entry.attempt(TAKING_BACK.doing, () => approve(body, 'taken-back')),
  });
}

function actions(row) {
  if (!isApprover || row.state === 'taken-back') return null;
  return [
    element('button', { type: 'button', 'aria-label': words('approvals.change.which', row.account, row.dataset, row.ticket), click: () => change(row) }, text('approvals.change')),
    element('button', { type: 'button', 'aria-label': words('approvals.take-back.which', row.account, row.dataset, row.ticket), click: (event) => takeBack(row, event.currentTarget) }, text('take-back')),
  ];
}

takeFiles({
  path: '/api/export-approvals/csv', zone: () => zone,
  rows: (answer) => answer.approvals, show: preview,
  warnings: (answer) => [warnings(answer), unchanged(answer)],
  says: {
    take: (count) => text('approvals.file.approve', count),
    wrong: (count, name) => text('approvals.file.wrong', count, name),
    done: (done, name) => text('approvals.file.done', done.count, name, done.new),
  },
  taken: () => latest.show(),
});

start('approvals').then((me) => {
  zone = showTimesOf(me);
  isApprover = me.roles.includes('officer');
  for (const section of document.querySelectorAll('[data-approver]')) section.hidden = !isApprover;
  for (const place of document.querySelectorAll('[data-zone]')) place.textContent = zone;
  document.getElementById('csv-zone').textContent = words('file.zone', zone);
  if (!given.from.value) given.from.value = today();
  latest.show();
});
