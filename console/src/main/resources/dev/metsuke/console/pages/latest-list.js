// The list of what was entered, newest first, page by page, as its filter asks for it.

import { call, element, replace } from '/assets/page.js';
import { table } from '/assets/tables.js';
import { text, words } from '/assets/texts.js';

const filter = document.getElementById('latest-filter');
const place = document.getElementById('latest');
const total = document.getElementById('latest-total');

export class LatestList {
  /**
   * @param path what is asked for it, with what stands in the filter
   * @param columns the heads of its table
   * @param rows makes the rows of a page's entries; told of all pages of a list by the same set
   * @param says what is said: none(parameters) where there is nothing, away(why) where it cannot be asked
   */
  constructor({ path, columns, rows, says }) {
    this.path = path;
    this.columns = columns;
    this.rows = rows;
    this.says = says;
    this.turn = 0;
    filter.addEventListener('submit', (event) => {
      event.preventDefault();
      this.show();
    });
    for (const choice of filter.querySelectorAll('select')) choice.addEventListener('change', () => this.show());
  }

  /** Shows the first of them anew. */
  async show() {
    const mine = ++this.turn;
    const parameters = new URLSearchParams([...new FormData(filter)].filter(([, value]) => value.trim()));
    try {
      const page = await this.ask(parameters);
      if (mine === this.turn) this.begin(page, parameters, mine);
    } catch (refusal) {
      if (mine === this.turn) this.tell(this.says.away(refusal.message));
    }
  }

  ask(parameters, after) {
    return call(this.path + '?' + new URLSearchParams([...parameters, ...(after ? [['after', after]] : [])]));
  }

  tell(words) {
    total.textContent = '';
    replace(place, element('p', { class: 'quiet' }, words));
  }

  begin(first, parameters, mine) {
    if (first.total === 0) {
      this.tell(this.says.none(parameters));
      return;
    }
    const said = new Set();
    const shown = table(this.columns, []);
    const body = shown.querySelector('tbody');
    const more = element('button', { type: 'button' }, text('latest.more'));
    let next = null;
    const add = (page) => {
      const rows = this.rows(page, said);
      body.append(...rows);
      next = page.next;
      more.hidden = !next;
      const exact = page.exact ?? true;
      total.textContent = words(exact ? 'latest.total' : 'latest.total-at-least', body.rows.length, page.total);
      return rows;
    };
    more.addEventListener('click', async () => {
      more.disabled = true;
      try {
        const page = await this.ask(parameters, next);
        if (mine === this.turn) add(page)[0]?.focus();
      } catch (refusal) {
        if (mine === this.turn) total.textContent = refusal.message;
      } finally {
        more.disabled = false;
      }
    });
    add(first);
    replace(place, shown, more);
  }
}
