// What the scripted model does: it reads the one file of the repository, changes one word in it, searches for more tools
// where it is offered a search, and says that it is done. It sees only what a model sees: the names of its tools and what
// they have answered.

const first = (tools, names) => names.find((name) => tools.includes(name));

const edits = {
  Edit: (file) => ({ file_path: file, old_string: 'colour', new_string: 'color', replace_all: false }),
  edit: (file) => ({ filePath: file, oldString: 'colour', newString: 'color' }),
};

const patch = (file) => `*** Begin Patch
*** Update File: ${file}
@@
-The colour of the port light is red.
+The color of the port light is red.
*** End Patch
`;

/** @returns {{think?: string, text?: string, calls?: {name: string, args: object|string}[]}} */
export function answer({ tools, results }, file) {
  const read = first(tools, ['Read', 'read']);
  const edit = first(tools, ['Edit', 'edit']);
  const shell = first(tools, ['exec_command', 'shell', 'shell_command']);
  if (!edit && !shell && !tools.includes('apply_patch')) return { text: 'Spelling' };
  const steps = read
    ? [
        { text: 'Let me read it.', calls: [{ name: read, args: { [read === 'Read' ? 'file_path' : 'filePath']: file } }] },
        { calls: [{ name: edit, args: edits[edit](file) }] },
      ]
    : [
        { text: 'Let me read it.', calls: [{ name: shell, args: command(shell, `cat ${file}`) }] },
        tools.includes('apply_patch')
          ? { calls: [{ name: 'apply_patch', args: patch(file) }] }
          : { calls: [{ name: shell, args: command(shell, `sed -i s/colour/color/ ${file}`) }] },
      ];
  if (tools.includes('ToolSearch')) {
    steps.push({ calls: [{ name: 'ToolSearch', args: { query: 'select:WebFetch', max_results: 3 } }] });
  }

  const step = steps[results.length];
  return step ? { think: `Step ${results.length + 1} of ${steps.length}.`, ...step } : { text: 'The word is changed.' };
}

const command = (tool, line) => (tool === 'exec_command' ? { cmd: line } : { command: ['bash', '-lc', line] });
