// Providers of every wire on one port of this machine: node upstream.mjs <port> <file that the model edits> <log>.
import { appendFileSync } from 'node:fs';
import http from 'node:http';
import { answer } from './model.mjs';
import { wires } from './wires.mjs';

const [port, file, log] = process.argv.slice(2);

function serve(path, body, res) {
  const wire = wires.find((one) => (one.path instanceof RegExp ? one.path.test(path) : one.path === path));
  const seen = wire?.read(body) ?? { tools: [], results: [], problems: ['no such path'] };
  appendFileSync(log, `${JSON.stringify({ path, tools: seen.tools.length, results: seen.results.length, problems: seen.problems })}\n`);
  if (seen.problems.length > 0) {
    res.writeHead(wire ? 400 : 404, { 'content-type': 'application/json' });
    res.end(JSON.stringify(wire?.refuse(seen.problems.join('; ')) ?? {}));
    return;
  }

  res.writeHead(200, { 'content-type': wire.type ?? 'text/event-stream' });
  wire.tell(res, body, answer(seen, file));
}

http.createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => serve(req.url.split('?')[0], JSON.parse(Buffer.concat(chunks).toString()), res));
}).listen(Number(port), '127.0.0.1');
