// Tables and lists, as pages show what was entered and what there is to tell of it.

import { element } from '/assets/page.js';
import { series, text } from '/assets/texts.js';

const NAMED = 20;

/** The rest of a list behind what is shown of it; nothing where there is none. */
export const folded = (rest, show) => rest.length === 0 ? null
  : element('details', {}, element('summary', {}, text('and-more', rest.length)), show(rest));

export function table(columns, rows) {
  return element('div', { class: 'scroll' }, element('table', {},
    element('thead', {}, element('tr', {}, columns.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, rows)));
}

/** Something to know before what is entered counts, or after it. */
export const notice = (...content) => element('div', { class: 'notice' }, content);

/** What is said of several, each as it is shown; nothing where there are none. */
export function noticeOf(what, found, show) {
  if (!found?.length) return null;
  const listing = (some) => series('names', some.map(show));
  return notice(text('headed', element('b', {}, what), listing(found.slice(0, NAMED))), folded(found.slice(NAMED), listing));
}

/** Names that nobody knows, each with a known one that it resembles. */
export const unknownNames = (what, kind, found) => noticeOf(what, found,
  (one) => one.resembles ? text('resembles', element('code', {}, one[kind]), element('code', {}, one.resembles)) : element('code', {}, one[kind]));
