import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

const startSeconds = 30;

/** A folder of its own for each run, and the processes started in it. */
export class Workplace {
  #folder = mkdtempSync(join(tmpdir(), 'mcpsecuregen-clients-'));
  #processes = [];
  #forwarders = [];
  #count = 0;

  constructor(issuer) {
    this.issuer = issuer;
    this.keyFile = join(this.#folder, 'keys.json');
    this.files = join(this.#folder, 'workspace');
    writeFileSync(this.keyFile, issuer.keySet);
    this.home = join(this.#folder, 'home');
    mkdirSync(this.files);
    mkdirSync(this.home);
    for (const name of ['note.txt', 'note.md']) {
      writeFileSync(join(this.files, name), 'The quick brown fox.');
    }
  }

  path(name) {
    return join(this.#folder, name);
  }

  /** The assembly of a project that `run` has built. */
  assembly(project) {
    return join(repository, project, 'bin', process.env.CONFIGURATION ?? 'Debug', 'net10.0', `${project.split('/').at(-1)}.dll`);
  }

  /** The settings of a secured server, as environment variables. Each server has an audit log of its own. */
  settings(audience) {
    return {
      McpSecurity__Authentication__Issuer: this.issuer.url,
      McpSecurity__Authentication__Audience: audience,
      McpSecurity__Authentication__KeyFile: this.keyFile,
      McpSecurity__Audit__Path: this.path(`audit-${++this.#count}.jsonl`),
      McpSecurity__Roots__workspace: this.files,
      McpSecurity__Roots__notes: this.files,
      Logging__LogLevel__Default: 'Warning',
      Logging__LogLevel__ModelContextProtocol: 'Critical',
    };
  }

  /** Starts a web server on a free port of this machine and waits until it answers. */
  async startWeb(project, settings = () => ({})) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = spawn('dotnet', [this.assembly(project), '--urls', url], {
      cwd: this.#folder, env: { ...process.env, ...settings(url) }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#processes.push(server);
    let output = '';
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (text) => { output = (output + text).slice(-4000); });
    }

    for (const end = Date.now() + (startSeconds * 1000); ;) {
      if (server.exitCode !== null || Date.now() > end) {
        throw new Error(`${project} did not start: ${output}`);
      }

      try {
        await fetch(url, { signal: AbortSignal.timeout(1000) });
        return { url, stop: () => stopProcess(server) };
      } catch {
        await new Promise((later) => setTimeout(later, 100));
      }
    }
  }

  keep(forwarder) {
    this.#forwarders.push(forwarder);
    return forwarder;
  }

  async stop() {
    await Promise.all(this.#forwarders.map((forwarder) => forwarder.stop()));
    await Promise.all(this.#processes.map(stopProcess));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

async function stopProcess(server) {
  if (server.exitCode !== null || server.signalCode !== null) {
    return;
  }

  const ended = new Promise((done) => server.once('exit', done));
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}
