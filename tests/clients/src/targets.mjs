import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The file server, which clients start themselves. */
export function stdioTarget(workplace) {
  const audience = 'urn:example:file-server';
  return {
    audience,
    assembly: workplace.assembly('samples/FileServer'),
    settings: () => workplace.settings(audience),
    tools: ['list_files', 'read_file', 'search_files', 'file_info', 'write_file', 'move_file', 'delete_file'],
    prompt: { name: 'summarize_file', arguments: ['path=note.txt'] },
    resource: 'workspace:///note.txt',
    exists: (name) => existsSync(join(workplace.files, name)),
  };
}

/** The servers over HTTP, started one by one. */
export async function* httpTargets(workplace) {
  yield start(workplace, 'samples/HttpServer', {
    name: 'sample',
    scope: 'read:files',
    otherScope: 'write:files',
    tool: { name: 'read_note', arguments: ['name=note.md'], answer: 'The quick brown fox.' },
    prompt: { name: 'summarize_note', arguments: ['name=note.md'] },
  });
  yield start(workplace, 'tests/McpSecureGen.ConformanceServer', {
    name: 'conformance server',
    scope: 'use:tools',
    otherScope: 'use:resources',
    tool: { name: 'test_simple_text', arguments: [], answer: 'This is a simple text response for testing.' },
    prompt: { name: 'test_simple_prompt', arguments: [] },
  });
}

async function start(workplace, project, target) {
  let audience = '';
  const server = await workplace.startWeb(project, (url) => workplace.settings(audience = `${url}/mcp`));
  return { ...target, url: audience, audience, stop: server.stop };
}
