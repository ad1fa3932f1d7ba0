/** The page of results: the same results give the same bytes. */
export function page(unsecured, secured) {
  const rows = [...unsecured.keys()].sort().map((scenario) =>
    `| ${scenario} | ${cell(unsecured.get(scenario))} | ${cell(secured.get(scenario))} |`);
  return `# Conformance

The official suite, \`@modelcontextprotocol/conformance\` 0.1.16, all server scenarios, against one server of this repository:
\`tests/McpSecureGen.ConformanceServer\`. It is compiled twice from the same files, on the SDK alone and with McpSecureGen.
\`tests/clients/run\` runs both, compares them and writes this page (\`UPDATE=1\`).

The suite can send no token. Before the secured server stands a forwarder of a few lines (\`tests/clients/src/forwarder.mjs\`) that adds an
\`Authorization\` header with a token of five minutes and passes everything else on, \`Host\` and \`Origin\` among it. Without it every scenario
fails with 401, which the run checks too.

| scenario | SDK alone | with McpSecureGen |
|---|---|---|
${rows.join('\n')}
| **scenarios passed** | **${total(unsecured)}** | **${total(secured)}** |

A number after the word counts the checks of a scenario that has several. Warnings are the suite's advice and fail nothing.

- \`dns-rebinding-protection\` is the point of the comparison: the SDK answers a page of a foreign host, the guard does not.
- \`server-sse-polling\` warns on both servers. The suite opens a session with one protocol version and goes on with another, which the SDK
  refuses, so that the call never reaches the tool.
`;
}

function total(results) {
  return `${[...results.values()].filter((result) => result.ok).length} of ${results.size}`;
}

function cell(result) {
  if (!result) {
    return 'did not run';
  }

  const counts = [
    result.passed + result.failed > 1 ? `${result.passed} of ${result.passed + result.failed}` : '',
    result.warnings > 0 ? `${result.warnings} warning${result.warnings > 1 ? 's' : ''}` : '',
  ].filter(Boolean).join(', ');
  return `${result.ok ? 'passed' : '**failed**'}${counts ? ` (${counts})` : ''}`;
}
