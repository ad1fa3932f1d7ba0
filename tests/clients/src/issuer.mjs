import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const lifetimeSeconds = 300;

/** Plays the authorization server: a key, its public half as a key set, tokens signed with ES256, and two grants over HTTP. */
export class Issuer {
  static async start() {
    const issuer = new Issuer();
    await new Promise((resolve) => issuer.#server.listen(0, '127.0.0.1', resolve));
    issuer.url = `http://127.0.0.1:${issuer.#server.address().port}`;
    return issuer;
  }

  #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #server = createServer((request, response) => this.#answer(request, response));

  url = '';

  /** What was granted at the token endpoint, in order: grant, resource, scope. */
  grants = [];

  /** What the person at the authorization endpoint agrees to, whatever is asked for; null: all of it. */
  consent = null;

  #codes = new Map();

  get keySet() {
    return JSON.stringify({ keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'clients-1' }] });
  }

  /** A token for an audience with scopes, as one text. */
  token(audience, scope, { age = 0 } = {}) {
    const issuedAt = Math.floor(Date.now() / 1000) - age;
    const claims = {
      iss: this.url, aud: audience, sub: 'clients', client_id: 'clients', jti: randomUUID(), iat: issuedAt, exp: issuedAt + lifetimeSeconds, scope,
    };
    const content = `${encode({ alg: 'ES256', typ: 'at+jwt', kid: 'clients-1' })}.${encode(claims)}`;
    const signature = createSign('SHA256').update(content).sign({ key: this.#keys.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    return `${content}.${signature}`;
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request, response) {
    const path = new URL(request.url, this.url).pathname;
    if (path === '/.well-known/oauth-authorization-server') {
      return json(response, 200, {
        issuer: this.url,
        authorization_endpoint: `${this.url}/authorize`,
        token_endpoint: `${this.url}/token`,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'client_credentials'],
        token_endpoint_auth_methods_supported: ['client_secret_basic'],
        code_challenge_methods_supported: ['S256'],
      });
    }

    if (path === '/authorize') {
      const asked = Object.fromEntries(new URL(request.url, this.url).searchParams);
      const code = randomUUID();
      this.#codes.set(code, { ...asked, scope: this.consent ?? asked.scope });
      const back = new URL(asked.redirect_uri);
      back.searchParams.set('code', code);
      return response.writeHead(302, { location: back.href }).end();
    }

    if (path !== '/token' || request.method !== 'POST') {
      return json(response, 404, { error: 'not_found' });
    }

    let body = '';
    for await (const part of request) {
      body += part;
    }

    return this.#grant(response, Object.fromEntries(new URLSearchParams(body)));
  }

  /** The resource parameter (RFC 8707) is what the token is for; the client has it from the server's metadata. */
  #grant(response, asked) {
    let { resource, scope } = asked;
    if (asked.grant_type === 'authorization_code') {
      const code = this.#codes.get(asked.code);
      this.#codes.delete(asked.code);
      if (!code || code.resource !== resource || createHash('sha256').update(asked.code_verifier ?? '').digest('base64url') !== code.code_challenge) {
        return json(response, 400, { error: 'invalid_grant' });
      }

      scope = code.scope;
    }

    this.grants.push({ grant: asked.grant_type, resource, scope });
    return json(response, 200, { access_token: this.token(resource, scope ?? ''), token_type: 'Bearer', expires_in: lifetimeSeconds, scope });
  }
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function json(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
