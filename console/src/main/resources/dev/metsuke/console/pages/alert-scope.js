// What an alert is about within its account: a dataset by its name, or one of the forms that its rule has. Alerts have them in English, for they are part of their ids.

import { words } from '/assets/texts.js';

const ALL = /^all datasets$/;
const datasets = (read) => (ALL.test(read) ? words('scope.all') : read);

const FORMS = {
  'bulk-read': [
    [/^(.+) over 24 h$/s, (read) => words('scope.day', datasets(read))],
    [/^(.+) over 30 d$/s, (read) => words('scope.month', datasets(read))],
    [/^(.+) in exports of unknown size$/s, (read) => words('scope.unsized', datasets(read))],
    [ALL, () => words('scope.all')],
  ],
  'revoked-account': [
    [/^account$/, () => words('scope.account')],
    [/^outside (.+)$/s, (department) => words('scope.outside', department)],
  ],
  'off-hours-export': [
    [/^exports$/, () => words('scope.unnamed')],
    [/^forbidden: (.+)$/s, (dataset) => words('scope.forbidden', dataset)],
    [/^approved: (.+)$/s, (approval) => words('scope.approved', approval)],
  ],
};

/** In the page's language; what has no form that this console knows, as it is. */
export function scopeName(rule, scope) {
  const form = (FORMS[rule] ?? []).find(([pattern]) => pattern.test(scope));
  return form ? form[1](form[0].exec(scope)[1]) : scope;
}
