// A file that is chosen or dropped: tried first, shown as it would be taken, and taken by a click.

import { call, element, replace } from '/assets/page.js';
import { text, words } from '/assets/texts.js';
import { folded, table } from '/assets/tables.js';

const SHOWN_ROWS = 20;
const SHOWN_PROBLEMS = 200;

const file = document.getElementById('file');
const drop = document.getElementById('drop');
const preview = document.getElementById('preview');

const refused = (why) => element('p', { class: 'result bad', role: 'status' }, why);

const wrongRows = (found) => table([words('wrong.line'), words('wrong.column'), words('wrong.what')], found.map((problem) => element('tr', {},
  element('td', { class: 'number right' }, problem.line ?? ''), element('td', { class: 'whole' }, problem.name ?? ''), element('td', {}, problem.message))));

/** The first of many rows, the others behind them. */
export const firstOf = (rows, show) => [show(rows.slice(0, SHOWN_ROWS)), folded(rows.slice(SHOWN_ROWS), show)];

/**
 * @param path where it is sent to
 * @param zone tells in which zone its times are meant
 * @param total how many rows there are to take, by an answer
 * @param rows what of an answer is shown, in a table that show makes
 * @param aside what else there is to tell of an answer, behind the file's name
 * @param warnings what of an answer may be a slip
 * @param says what is said: take(count) on the button, nothing(answer) where there is nothing to take, wrong(count, name) where problems
 *   are, done(answer, name)
 * @param taken called once it is taken
 */
export function takeFiles({ path, zone, total = (answer) => answer.count, rows, show, aside = () => null, warnings, says, taken }) {
  const upload = (content, dryRun) => call(path + '?dry_run=' + dryRun + '&zone=' + encodeURIComponent(zone()),
    { method: 'POST', body: content, headers: { 'Content-Type': 'text/csv' } });

  let latest = null;

  /** The first of several, and says so. */
  async function read([chosen, ...others]) {
    latest = chosen;
    const present = (...content) => {
      // One that was chosen before may be answered later.
      if (chosen === latest) {
        replace(preview,
          others.length === 0 ? null : refused(text('file.left', others.length, chosen.name)),
          content);
      }
    };
    present(element('p', { class: 'quiet' }, text('file.reading', chosen.name)));
    let content;
    try {
      content = await chosen.arrayBuffer();
    } catch {
      present(refused(text('file.unreadable', chosen.name)));
      return;
    }
    try {
      const answer = await upload(content, true);
      const button = element('button', { type: 'button', class: 'primary' }, says.take(total(answer)));
      const failure = element('div');
      button.addEventListener('click', async () => {
        // Until it is taken or refused no other file is, whose answers would stand in the place of these.
        button.disabled = true;
        file.disabled = true;
        try {
          const done = await upload(content, false);
          const outcome = element('p', { class: 'result good', role: 'status', tabindex: -1 }, says.done(done, chosen.name));
          present(outcome, warnings(done));
          // The button that had the focus is gone.
          outcome.focus();
          taken();
        } catch (refusal) {
          button.disabled = false;
          replace(failure, refused(refusal.message));
          button.focus();
        } finally {
          file.disabled = false;
        }
      });
      const untold = total(answer) - rows(answer).length;
      present(
        element('p', {}, element('b', {}, chosen.name), element('span', { class: 'quiet' }, ' ' + answer.encoding, aside(answer))),
        warnings(answer),
        total(answer) === 0 ? null : firstOf(rows(answer), show),
        untold > 0 ? element('p', { class: 'quiet' }, text('file.untold', untold)) : null,
        total(answer) === 0 ? element('p', { class: 'quiet' }, says.nothing?.(answer) ?? text('file.empty')) : [button, failure]);
    } catch (refusal) {
      const found = refusal.body?.problems || [];
      present(
        refused(found.length > 0 ? says.wrong(found.length, chosen.name) : refusal.message),
        found.length === 0 ? null : wrongRows(found.slice(0, SHOWN_PROBLEMS)),
        folded(found.slice(SHOWN_PROBLEMS), wrongRows));
    }
  }

  file.addEventListener('change', () => {
    const files = [...file.files];
    // The same file, mended, is a change again.
    file.value = '';
    if (files.length > 0) {
      read(files);
    }
  });
  drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    if (event.dataTransfer.files.length > 0 && !file.disabled) {
      read(event.dataTransfer.files);
    }
  });
}
