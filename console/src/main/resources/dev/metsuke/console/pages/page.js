// What all pages share. Text from logs only ever becomes a text node: there is no way here to write markup.

import { OWN_HEADERS, keep, leave, tellOver, wasLed } from '/assets/session.js';
import { count, language, text, words } from '/assets/texts.js';

export { count };

/** An element; properties are set as attributes, functions as listeners; children are nodes or text. */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') made.addEventListener(name, value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  append(made, children);
  return made;
}

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(...(child instanceof Node ? [child] : withSigns(String(child))));
  }
}

/** What cannot be seen, or turns the text around it: what commands print as an open box, but for ends of lines and tabs, which do no harm here. */
const UNSEEN = /((?![\t\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}])/u;

/** Text in which such a character has a sign to be seen by. It stays in the text, so that what is copied from here is what the log holds. */
function withSigns(text) {
  return text.split(UNSEEN).map((part, i) => {
    if (i % 2 === 0) return document.createTextNode(part);
    const unseen = document.createElement('span');
    unseen.textContent = part;
    return element('span', { class: 'sign', title: 'U+' + part.codePointAt(0).toString(16).toUpperCase().padStart(4, '0') }, unseen);
  });
}

/** The same for where no element can stand. */
export const plain = (text) => String(text).split(UNSEEN).map((part, i) => (i % 2 === 0 ? part : '␣')).join('');

/** Without what cannot be seen around a name, as the console leaves it off what people enter. */
export const trimmed = (name) => name.replace(/^[\s\p{Cf}]+/u, '').replace(/[\s\p{Cf}]+$/u, '');

export function replace(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

/** A member by dotted path, whether the document nests it or not. */
export function at(document, path) {
  if (document === null || typeof document !== 'object') return undefined;
  if (Object.hasOwn(document, path)) return document[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (Object.hasOwn(document, head)) {
      const found = at(document[head], path.slice(dot + 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

export class Refusal extends Error {
  constructor(status, body) {
    super(body.error || words('answered', String(status)));
    this.status = status;
    this.body = body;
  }
}

export async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, {
      ...options,
      headers: { ...OWN_HEADERS, ...options.headers },
      credentials: 'same-origin',
    });
  } catch {
    throw new Refusal(0, { error: words('no-answer') });
  }
  const body = await response.json().catch(() => ({}));
  if (response.status === 401) tellOver();
  if (!response.ok) throw new Refusal(response.status, body);
  return body;
}

const foreign = wasLed() || document.documentElement.dataset.arrival === 'foreign' ? location.href : null;

/** Whether another site led to what stands in the address: nothing is read for it before the user says so, for readings are recorded. */
export const isForeign = () => location.href === foreign;

const browsersZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
// In Japanese the short style has a blank, which nobody writes.
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: language === 'ja' ? 'narrow' : 'short' });
let clock;
let day;
let written;
let writtenDay;

/** As a form's field has it, and English, too, for it is read in one way everywhere. */
const plainDays = (timeZone) => new Intl.DateTimeFormat('sv', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });
const daysIn = (timeZone) => language === 'en' ? plainDays(timeZone) : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone });

const calendar = daysIn('UTC');

/** A date without a time, as the language writes it. */
export const dateOf = (date) => Number.isNaN(Date.parse(date)) ? String(date) : calendar.format(new Date(date));

/** In which zone times are shown; the browser's until another is wanted. Throws, and changes nothing, where the browser does not know it. */
function showTimesIn(timeZone) {
  clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone });
  day = plainDays(timeZone);
  written = language === 'en' ? (time) => dayAndClock(time).join(' ') : localisedIn(timeZone);
  writtenDay = daysIn(timeZone);
  document.getElementById('zone').textContent = timeZone;
}
showTimesIn(browsersZone);

/** As the language writes dates; seconds only where there are some. English has the form that is read in one way everywhere. */
function localisedIn(timeZone) {
  const inMinutes = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone });
  const inSeconds = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'medium', timeZone });
  return (time) => (time.getTime() % 60_000 === 0 ? inMinutes : inSeconds).format(time);
}

/** Shows times in the console's zone, so that what is typed and what is shown mean one, wherever the browser stands; returns in which they are shown. */
export function showTimesOf({ zone }) {
  if (!zone) return browsersZone;
  try {
    showTimesIn(zone);
    return zone;
  } catch {
    // One that only servers know.
    return browsersZone;
  }
}

/** The date in the zone in which times are shown. */
export const today = () => day.format(new Date());
export const dayOf = (iso) => day.format(new Date(iso));

/** Date and time of day, as forms take them. */
export const dayAndClock = (time) => [day.format(time), clock.format(time)];

function absolute(iso) {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? String(iso) : written(time);
}

function ago(iso) {
  const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
  const size = Math.abs(seconds);
  if (Number.isNaN(size)) return String(iso);
  if (size < 45) return seconds > 5 ? words('in-a-moment') : words('just-now');
  if (size < 45 * 60) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 22 * 3600) return relative.format(Math.round(seconds / 3600), 'hour');
  if (size < 26 * 86400) return relative.format(Math.round(seconds / 86400), 'day');
  return writtenDay.format(new Date(iso));
}

/** How long ago; kept up to date. */
export function timeAgo(iso) {
  return element('time', { datetime: iso, title: absolute(iso) + ' (' + iso + ')', 'data-ago': true }, ago(iso));
}

/** The time in the zone in which times are shown, as ISO in its title. */
export function timeAt(iso) {
  return element('time', { datetime: iso, title: iso, class: 'number' }, absolute(iso));
}

/** Until when something lasts: where it ends with a day, that day. */
export function untilAt(iso) {
  const end = new Date(iso);
  if (clock.format(end) !== '00:00:00') return timeAt(iso);
  return element('time', { datetime: iso, title: iso, class: 'number' }, text('through', writtenDay.format(end - 1)));
}

setInterval(() => {
  for (const time of document.querySelectorAll('time[data-ago]')) time.textContent = ago(time.getAttribute('datetime'));
}, 15000);

export function notice(text) {
  const place = document.getElementById('notice');
  place.hidden = !text;
  replace(place, text);
}

/** Fills the bar; resolves to who is logged in. */
export async function start(page) {
  document.getElementById('zone').title = words('zone');
  const ask = () => call('/api/me');
  const me = await ask().catch((refusal) => {
    if (refusal.status === 401) leave();
    return { name: '', roles: [] };
  });
  document.getElementById('me').textContent = me.name === 'local' ? words('this-machine') : me.name;
  for (const link of document.querySelectorAll('nav a')) {
    link.hidden = !link.dataset.roles.split(' ').some((role) => me.roles.includes(role));
    if (link.dataset.page === page) link.setAttribute('aria-current', 'page');
  }
  keep(me, ask);
  return me;
}
