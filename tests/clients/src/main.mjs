// Runs every check and ends with the counts. With names of groups as arguments, only those.
import { conformance } from './conformance.mjs';
import { inspectorOverHttp, inspectorOverStdio } from './inspector.mjs';
import { Issuer } from './issuer.mjs';
import { Report } from './report.mjs';
import { Workplace } from './servers.mjs';
import { typeScriptOverHttp, typeScriptOverStdio } from './typescript.mjs';

const groups = { inspectorOverStdio, typeScriptOverStdio, inspectorOverHttp, typeScriptOverHttp, conformance };
const chosen = process.argv.slice(2);
const report = new Report();
const issuer = await Issuer.start();
const workplace = new Workplace(issuer);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => workplace.stop().finally(() => process.exit(1)));
}

try {
  for (const [name, group] of Object.entries(groups)) {
    if (chosen.length === 0 || chosen.includes(name)) {
      await report.group(name, () => group(report, workplace, issuer));
    }
  }
} finally {
  await workplace.stop();
  await issuer.stop();
}

process.exitCode = report.end();
