import { begin, goOn } from '/assets/session.js';

const form = document.getElementById('log-in');
const problem = document.getElementById('log-in-problem');
const button = form.querySelector('button');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  button.disabled = true;
  const refused = await begin(form.elements.name.value, form.elements.password.value);
  if (refused === null) return goOn();
  button.disabled = false;
  problem.textContent = refused;
  form.elements.password.select();
});

// Not before somebody listens: the browser itself may send no form from here.
button.disabled = false;
