const login = '/v1/auth/login';
const form = document.getElementById('login');
const told = document.getElementById('told');

const ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  layout: 'BaseLayout',
  presets: [SwaggerUIBundle.presets.apis],
  validatorUrl: null,
  // Without the login operation, the form is useless.
  onComplete: () => { form.hidden = !ui.specSelectors.paths().has(login); },
});

form.addEventListener('submit', async event => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(form));
  told.textContent = '…';
  try {
    const answer = await fetch(login, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    const said = await answer.json();
    if (answer.ok) {
      ui.preauthorizeApiKey('bearer', said.access_token);
      form.elements.password.value = '';
      told.textContent = `Requests are sent as ${email} for ${Math.round(said.expires_in / 60)} minutes.`;
    } else {
      told.textContent = said.detail || said.title;
    }
  } catch {
    told.textContent = 'The server did not respond.';
  }
});
