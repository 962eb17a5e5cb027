// Who is logged in: one session for all tabs of a browser, kept where no script can read it.

import { language, text, words } from '/assets/texts.js';

const LOG_IN = '/log-in';
const LED = 'metsuke-led-to';

/** Tabs tell each other who is logged in from now on. */
const tabs = new BroadcastChannel('metsuke-session');

/** By these the console knows a request of its own pages, and in which language to answer. */
export const OWN_HEADERS = { 'X-Metsuke-Request': 'page', 'Accept-Language': language };

const send = (path, body) => fetch(path, {
  method: 'POST',
  headers: { ...OWN_HEADERS, 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

function tell(...said) {
  const place = document.getElementById('session');
  place.replaceChildren(...said.flat(Infinity));
  place.hidden = said.length === 0;
}

/** Logs in; resolves to why not. */
export async function begin(name, password) {
  const answer = await send('/api/log-in', { name, password }).catch(() => null);
  if (answer === null) return words('no-answer');
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) return body.error ?? words('answered', String(answer.status));
  tabs.postMessage(body.name);
  return null;
}

/** Opens what was asked for before the log-in, if it is the console's. Whom another site led here, it led there. */
export function goOn() {
  const asked = new URLSearchParams(location.search).get('to') ?? '/';
  const to = URL.canParse(asked, location.origin) ? new URL(asked, location.origin) : null;
  const target = to?.origin === location.origin && to.pathname !== LOG_IN ? to : new URL('/', location.origin);
  target.hash ||= location.hash;
  if (document.documentElement.dataset.arrival === 'foreign') sessionStorage.setItem(LED, target.href);
  location.replace(target);
}

/** Whether another site led here by way of the log-in. */
export function wasLed() {
  const to = sessionStorage.getItem(LED);
  sessionStorage.removeItem(LED);
  return to === location.href;
}

const logIn = () => LOG_IN + '?to=' + encodeURIComponent(location.pathname + location.search + location.hash);

/** Leaves a page that shows nothing yet, such as one from the browser's memory. */
export const leave = () => location.replace(logIn());

/** Says that nobody is logged in any more. The page stays, for something may be half written on it; logging in beside it suffices. */
export function tellOver() {
  const link = document.createElement('a');
  link.href = logIn();
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = words('logged-out.again');
  tell(text('logged-out', link));
}

/** Keeps the page of whoever is logged in: it ends where they log out, in whichever tab, or another logs in. */
export function keep(me, ask) {
  tabs.onmessage = ({ data: name }) => {
    if (name === null) location.replace(LOG_IN);
    else if (name !== me.name) location.reload();
    else tell();
  };
  const button = document.getElementById('log-out');
  button.hidden = !me.until;
  button.addEventListener('click', async () => {
    const answer = await send('/api/log-out', {}).catch(() => null);
    if (answer === null) return tell(words('no-answer'));
    tabs.postMessage(null);
    location.replace(LOG_IN);
  });
  // A page that the browser kept in memory, and shows once more for "back".
  addEventListener('pageshow', async (shown) => {
    if (!shown.persisted) return;
    const now = await ask().catch((refusal) => refusal);
    if (now.status === 401) location.replace(LOG_IN);
    else if (now.name !== me.name) location.reload();
  });
}
