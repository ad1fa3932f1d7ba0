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
    prompt: 'summarize_file',
    resource: 'workspace:///note.txt',
    exists: (name) => existsSync(join(workplace.files, name)),
  };
}

/** The servers over HTTP, running. */
export async function httpTargets(workplace) {
  return [await conformanceServer(workplace)];
}

async function conformanceServer(workplace) {
  let audience = '';
  const server = await workplace.startWeb('tests/McpSecureGen.ConformanceServer', (url) => workplace.settings(audience = `${url}/mcp`));
  return {
    name: 'conformance server',
    url: audience,
    audience,
    scope: 'use:tools',
    otherScope: 'use:prompts',
    tool: { name: 'test_simple_text', arguments: [], answer: 'This is a simple text response for testing.' },
    other: { name: 'test_simple_prompt' },
    stop: server.stop,
  };
}
