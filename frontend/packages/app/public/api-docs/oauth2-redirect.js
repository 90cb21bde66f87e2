// Where providers of OAuth 2 lead back to: hands their answer to the page that opened this window, if that is the portal's.
// Implicit flows answer behind the #, all others behind the ?, after which some providers add a # of their own.
const { hash, search, origin } = window.location;
const answer = new URLSearchParams(search).has('state') ? search : hash;
window.opener?.postMessage({ type: 'api-docs-oauth2-answer', answer: answer.slice(1) }, origin);
window.close();
