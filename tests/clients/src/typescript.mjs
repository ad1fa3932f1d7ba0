import { ClientCredentialsProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { discoverOAuthProtectedResourceMetadata, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect } from './report.mjs';
import { httpTargets, stdioTarget } from './targets.mjs';

const metaKey = 'mcpsecuregen/token';

/** The TypeScript SDK's client against the file server. */
export async function typeScriptOverStdio(report, workplace, issuer) {
  const target = stdioTarget(workplace);
  const good = issuer.token(target.audience, 'read:files write:files');
  const short = issuer.token(target.audience, 'read:files');
  const read = { name: 'read_file', arguments: { path: 'note.txt' } };
  const write = { name: 'write_file', arguments: { path: 'typescript.txt', content: 'x' } };
  const open = (env) => connect(new StdioClientTransport({
    command: 'dotnet', args: [target.assembly], env: { ...getDefaultEnvironment(), ...target.settings(), ...env }, stderr: 'ignore',
  }));

  await report.check('typescript, stdio, token from the environment: lists and calls', () => using(open({ MCP_ACCESS_TOKEN: good }), async (client) => {
    const { tools } = await client.listTools();
    expect(target.tools.every((name) => tools.some((tool) => tool.name === name)), JSON.stringify(tools));
    expect(textOf(await client.callTool(read)).includes('quick brown'), 'no text');
  }));
  await report.check('typescript, stdio, a token with each request: two callers of one process', () => using(open({}), async (client) => {
    expect(textOf(await client.callTool({ ...read, _meta: { [metaKey]: short } })).includes('quick brown'), 'no text');
    const refusal = await refused(client.callTool({ ...write, _meta: { [metaKey]: short } }));
    expect(refusal.data?.reason === 'insufficient_capability' && refusal.data.required?.includes('write:files'), JSON.stringify(refusal.data));
    expect(!target.exists('typescript.txt'), 'the file was written');
    await client.callTool({ ...write, _meta: { [metaKey]: good } });
    expect(target.exists('typescript.txt'), 'the file was not written');
  }));
  await report.check('typescript, stdio, no token: unauthenticated', () => using(open({}), async (client) => {
    const refusal = await refused(client.callTool(read));
    expect(refusal.data?.reason === 'unauthenticated', JSON.stringify(refusal.data));
  }));
}

/** The same client over Streamable HTTP. It follows 401 and 403 by itself when it has a provider. */
export async function typeScriptOverHttp(report, workplace, issuer) {
  for await (const target of httpTargets(workplace)) {
    const open = (options) => connect(new StreamableHTTPClientTransport(new URL(target.url), options));
    const call = (client) => client.callTool({
      name: target.tool.name, arguments: Object.fromEntries(target.tool.arguments.map((argument) => argument.split('='))),
    });
    const header = (token) => ({ requestInit: { headers: { Authorization: `Bearer ${token}` } } });

    await report.check(`typescript, http, ${target.name}: lists and calls with a token`, () =>
      using(open(header(issuer.token(target.audience, target.scope))), async (client) => {
        const { tools } = await client.listTools();
        expect(tools.some((tool) => tool.name === target.tool.name), JSON.stringify(tools));
        expect(textOf(await call(client)).includes(target.tool.answer), 'no text');
      }));
    await report.check(`typescript, http, ${target.name}: no token is a 401 that leads to the metadata`, async () => {
      const error = await refused(open({}));
      expect(error instanceof UnauthorizedError || error.code === 401, String(error));
      const metadata = await discoverOAuthProtectedResourceMetadata(target.url);
      expect(metadata.resource === target.audience, JSON.stringify(metadata));
      expect(metadata.authorization_servers?.includes(issuer.url), JSON.stringify(metadata));
      expect(metadata.scopes_supported?.includes(target.scope), JSON.stringify(metadata));
    });
    await report.check(`typescript, http, ${target.name}: too few scopes is a 403`, () =>
      using(open(header(issuer.token(target.audience, target.otherScope))), async (client) => {
        const { tools } = await client.listTools();
        expect(!tools.some((tool) => tool.name === target.tool.name), JSON.stringify(tools));
        const error = await refused(call(client));
        expect(error.code === 403, String(error));
      }));
    await report.check(`typescript, http, ${target.name}: follows a 401 with client credentials`, async () => {
      const before = issuer.grants.length;
      const provider = new ClientCredentialsProvider({
        clientId: 'clients', clientSecret: 'not-checked-here', scope: target.scope, expectedIssuer: issuer.url,
      });
      await using(open({ authProvider: provider }), async (client) => {
        expect(textOf(await call(client)).includes(target.tool.answer), 'no text');
      });
      const grants = issuer.grants.slice(before);
      expect(grants.length === 1 && grants[0].resource === target.audience && grants[0].scope === target.scope, JSON.stringify(grants));
    });
    await report.check(`typescript, http, ${target.name}: follows a 401 and then a 403 with the authorization code`, async () => {
      const before = issuer.grants.length;
      const provider = new Person();
      const transport = () => new StreamableHTTPClientTransport(new URL(target.url), { authProvider: provider });

      // First the person agrees to less than the server needs.
      issuer.consent = target.otherScope;
      const first = transport();
      expect((await refused(connect(first))) instanceof UnauthorizedError, 'the 401 was not followed');
      expect(provider.asked.searchParams.get('resource') === target.audience, provider.asked.href);
      await first.finishAuth(await provider.agree());

      issuer.consent = null;
      const second = transport();
      await using(connect(second), async (client) => {
        const error = await refused(call(client));
        expect(error instanceof UnauthorizedError, `the 403 was not followed: ${error}`);
        expect(provider.asked.searchParams.get('scope') === target.scope, provider.asked.href);
        await second.finishAuth(await provider.agree());
        expect(textOf(await call(client)).includes(target.tool.answer), 'no text after the step-up');
      });
      const grants = issuer.grants.slice(before);
      expect(JSON.stringify(grants.map((grant) => grant.scope)) === JSON.stringify([target.otherScope, target.scope]), JSON.stringify(grants));
    });
    await target.stop();
  }
}

/** Someone at a browser, who agrees to whatever the client asks for. What the client stores is kept here. */
class Person {
  redirectUrl = 'http://127.0.0.1/callback';
  clientMetadata = { client_name: 'clients', redirect_uris: ['http://127.0.0.1/callback'], grant_types: ['authorization_code'] };
  #tokens;
  #verifier;

  clientInformation() {
    return { client_id: 'clients', client_secret: 'not-checked-here' };
  }

  tokens() {
    return this.#tokens;
  }

  saveTokens(tokens) {
    this.#tokens = tokens;
  }

  redirectToAuthorization(url) {
    this.asked = url;
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  codeVerifier() {
    return this.#verifier;
  }

  async agree() {
    const answer = await fetch(this.asked, { redirect: 'manual' });
    return new URL(answer.headers.get('location')).searchParams.get('code');
  }
}

async function connect(transport) {
  const client = new Client({ name: 'clients', version: '1.0.0' });
  try {
    await client.connect(transport);
    return client;
  } catch (error) {
    await transport.close();
    throw error;
  }
}

async function using(opening, run) {
  const client = await opening;
  try {
    await run(client);
  } finally {
    await client.close();
  }
}

async function refused(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }

  throw new Error('it was not refused');
}

function textOf(result) {
  return (result.content ?? []).map((block) => block.text ?? '').join('\n');
}
