import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from './report.mjs';
import { httpTargets, stdioTarget } from './targets.mjs';

const program = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');

const patienceSeconds = 60;

/** The Inspector's command line against the file server: a token from the environment, a token with each request, no token, one short of scope. */
export async function inspectorOverStdio(report, workplace, issuer) {
  const target = stdioTarget(workplace);
  const good = issuer.token(target.audience, 'read:files write:files');
  const short = issuer.token(target.audience, 'write:files');
  const ways = {
    'token from the environment': (token) => ({ env: { MCP_ACCESS_TOKEN: token }, more: [] }),
    'token in the metadata of each request': (token) => ({ env: {}, more: ['--metadata', `mcpsecuregen/token=${token}`] }),
  };
  for (const [way, carry] of Object.entries(ways)) {
    const run = (token, ...call) => {
      const { env, more } = carry(token);
      return inspect(workplace, [...server(target, env), ...call, ...more]);
    };
    await report.check(`inspector, stdio, ${way}: lists the tools`, async () => {
      const answer = await run(good, '--method', 'tools/list');
      expect(target.tools.every((name) => answer.text.includes(`"${name}"`)), answer.text);
    });
    await report.check(`inspector, stdio, ${way}: calls a tool`, async () => {
      const answer = await run(good, '--method', 'tools/call', '--tool-name', 'read_file', '--tool-arg', 'path=note.txt');
      expect(answer.code === 0 && answer.text.includes('The quick brown fox.'), answer.text);
    });
    await report.check(`inspector, stdio, ${way}: reads a resource and gets a prompt`, async () => {
      const resource = await run(good, '--method', 'resources/read', '--uri', target.resource);
      expect(resource.text.includes('The quick brown fox.'), resource.text);
      const prompt = await run(good, ...getPrompt(target));
      expect(prompt.text.includes('The quick brown fox.'), prompt.text);
    });
    await report.check(`inspector, stdio, ${way}: too few scopes, neither lists nor gets what needs more`, async () => {
      const list = await run(short, '--method', 'tools/list');
      expect(list.text.includes('"write_file"') && !list.text.includes('"read_file"'), list.text);

      // The Inspector does not even call a tool that it was not shown; a prompt it asks for.
      const call = await run(short, '--method', 'tools/call', '--tool-name', 'read_file', '--tool-arg', 'path=note.txt');
      expect(isRefused(call, 'tool_not_found'), call.text);
      const prompt = await run(short, ...getPrompt(target));
      expect(isRefused(prompt, 'Not authorized.'), prompt.text);
    });
    await report.check(`inspector, stdio, ${way}: an expired token`, async () => {
      const prompt = await run(issuer.token(target.audience, 'read:files', { age: 600 }), ...getPrompt(target));
      expect(isRefused(prompt, 'Not authenticated.'), prompt.text);
    });
  }

  await report.check('inspector, stdio, no token: neither lists nor reads', async () => {
    const list = await inspect(workplace, [...server(target, {}), '--method', 'tools/list']);
    expect(!list.text.includes('"read_file"'), list.text);
    const resource = await inspect(workplace, [...server(target, {}), '--method', 'resources/read', '--uri', target.resource]);
    expect(isRefused(resource, 'Not authenticated.'), resource.text);
  });
}

/** The same over HTTP, with the token in its header. */
export async function inspectorOverHttp(report, workplace, issuer) {
  for await (const target of httpTargets(workplace)) {
    const run = (token, ...call) => inspect(workplace, [
      '--cli', target.url, '--transport', 'http', ...call, ...(token ? ['--header', `Authorization: Bearer ${token}`] : []),
    ]);
    const call = ['--method', 'tools/call', '--tool-name', target.tool.name, ...target.tool.arguments.flatMap((argument) => ['--tool-arg', argument])];
    await report.check(`inspector, http, ${target.name}: lists and calls with a token`, async () => {
      const token = issuer.token(target.audience, target.scope);
      const list = await run(token, '--method', 'tools/list');
      expect(list.code === 0 && list.text.includes(`"${target.tool.name}"`), list.text);
      const answer = await run(token, ...call);
      expect(answer.code === 0 && answer.text.includes(target.tool.answer), answer.text);
    });
    // It understands the challenge and would open a browser, had it a terminal.
    await report.check(`inspector, http, ${target.name}: no token, a wrong audience, an expired token lead to authorization`, async () => {
      for (const token of [
        null, issuer.token('http://127.0.0.1/other', target.scope), issuer.token(target.audience, target.scope, { age: 600 }),
      ]) {
        const answer = await run(token, ...call);
        expect(isRefused(answer, 'auth_required'), answer.text);
      }
    });
    await report.check(`inspector, http, ${target.name}: too few scopes, neither lists nor gets what needs more`, async () => {
      const token = issuer.token(target.audience, target.otherScope);
      const list = await run(token, '--method', 'tools/list');
      expect(list.code === 0 && !list.text.includes(`"${target.tool.name}"`), list.text);
      const answer = await run(token, ...getPrompt(target));
      expect(isRefused(answer, /403|insufficient|not authorized/i), answer.text);
    });
    await target.stop();
  }
}

/** The command that starts the server, and the settings of its process. */
function server(target, env) {
  return ['--cli', 'dotnet', target.assembly, ...Object.entries({ ...target.settings(), ...env }).flatMap(([name, value]) => ['-e', `${name}=${value}`])];
}

function getPrompt({ prompt }) {
  return ['--method', 'prompts/get', '--prompt-name', prompt.name, ...prompt.arguments.flatMap((argument) => ['--prompt-args', argument])];
}

/** The Inspector says no with the server's reason, and nothing of what was asked for. */
function isRefused({ code, text }, reason) {
  return code !== 0 && (reason instanceof RegExp ? reason.test(text) : text.includes(reason)) && !text.includes('quick brown');
}

async function inspect(workplace, commandLine) {
  const run = spawn(process.execPath, [program, ...commandLine], {
    env: { ...process.env, HOME: workplace.home, MCP_INSPECTOR_SECRET_STORE: 'memory' }, stdio: ['ignore', 'pipe', 'pipe'], detached: true,
  });
  let text = '';
  run.stdout.on('data', (part) => { text += part; });
  run.stderr.on('data', (part) => { text += part; });

  // The whole group: the server that the Inspector started would keep the pipes open.
  const timer = setTimeout(() => process.kill(-run.pid, 'SIGKILL'), patienceSeconds * 1000);
  const code = await new Promise((done) => run.once('close', done));
  clearTimeout(timer);
  return { code, text };
}
