// The conformance suite names fs.globSync, which Node has from version 22 on, and only calls it to look for its own
// sources. This lets it be loaded by Node 20 too.
import { register } from 'node:module';

register('data:text/javascript,' + encodeURIComponent(`
  const filesystem = 'data:text/javascript,' + encodeURIComponent(
    "export * from 'node:fs'; export const globSync = () => { throw new Error('Node 22 has it.'); };");
  export const resolve = (name, context, next) =>
    name === 'fs' && context.parentURL?.includes('/@modelcontextprotocol/conformance/')
      ? { url: filesystem, shortCircuit: true }
      : next(name, context);
`));
