import { at, count, element, timeAt } from '/assets/page.js';
import { named, text, words } from '/assets/texts.js';

const FIELDS = [
  'event.id', 'event.outcome', 'user.id', 'user.name', 'user.email', 'source.address', 'host.name', 'service.name',
  'http.request.method', 'url.original', 'http.response.status_code', 'user_agent.original', 'metsuke.categories',
  'metsuke.subjects', 'metsuke.destination', 'log.file.path', 'log.offset', 'metsuke.integrity.stream',
  'metsuke.integrity.sequence', 'metsuke.integrity.hash',
];

const shown = (value) => (value === undefined || value === null ? '' : Array.isArray(value) ? value.join(', ') : String(value));

/** What a value is called, and as the archive holds it, for that is how it is found. */
const withCode = (name, value) => (name === shown(value) ? name : [name, ' ', element('code', { class: 'quiet' }, shown(value))]);

function records(value) {
  return value === undefined || value === null
    ? element('span', { class: 'unknown', title: words('uncounted.why') }, text('uncounted'))
    : count(value);
}

/** Rows of one event: what happened, the untouched line, and on demand every field. */
function rows(row, withAccount, unfolded) {
  const event = row.event;
  const id = at(event, 'event.id');
  const original = at(event, 'event.original');
  const columns = withAccount ? 6 : 5;
  const fields = element('tr', { class: 'fields', hidden: true });
  const toggle = element('button', {
    type: 'button', class: 'twist', 'aria-expanded': 'false', title: words('event.fields'), 'aria-label': words('event.fields.which'),
    click: () => {
      if (fields.hidden) unfold();
      else fold();
    },
  });
  const unfold = () => {
    if (!fields.firstChild) {
      const known = FIELDS.map((path) => [path, shown(at(event, path))]).filter(([, value]) => value !== '');
      fields.append(element('td', { colspan: columns }, element('dl', { class: 'pairs' },
        known.map(([path, value]) => [element('dt', {}, path), element('dd', {}, path === 'event.outcome' ? withCode(named('outcome.', value), value) : value)]))));
    }
    fields.hidden = false;
    toggle.setAttribute('aria-expanded', 'true');
    unfolded.add(id);
  };
  const fold = () => {
    fields.hidden = true;
    toggle.setAttribute('aria-expanded', 'false');
    unfolded.delete(id);
  };
  if (event && unfolded.has(id)) unfold();
  return [
    element('tr', { class: 'event' },
      element('td', { class: 'nowrap' }, event ? toggle : null, timeAt(row.timestamp)),
      withAccount ? element('td', { class: 'name' }, shown(at(event, 'user.id') ?? at(event, 'source.address'))) : null,
      element('td', { class: 'name' }, withCode(named('action.', row.action), row.action)),
      element('td', { class: 'name' }, shown(row.dataset)),
      element('td', { class: 'number right' }, records(row.records)),
      element('td', { class: 'name number' }, shown(at(event, 'source.ip') ?? at(event, 'source.address')))),
    original === undefined ? null : element('tr', { class: 'line' }, element('td', { colspan: columns }, element('code', {}, shown(original)))),
    fields,
  ];
}

export function eventRow(document) {
  return {
    timestamp: shown(at(document, '@timestamp')), action: at(document, 'event.action'), dataset: at(document, 'metsuke.dataset'),
    records: at(document, 'metsuke.records'), event: document,
  };
}

/**
 * A table of {timestamp, action, dataset, records, event}; add() appends more. The ids of the events that show every field
 * are kept in `unfolded`, so that a table that takes this one's place shows the same.
 */
export function eventTable(caption, withAccount, unfolded = new Set()) {
  const body = element('tbody', {});
  const table = element('div', { class: 'scroll' }, element('table', { class: 'events' },
    element('caption', { class: 'unseen' }, caption),
    element('thead', {}, element('tr', {},
      element('th', { scope: 'col' }, text('column.time')),
      withAccount ? element('th', { scope: 'col' }, text('column.account')) : null,
      element('th', { scope: 'col' }, text('column.action')),
      element('th', { scope: 'col' }, text('column.dataset')),
      element('th', { scope: 'col', class: 'right' }, text('column.people')),
      element('th', { scope: 'col' }, text('column.source')))),
    body));
  return { table, add: (row) => body.append(...rows(row, withAccount, unfolded).filter(Boolean)) };
}
