// A real OpenID Connect provider on loopback, at the port that its second argument names or a free one. Its first line on
// standard output is its issuer; its first argument is where people are sent back to.
//
// Nobody types anything: whoever the parameter `login_hint` names is signed in and agrees; `refuse` does not. The person
// `unverified` has a mail address that was never verified, `stranger` one that no catalog knows.

import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const CALLBACK = process.argv[2] ?? 'http://localhost:7007/api/auth/oidc/handler/frame';

const server = createServer((request, response) => handle(request, response));
await new Promise(resolve => server.listen(Number(process.argv[3] ?? 0), '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const blocked = new Set();

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'portal',
      client_secret: 'secret of the portal/+:',
      redirect_uris: [CALLBACK],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  cookies: { keys: ['a key of the tests'] },
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'picture'], email: ['email', 'email_verified'] },
  features: {
    devInteractions: { enabled: false },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  findAccount: (_, id) =>
    blocked.has(id)
      ? undefined
      : {
          accountId: id,
          claims: () => ({
            sub: id,
            name: `The person ${id}`,
            preferred_username: id,
            email: `${id}@example.com`,
            email_verified: id !== 'unverified',
          }),
        },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  issueRefreshToken: () => true,
  // Each refresh token is good once: whoever uses one twice loses the grant.
  rotateRefreshToken: true,
  pkce: { required: () => true },
});

async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  let result;
  if (params.login_hint === 'refuse') {
    result = { error: 'access_denied', error_description: 'The person <b>said no</b>' };
  } else if (prompt.name === 'login') {
    result = { login: { accountId: params.login_hint ?? 'jane' } };
  } else {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    result = { consent: { grantId: await grant.save() } };
  }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
}

const answer = provider.callback();

function handle(request, response) {
  const url = new URL(request.url, issuer);
  if (url.pathname.startsWith('/interaction/')) {
    interact(request, response).catch(error => response.writeHead(500).end(String(error)));
  } else if (url.pathname === '/block' && request.method === 'POST') {
    // The person is not welcome any more.
    blocked.add(url.searchParams.get('account'));
    response.writeHead(204).end();
  } else {
    answer(request, response);
  }
}

console.log(issuer);
