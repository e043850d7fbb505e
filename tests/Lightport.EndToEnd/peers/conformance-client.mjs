// The protocol's suite starts this as an MCP client that it judges. It is the gateway that is judged, one for all scenarios:
// this puts the suite's server behind its MCP door, lists the server's tools there, and calls each of them.
// node conformance-client.mjs <gateway> <the suite's server>
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, rmdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const [shared, server] = process.argv.slice(2);
let gateway = shared;
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const label = 'peer';

// Most scenarios of `auth/` want a user to sign in at a browser, or a way to a token that the suite makes known on the way. The
// gateway shows MCP servers the identity that its configuration names: a secret, client credentials, or its caller's token
// exchanged. So it is judged by those that are about such an identity, or about what a server and its issuer say of themselves.
const signs = context.private_key_pem !== undefined;
const hasOwnSecret = signs || process.env.MCP_CONFORMANCE_SCENARIO === 'auth/pre-registration';
const asItself = hasOwnSecret || [
  'auth/client-credentials-basic',
  'auth/metadata-issuer-mismatch',
  'auth/resource-mismatch',
].includes(process.env.MCP_CONFORMANCE_SCENARIO);
if (process.env.MCP_CONFORMANCE_SCENARIO?.startsWith('auth/') && !asItself) {
  console.error('The gateway signs no user in at MCP servers.');
  process.exit(1);
}

/** Arguments that a schema takes; one for a schema gets that of the first tool, as the gateway tells it. */
const argumentsFor = (schema, first) => schema.properties?.schema ? { schema: first } : Object.fromEntries(
  Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    { integer: 3, number: 3, boolean: true, array: [], object: {} }[property.type] ?? property.enum?.[0] ?? 'text',
  ]));

/** The suite starts all scenarios at once, and the gateway has one of their servers at a time. */
async function take(place) {
  for (;;) {
    try {
      mkdirSync(place);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }

    await wait(50);
  }
}

async function send(method, path, key, body, headers = {}) {
  const response = await fetch(new URL(path, gateway), {
    method,
    headers: { authorization: `Bearer ${key}`, ...headers },
    body,
  });
  return [response.status, await response.text()];
}

/** As whoever runs the gateway finds out whose credentials a server wants, and writes it down. */
async function auth() {
  if (!asItself) {
    return '';
  }

  const { origin, pathname } = new URL(server);
  const said = await (await fetch(`${origin}/.well-known/oauth-protected-resource${pathname}`)).json();
  return `, auth: { client-credentials: { issuer: "${said.authorization_servers[0]}", `
    + `client-id: "${context.client_id ?? 'lightport'}", ${signs ? 'private-key: PEER_PRIVATE_KEY' : 'secret: PEER_CLIENT_SECRET'} } }`;
}

/** A gateway has its secrets when it starts, and the suite says some only here: these scenarios have a gateway to themselves. */
async function start() {
  const port = await new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
  const folder = mkdtempSync(join(tmpdir(), 'lightport-peer-'));
  gateway = `http://127.0.0.1:${port}`;
  const child = spawn('dotnet', [process.env.PEER_GATEWAY, '--config', join(folder, 'lightport.yaml'), '--urls', gateway], {
    stdio: 'ignore',
    detached: true,
    env: {
      ...process.env,
      LIGHTPORT_DATA: folder,
      PEER_CLIENT_SECRET: context.client_secret,
      PEER_PRIVATE_KEY: context.private_key_pem,
    },
  });
  for (let tried = 0; tried < 200; tried++) {
    const health = await fetch(new URL('health', gateway)).catch(() => undefined);
    if (health?.ok) {
      break;
    }

    await wait(50);
  }

  return async () => {
    const ended = new Promise(resolve => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await ended;
    rmSync(folder, { recursive: true });
  };
}

let last = 0;

async function ask(method, params = {}) {
  const [, text] = await send(
    'POST',
    'mcp',
    process.env.LIGHTPORT_KEY,
    JSON.stringify({ jsonrpc: '2.0', id: ++last, method, params }),
    { 'content-type': 'application/json', accept: 'application/json, text/event-stream' });
  const message = JSON.parse(text.split('\n').findLast(line => line.startsWith('data: '))?.slice(6) ?? text);
  if (message.error) {
    throw new Error(`${method}: ${message.error.message}`);
  }

  return message.result;
}

const stop = hasOwnSecret ? await start() : undefined;
const place = join(tmpdir(), `lightport-peer-${new URL(gateway).port}`);
await take(place);
try {
  const [status, said] = await send(
    'PUT',
    'manage/config',
    process.env.LIGHTPORT_ADMIN_KEY,
    `mcp: { servers: { ${label}: { url: "${server}", pin: off, timeout: 5s${await auth()} } } }\n`);
  if (status !== 200) {
    throw new Error(said);
  }

  // While the suite starts everything else, its server may be too slow to be asked.
  let theirs = [];
  for (let tried = 0; tried < 5 && theirs.length === 0; tried++) {
    await wait(tried * 500);
    const { tools } = await ask('tools/list');
    theirs = tools.filter(tool => tool.name.startsWith(`${label}__`));
  }

  console.error('tools:', theirs.map(tool => tool.name).join(', '));
  const calls = context.toolCalls?.map(call => ({ name: `${label}__${call.name}`, arguments: call.arguments }))
    ?? theirs.map(tool => ({ name: tool.name, arguments: argumentsFor(tool.inputSchema, theirs[0].inputSchema) }));
  for (const call of calls) {
    const result = await ask('tools/call', call);
    console.error(call.name, JSON.stringify(result));
    if (result.isError) {
      process.exitCode = 1;
    }
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmdirSync(place);
  await stop?.();
}
