import { call, element, notice, replace, showTimesOf, start, timeAt } from '/assets/page.js';
import { table } from '/assets/tables.js';
import { named, text, words } from '/assets/texts.js';

/** As many lines around a change are shown with it. */
const AROUND = 3;

const asked = new URLSearchParams(location.search);
const against = document.getElementById('against');

const link = (version) => '/policy?' + new URLSearchParams({ version });

const SIGNS = { removed: '−', added: '+' };

const line = ({ change, text: content }) => element('div', { class: change },
  element('span', { class: 'change', 'aria-label': SIGNS[change] ? named('policy.change.', change) : null, role: SIGNS[change] ? 'img' : null }, SIGNS[change] ?? ' '),
  element('code', {}, content || ' '));

/** Lines between changes are folded where they are many. */
function linesOf(lines) {
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - AROUND), i + AROUND + 1).some((other) => other.change !== 'kept'));
  const shown = [];
  for (let i = 0; i < lines.length;) {
    let end = i;
    while (end < lines.length && near[end] === near[i]) end++;
    const run = lines.slice(i, end).map(line);
    shown.push(near[i] || run.length <= AROUND ? run : element('details', {}, element('summary', {}, text('policy.unchanged', run.length)), run));
    i = end;
  }
  return shown;
}

const textOf = (yaml) => yaml.replace(/\n$/, '').split('\n').map((one) => line({ change: 'kept', text: one }));

function showText(policy) {
  const changed = (policy.lines ?? []).filter(({ change }) => change !== 'kept');
  const of = (kind) => changed.filter(({ change }) => change === kind).length;
  document.getElementById('changes').textContent = policy.against === null ? ''
    : policy.lines === null ? words('policy.too-long')
      : changed.length === 0 ? words('policy.same') : words('policy.changes', of('added'), of('removed'));
  replace(document.getElementById('text'), policy.lines === null || changed.length === 0 ? textOf(policy.yaml) : linesOf(policy.lines));
}

function show(policy) {
  replace(document.getElementById('version'), text('policy.version', policy.version));
  replace(document.getElementById('standing'), policy.in_force ? element('span', { class: 'approval current' }, text('policy.in-force')) : null);
  replace(document.getElementById('about'), [
    ['published', timeAt(policy.published_at)], ['by', policy.published_by], ['note', policy.note],
  ].filter(([, value]) => value).map(([name, value]) => [element('dt', {}, words('policy.column.' + name)), element('dd', {}, value)]));
  document.getElementById('shown').hidden = false;
  showText(policy);
}

/** Reads a version beside another, or alone. */
async function read(version, other) {
  notice('');
  try {
    return await call('/api/policy?' + new URLSearchParams({ ...(version ? { version } : {}), ...(other ? { against: other } : {}) }));
  } catch (refusal) {
    notice(refusal.message);
    return null;
  }
}

const row = (policy, i) => element('tr', {},
  element('td', {}, element('a', { href: link(policy.version) }, policy.version), i === 0 ? [' ', element('span', { class: 'approval current' }, text('policy.in-force'))] : null),
  element('td', { class: 'times' }, timeAt(policy.published_at)),
  element('td', {}, policy.published_by),
  element('td', { class: 'words' }, policy.note || ''));

async function list() {
  const place = document.getElementById('versions');
  try {
    const { policies } = await call('/api/policies');
    replace(place, policies.length === 0 ? element('p', { class: 'quiet' }, text('policy.none'))
      : table(['version', 'published', 'by', 'note'].map((name) => words('policy.column.' + name)), policies.map(row)));
    return policies;
  } catch (refusal) {
    replace(place, element('p', { class: 'quiet' }, refusal.message));
    return [];
  }
}

async function open() {
  const policies = await list();
  if (policies.length === 0 && !asked.has('version')) return;
  const version = asked.get('version') ?? policies[0].version;
  const i = policies.findIndex((policy) => policy.version === version);
  const others = policies.filter((_, other) => other !== i);
  replace(against, element('option', { value: '' }, text('policy.alone')), others.map((other) => element('option', { value: other.version }, other.version)));
  against.value = asked.get('against') ?? policies[i + 1]?.version ?? '';
  const compare = async () => {
    const policy = await read(version, against.value);
    if (policy) show(policy);
  };
  against.addEventListener('change', () => {
    history.replaceState(null, '', link(version) + '&' + new URLSearchParams({ against: against.value }));
    compare();
  });
  await compare();
}

start('policy').then((me) => {
  showTimesOf(me);
  open();
});
