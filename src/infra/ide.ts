import { randomBytes } from 'node:crypto';
import { getDistDirectory, renderAltair } from 'altair-static';
import express, { type Express } from 'express';

/**
 * Serve a GraphQL IDE from this process: it works without the internet, subscriptions included.
 *
 * @param at where the page is.
 * @param endpoint path of the graph.
 */
export function serveIde(app: Express, at: string, endpoint: string): void {
  app.get(at, (request, response, next) => {
    // Its scripts are addressed relative to the folder.
    if (!request.path.endsWith('/')) return response.redirect(`${at}/`);
    const host = request.get('host');
    const cspNonce = randomBytes(16).toString('base64');
    response.set('content-security-policy', policyOf(cspNonce));
    const page = renderAltair({
      baseURL: `${at}/`,
      endpointURL: `http://${host}${endpoint}`,
      subscriptionsEndpoint: `ws://${host}${endpoint}`,
      initialSubscriptionRequestHandlerId: 'graphql-ws',
      initialQuery: welcome,
      cspNonce,
    });
    response.type('html').send(page);
    return next;
  });
  app.use(at, express.static(getDistDirectory()));
}

/** Everything the page needs comes from here, but for endpoints that are typed into it. */
function policyOf(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self' 'nonce-${nonce}'`,
    `worker-src 'self' blob:`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self' data:`,
    `connect-src 'self' http: https: ws: wss:`,
    `frame-src 'self'`,
    `base-uri 'self'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

const welcome = `# 1. Sign in. 2. Put the token into a header: Authorization = Bearer <token>. 3. Ask.
mutation SignIn {
  signIn(input: { email: "admin@demo.example", password: "mediagraph-demo" }) {
    token
  }
}

query Clients {
  clients {
    edges {
      node {
        id
        name
        metrics(range: { from: "2026-01-01", to: "2026-12-31" }) { impressions spend ctr roas }
      }
    }
  }
}
`;
