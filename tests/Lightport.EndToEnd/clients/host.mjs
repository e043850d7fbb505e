// One process for every client: a line of input names a script and a provider, the line of output that answers it is what
// the scenarios of that script gave. A script is loaded anew for each provider, the packages that it uses are not.
import { createInterface } from 'node:readline';

const tell = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const { script, provider } = JSON.parse(line);
  import(`./${script}.mjs?provider=${provider}`).then(
    ({ results }) => tell({ script, provider, results }),
    (error) => tell({ script, provider, failure: String(error.stack ?? error) }),
  );
}
