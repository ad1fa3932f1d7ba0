import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from './report.mjs';
import { httpTargets, stdioTarget } from './targets.mjs';

const program = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');

/** The Inspector's command line against the file server: a token from the environment, a token with each request, no token, one short of scope. */
export async function inspectorOverStdio(report, workplace, issuer) {
  const target = stdioTarget(workplace);
  const good = issuer.token(target.audience, 'read:files write:files');
  const short = issuer.token(target.audience, 'read:files');
  const ways = {
    'token from the environment': (token) => ({ env: { MCP_ACCESS_TOKEN: token }, more: [] }),
    'token in the metadata of each request': (token) => ({ env: {}, more: ['--metadata', `mcpsecuregen/token=${token}`] }),
  };
  for (const [way, carry] of Object.entries(ways)) {
    const run = (token, ...call) => {
      const { env, more } = carry(token);
      return inspect(workplace, [...server(target, env), '--cli', ...call, ...more]);
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
      const prompt = await run(good, '--method', 'prompts/get', '--prompt-name', target.prompt, '--prompt-args', 'path=note.txt');
      expect(prompt.text.includes('The quick brown fox.'), prompt.text);
    });
    await report.check(`inspector, stdio, ${way}: too few scopes, neither lists nor calls what needs more`, async () => {
      const list = await run(short, '--method', 'tools/list');
      expect(list.text.includes('"read_file"') && !list.text.includes('"write_file"'), list.text);
      const call = await run(short, '--method', 'tools/call', '--tool-name', 'write_file', '--tool-arg', 'path=new.txt', '--tool-arg', 'content=x');
      expect(isRefused(call, 'insufficient_capability') && !target.exists('new.txt'), call.text);
    });
    await report.check(`inspector, stdio, ${way}: an expired token`, async () => {
      const call = await run(
        issuer.token(target.audience, 'read:files', { age: 600 }), '--method', 'tools/call', '--tool-name', 'read_file', '--tool-arg', 'path=note.txt');
      expect(isRefused(call, 'unauthenticated') && !call.text.includes('quick brown'), call.text);
    });
  }

  await report.check('inspector, stdio, no token: neither lists nor calls', async () => {
    const list = await inspect(workplace, [...server(target, {}), '--cli', '--method', 'tools/list']);
    expect(!list.text.includes('"read_file"'), list.text);
    const call = await inspect(workplace, [...server(target, {}), '--cli', '--method', 'tools/call', '--tool-name', 'read_file', '--tool-arg', 'path=note.txt']);
    expect(isRefused(call, 'unauthenticated') && !call.text.includes('quick brown'), call.text);
  });
}

/** The same over HTTP, with the token in its header. */
export async function inspectorOverHttp(report, workplace, issuer) {
  for (const target of await httpTargets(workplace)) {
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
    await report.check(`inspector, http, ${target.name}: no token, a wrong audience, an expired token`, async () => {
      for (const token of [
        null, issuer.token('http://127.0.0.1/other', target.scope), issuer.token(target.audience, target.scope, { age: 600 }),
      ]) {
        const answer = await run(token, ...call);
        expect(isRefused(answer, '401') && !answer.text.includes(target.tool.answer), answer.text);
      }
    });
    await report.check(`inspector, http, ${target.name}: too few scopes`, async () => {
      const token = issuer.token(target.audience, target.otherScope);
      const list = await run(token, '--method', 'tools/list');
      expect(!list.text.includes(`"${target.tool.name}"`), list.text);
      const answer = await run(token, ...call);
      expect(isRefused(answer, '403') && !answer.text.includes(target.tool.answer), answer.text);
    });
    await target.stop();
  }
}

/** The server's environment has to stand before the command. */
function server(target, env) {
  return [
    ...Object.entries({ ...target.settings(), ...env }).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    'dotnet', target.assembly,
  ];
}

/** The Inspector says no, and says the server's reason. */
function isRefused(answer, reason) {
  return answer.code !== 0 && answer.text.includes(reason);
}

async function inspect(workplace, commandLine) {
  const run = spawn(process.execPath, [program, ...commandLine], {
    env: { ...process.env, HOME: workplace.home }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  run.stdout.on('data', (part) => { text += part; });
  run.stderr.on('data', (part) => { text += part; });
  const timer = setTimeout(() => run.kill('SIGKILL'), 60_000);
  const code = await new Promise((done) => run.once('close', done));
  clearTimeout(timer);
  return { code, text };
}
