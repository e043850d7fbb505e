// node parse.mjs <bicep|powershell> <all|errors> <file …>
// Prints one JSON object: each file's path and its tree of named nodes; with `errors` only of what leads to an error. An
// error node has the type ERROR, and a node that the parser had to make up has MISSING.
import { readFile } from 'node:fs/promises';
import { Language, Parser } from 'web-tree-sitter';

const [grammar, wanted, ...files] = process.argv.slice(2);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(
  new URL(`node_modules/tree-sitter-${grammar}/tree-sitter-${grammar}.wasm`, import.meta.url).pathname));

const describe = node => ({
  type: node.isMissing ? 'MISSING' : node.type,
  text: node.text,
  line: node.startPosition.row + 1,
  children: node.children
    .filter(child => wanted === 'errors' ? child.hasError : child.isNamed || child.isMissing || child.isError)
    .map(describe),
});

const trees = {};
for (const file of files) {
  const tree = parser.parse(await readFile(file, 'utf8'));
  trees[file] = describe(tree.rootNode);
}

process.stdout.write(JSON.stringify(trees));
