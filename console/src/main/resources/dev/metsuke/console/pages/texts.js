// What the page says, in its own language: texts.properties of that language, without the "script." before their keys.

/** Of the page; its requests ask for answers in it, too. */
export const language = document.documentElement.lang;

const patterns = await (await fetch('/assets/texts.' + language + '.json')).json();
const numbers = new Intl.NumberFormat(language);

/** {n}, or {n,choice,limit#text|limit<text}: as much of java.text.MessageFormat as the texts of scripts use. */
const PLACE = /\{(\d)(?:,choice,((?:[^{}]|\{\d\})*))?\}/g;

export const count = (number) => numbers.format(number);

/** The text of a key as children of an element; what is given for its places may be elements as well. */
export const text = (key, ...given) => filled(patterns[key], given);

/** The same for where no element can stand. */
export const words = (key, ...given) => text(key, ...given).flat(Infinity).join('');

/** All of them in a row, as a text of a key puts two; they may be elements as well. */
export const series = (key, all) => all.reduce((some, next) => (some === null ? next : text(key, some, next)), null);

/** The same for where no element can stand. */
export const joined = (key, all) => [series(key, all)].flat(Infinity).join('');

/** What a value is called; one that this console does not know yet, by itself, or by what it is called otherwise. */
export const named = (kind, value, otherwise = value) => patterns[kind + value] ?? otherwise ?? '';

function filled(pattern, given) {
  const parts = [];
  let end = 0;
  for (const place of pattern.matchAll(PLACE)) {
    const value = given[place[1]];
    parts.push(pattern.slice(end, place.index),
      place[2] !== undefined ? filled(chosen(place[2], value), given) : typeof value === 'number' ? count(value) : value);
    end = place.index + place[0].length;
  }
  parts.push(pattern.slice(end));
  return parts;
}

/** The last choice whose limit the number reaches, or with a "<" passes; else the first. */
function chosen(choices, number) {
  const all = choices.split('|').map((choice) => choice.match(/^(\d+)([#<])(.*)$/));
  return (all.findLast(([, limit, sign]) => (sign === '#' ? number >= limit : number > limit)) ?? all[0])[3];
}
