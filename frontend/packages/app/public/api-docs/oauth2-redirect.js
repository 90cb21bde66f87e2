// Where providers of OAuth 2 lead back to: hands their answer to the page that opened this window, if that is the portal's.
// Implicit flows answer behind the #, all others behind the ?.
const { hash, search, origin } = window.location;
window.opener?.postMessage({ type: 'api-docs-oauth2-answer', answer: (hash || search).slice(1) }, origin);
window.close();
