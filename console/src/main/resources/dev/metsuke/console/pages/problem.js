import { start } from '/assets/page.js';

start('');
