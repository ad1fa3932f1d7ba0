import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Forwarder } from './forwarder.mjs';
import { expect } from './report.mjs';
import { freePort, repository } from './servers.mjs';
import { page } from './table.mjs';

const suite = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/@modelcontextprotocol/conformance/dist/index.js');
const scenarioCount = 32;
const capabilities = 'use:tools use:prompts use:resources';

/** What the suite must find: these fail on the SDK alone and pass with the library. */
const improved = ['dns-rebinding-protection'];

/** The official suite, all server scenarios, against one server of ours without and with the library. */
export async function conformance(report, workplace, issuer) {
  const plain = await workplace.startWeb('tests/McpSecureGen.ConformanceServer.SdkAlone');
  const unsecured = await runSuite(`${plain.url}/mcp`, workplace.path('suite-unsecured'));
  await plain.stop();

  // The suite calls the forwarder by its own port, and the server must know that name and origin.
  const port = await freePort();
  let audience = '';
  const server = await workplace.startWeb('tests/McpSecureGen.ConformanceServer', (url) => ({
    ...workplace.settings(audience = `${url}/mcp`),
    McpSecurity__Http__AllowedHosts__0: `127.0.0.1:${port}`,
    McpSecurity__Http__AllowedOrigins__0: `http://127.0.0.1:${port}`,
  }));
  const forwarder = workplace.keep(await Forwarder.start(port, server.url, () => issuer.token(audience, capabilities)));
  const secured = await runSuite(`${forwarder.url}/mcp`, workplace.path('suite-secured'));
  const bare = await runSuite(`${server.url}/mcp`, workplace.path('suite-bare'));
  await server.stop();

  await report.check(`conformance: ${scenarioCount} server scenarios ran on both servers`, () => {
    expect(unsecured.size === scenarioCount, `${unsecured.size} without the library`);
    expect(secured.size === scenarioCount, `${secured.size} with it`);
  });
  for (const [scenario, before] of unsecured) {
    const after = secured.get(scenario);
    await report.check(`conformance: ${scenario}`, () => {
      expect(after, 'it did not run on the secured server');
      expect(!before.ok || after.ok, `passes without the library, fails with it: ${after.errors.join('; ')}`);
      expect(improved.includes(scenario) ? !before.ok && after.ok : before.ok, `expected otherwise without the library: ${before.errors.join('; ')}`);
      expect(after.passed >= before.passed, `${before.passed} checks passed without the library, ${after.passed} with it`);
    });
  }

  await report.check('conformance: without the forwarder\'s token every scenario fails on the secured server', () => {
    expect(bare.size === scenarioCount, `${bare.size} ran`);
    expect([...bare.values()].every((result) => !result.ok), [...bare].filter(([, result]) => result.ok).map(([scenario]) => scenario).join(', '));
  });
  await compareWithPage(report, unsecured, secured);
}

/** The table in docs/ must say what was found. */
async function compareWithPage(report, unsecured, secured) {
  const file = join(repository, 'docs', 'conformance.md');
  const found = page(unsecured, secured);
  if (process.env.UPDATE === '1') {
    writeFileSync(file, found);
  }

  await report.check('conformance: docs/conformance.md says what was found', () =>
    expect(existsSync(file) && readFileSync(file, 'utf8') === found, 'it differs; run tests/clients/run with UPDATE=1 and read the difference'));
}

/** Scenario name to what its checks said. */
async function runSuite(url, folder) {
  const run = spawn(process.execPath, [suite, 'server', '--url', url, '--suite', 'all', '-o', folder], { stdio: 'ignore' });
  await new Promise((done) => run.once('exit', done));
  const results = new Map();
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT/.exec(name)?.[1];
    const checks = JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8'));
    const count = (status) => checks.filter((check) => check.status === status).length;
    results.set(scenario, {
      ok: count('FAILURE') === 0 && count('SUCCESS') > 0,
      passed: count('SUCCESS'),
      failed: count('FAILURE'),
      warnings: count('WARNING'),
      errors: checks.filter((check) => check.status === 'FAILURE').map((check) => check.errorMessage ?? check.name),
    });
  }

  return results;
}
