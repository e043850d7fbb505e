// Four vendors' wires, each as strict as its strictest server: what a model sees of a request, what is wrong with it, and
// how an answer is streamed. Every tool result must follow its call, every signature must come back as it was given.

import { crc32 } from 'node:zlib';

const pieces = (text) => text.match(/.{1,9}/gs) ?? [];
const event = (res, data, name) => res.write(`${name ? `event: ${name}\n` : ''}data: ${JSON.stringify(data)}\n\n`);
const asText = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
let count = 0;

const chat = {
  path: '/v1/chat/completions',
  read(body) {
    const problems = [];
    const results = [];
    const strict = body.model === 'strict';
    let waiting = [];
    body.messages.forEach((message, at) => {
      const before = body.messages[at - 1]?.role;
      if (strict && message.role === 'system' && at > 0) problems.push('System message must be at the beginning.');
      if (strict && message.role === 'user' && before === 'user') problems.push('Conversation roles must alternate.');
      if (message.role === 'tool') {
        if (!waiting.includes(message.tool_call_id)) problems.push(`${message.tool_call_id} answers no call`);
        waiting = waiting.filter((id) => id !== message.tool_call_id);
        results.push(asText(message.content));
      } else if (waiting.length > 0) problems.push(`${waiting} has no answer`);
      if (message.tool_calls) waiting = message.tool_calls.map((call) => call.id);
    });
    for (const tool of body.tools ?? []) if (tool.type !== 'function') problems.push(`tool of type ${tool.type}`);
    return { tools: (body.tools ?? []).map((tool) => tool.function?.name), results, problems };
  },
  refuse: (message) => ({ error: { message, type: 'invalid_request_error', param: null, code: null } }),
  tell(res, body, told) {
    const head = { id: `chatcmpl-${++count}`, object: 'chat.completion.chunk', created: 1, model: body.model };
    const delta = (part, finish = null) =>
      event(res, { ...head, choices: [{ index: 0, delta: part, finish_reason: finish }] });
    delta({ role: 'assistant', content: '' });
    for (const piece of pieces(told.think ?? '')) delta({ reasoning_content: piece });
    for (const piece of pieces(told.text ?? '')) delta({ content: piece });
    (told.calls ?? []).forEach((call, index) => {
      const args = typeof call.args === 'string' ? JSON.stringify({ input: call.args }) : JSON.stringify(call.args);
      delta({ tool_calls: [{ index, id: `call_${count}_${index}`, type: 'function', function: { name: call.name, arguments: '' } }] });
      for (const piece of pieces(args)) delta({ tool_calls: [{ index, function: { arguments: piece } }] });
    });
    delta({}, told.calls ? 'tool_calls' : 'stop');
    event(res, { ...head, choices: [], usage: { prompt_tokens: 20, completion_tokens: 12, total_tokens: 32 } });
    res.end('data: [DONE]\n\n');
  },
};

const messages = {
  path: '/v1/messages',
  read(body) {
    const problems = [];
    const results = [];
    for (const block of body.messages.flatMap((message) => (Array.isArray(message.content) ? message.content : []))) {
      if (block.type === 'tool_result') results.push(asText(block.content));
      if (block.type === 'thinking' && block.signature !== 'signed') problems.push('Invalid `signature` in `thinking` block');
    }
    const tools = (body.tools ?? []).filter((tool) => !tool.defer_loading).map((tool) => tool.name);
    return { tools, results, problems };
  },
  refuse: (message) => ({ type: 'error', error: { type: 'invalid_request_error', message } }),
  tell(res, body, told) {
    const thinks = told.think && body.thinking && body.thinking.type !== 'disabled';
    const blocks = [
      ...(thinks ? [{ type: 'thinking', thinking: told.think, signature: 'signed' }] : []),
      ...(told.text ? [{ type: 'text', text: told.text }] : []),
      ...(told.calls ?? []).map((call, at) => ({
        type: 'tool_use', id: `toolu_${++count}_${at}`, name: call.name,
        input: typeof call.args === 'string' ? { input: call.args } : call.args,
      })),
    ];
    const deltas = {
      thinking: (block) => [
        { type: 'thinking_delta', thinking: block.thinking }, { type: 'signature_delta', signature: block.signature }],
      text: (block) => pieces(block.text).map((text) => ({ type: 'text_delta', text })),
      tool_use: (block) => pieces(JSON.stringify(block.input)).map((json) => ({ type: 'input_json_delta', partial_json: json })),
    };
    const empty = { thinking: { thinking: '', signature: '' }, text: { text: '' }, tool_use: { input: {} } };
    const tell = (type, rest) => event(res, { type, ...rest }, type);
    const usage = { input_tokens: 20, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 12 };
    tell('message_start', { message: {
      id: `msg_${++count}`, type: 'message', role: 'assistant', model: body.model, content: [],
      stop_reason: null, stop_sequence: null, usage } });
    blocks.forEach((block, index) => {
      tell('content_block_start', { index, content_block: { ...block, ...empty[block.type] } });
      for (const delta of deltas[block.type](block)) tell('content_block_delta', { index, delta });
      tell('content_block_stop', { index });
    });
    tell('message_delta', {
      delta: { stop_reason: told.calls ? 'tool_use' : 'end_turn', stop_sequence: null }, usage: { output_tokens: 12 } });
    tell('message_stop', {});
    res.end();
  },
};

const gemini = {
  path: /^\/v1beta\/models\/[^:]+:streamGenerateContent$/,
  read(body) {
    const problems = [];
    const results = [];
    let waiting = 0;
    for (const content of body.contents) {
      const calls = content.parts.filter((part) => part.functionCall);
      const answers = content.parts.filter((part) => part.functionResponse);
      if (answers.length !== waiting) problems.push(`${answers.length} function responses for ${waiting} calls`);
      if (calls.length > 0 && !calls[0].thoughtSignature) problems.push('Function call is missing a thought_signature');
      waiting = calls.length;
      results.push(...answers.map((part) => asText(part.functionResponse.response)));
    }
    const tools = (body.tools ?? []).flatMap((tool) => tool.functionDeclarations ?? []).map((tool) => tool.name);
    return { tools, results, problems };
  },
  refuse: (message) => ({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } }),
  tell(res, body, told) {
    const id = `gemini-${++count}`;
    const tell = (parts, finishReason) => event(res, {
      candidates: [{ content: { role: 'model', parts }, index: 0, ...(finishReason ? { finishReason } : {}) }],
      usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 12, totalTokenCount: 32 },
      modelVersion: 'gemini', responseId: id });
    if (told.think) tell([{ text: told.think, thought: true }]);
    if (told.text) tell([{ text: told.text }]);
    (told.calls ?? []).forEach((call, at) => tell([{
      functionCall: { name: call.name, args: typeof call.args === 'string' ? { input: call.args } : call.args },
      ...(at === 0 ? { thoughtSignature: 'c2lnbmVk' } : {}) }]));
    tell([{ text: '' }], 'STOP');
    res.end();
  },
};

const responses = {
  path: '/v1/responses',
  read(body) {
    const problems = [];
    const results = [];
    const calls = new Set();
    for (const item of Array.isArray(body.input) ? body.input : []) {
      if (item.type === 'reasoning' && item.encrypted_content !== 'sealed') problems.push('The encrypted content could not be verified');
      if (/^(function|custom_tool)_call$/.test(item.type)) calls.add(item.call_id);
      if (/^(function|custom_tool)_call_output$/.test(item.type)) {
        if (!calls.has(item.call_id)) problems.push(`No tool call found for ${item.call_id}`);
        results.push(asText(item.output));
      }
    }
    const named = (tools) => tools.flatMap((tool) => (tool.type === 'namespace' ? named(tool.tools) : [tool.name ?? tool.type]));
    return { tools: named(body.tools ?? []), results, problems };
  },
  refuse: (message) => ({ error: { message, type: 'invalid_request_error', param: null, code: null } }),
  tell(res, body, told) {
    const custom = (name) => (body.tools ?? []).some((tool) => tool.type === 'custom' && tool.name === name);
    const output = [
      ...(told.think ? [{ type: 'reasoning', id: `rs_${++count}`, summary: [{ type: 'summary_text', text: told.think }], encrypted_content: 'sealed' }] : []),
      ...(told.text ? [{ type: 'message', id: `msg_${++count}`, role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: told.text, annotations: [] }] }] : []),
      ...(told.calls ?? []).map((call) => {
        const head = { id: `it_${++count}`, call_id: `call_${count}`, name: call.name, status: 'completed' };
        return custom(call.name)
          ? { type: 'custom_tool_call', ...head, input: call.args }
          : { type: 'function_call', ...head, arguments: JSON.stringify(typeof call.args === 'string' ? { input: call.args } : call.args) };
      }),
    ];
    const usage = {
      input_tokens: 20, input_tokens_details: { cached_tokens: 0 }, output_tokens: 12,
      output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 32 };
    const whole = { id: `resp_${++count}`, object: 'response', created_at: 1, status: 'completed', model: body.model, output, usage };
    let number = 0;
    const tell = (type, rest) => event(res, { type, sequence_number: number++, ...rest }, type);
    tell('response.created', { response: { ...whole, status: 'in_progress', output: [], usage: null } });
    output.forEach((item, at) => {
      const place = { output_index: at, item_id: item.id };
      tell('response.output_item.added', { output_index: at, item: { ...item, content: item.content && [], summary: item.summary && [], arguments: item.arguments && '', input: item.input && '' } });
      if (item.type === 'message') {
        const part = { type: 'output_text', text: told.text, annotations: [] };
        tell('response.content_part.added', { ...place, content_index: 0, part: { ...part, text: '' } });
        for (const delta of pieces(told.text)) tell('response.output_text.delta', { ...place, content_index: 0, delta });
        tell('response.output_text.done', { ...place, content_index: 0, text: told.text });
        tell('response.content_part.done', { ...place, content_index: 0, part });
      } else if (item.type === 'function_call') {
        for (const delta of pieces(item.arguments)) tell('response.function_call_arguments.delta', { ...place, delta });
        tell('response.function_call_arguments.done', { ...place, arguments: item.arguments, name: item.name });
      } else if (item.type === 'custom_tool_call') {
        for (const delta of pieces(item.input)) tell('response.custom_tool_call_input.delta', { ...place, delta });
        tell('response.custom_tool_call_input.done', { ...place, input: item.input });
      } else {
        const part = { type: 'summary_text', text: told.think };
        tell('response.reasoning_summary_part.added', { ...place, summary_index: 0, part: { ...part, text: '' } });
        tell('response.reasoning_summary_text.delta', { ...place, summary_index: 0, delta: told.think });
        tell('response.reasoning_summary_text.done', { ...place, summary_index: 0, text: told.think });
        tell('response.reasoning_summary_part.done', { ...place, summary_index: 0, part });
      }
      tell('response.output_item.done', { output_index: at, item });
    });
    tell('response.completed', { response: whole });
    res.end();
  },
};

/** A message of AWS's event stream (https://smithy.io/2.0/aws/amazon-eventstream.html). */
function message(type, payload) {
  const headers = { ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' };
  const head = Buffer.concat(Object.entries(headers).flatMap(([name, value]) => [
    Buffer.from([name.length]), Buffer.from(name), Buffer.from([7, 0, value.length]), Buffer.from(value)]));
  const body = Buffer.from(JSON.stringify(payload));
  const bytes = Buffer.alloc(16 + head.length + body.length);
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(head.length, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  head.copy(bytes, 12);
  body.copy(bytes, 12 + head.length);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

const converse = {
  path: /^\/model\/[^/]+\/converse-stream$/,
  type: 'application/vnd.amazon.eventstream',
  read(body) {
    const problems = [];
    const results = [];
    let waiting = [];
    body.messages.forEach(({ role, content }, at) => {
      if (role !== (at % 2 ? 'assistant' : 'user')) problems.push('A conversation must alternate between user and assistant roles.');
      const answers = content.filter((block) => block.toolResult).map((block) => block.toolResult);
      const ids = answers.map((answer) => answer.toolUseId);
      if (ids.toSorted().join() !== waiting.toSorted().join()) problems.push(`toolResult blocks ${ids} for toolUse blocks ${waiting}`);
      results.push(...answers.map((answer) => asText(answer.content)));
      waiting = content.filter((block) => block.toolUse).map((block) => block.toolUse.toolUseId);
      for (const block of content) {
        if (Object.keys(block).length !== 1) problems.push(`a block of ${Object.keys(block)}`);
        if (block.text?.trim() === '') problems.push('The text field in the ContentBlock object is blank.');
        const thought = block.reasoningContent?.reasoningText;
        if (thought && thought.signature !== 'signed') problems.push('Invalid `signature` in `thinking` block');
      }
    });
    const tools = (body.toolConfig?.tools ?? []).filter((tool) => tool.toolSpec).map((tool) => tool.toolSpec.name);
    return { tools, results, problems };
  },
  refuse: (text) => ({ message: text }),
  tell(res, body, told) {
    const tell = (type, payload) => res.write(message(type, payload));
    const thinks = told.think && body.additionalModelRequestFields?.thinking;
    let index = 0;
    const block = (deltas, start) => {
      if (start) tell('contentBlockStart', { contentBlockIndex: index, start });
      for (const delta of deltas) tell('contentBlockDelta', { contentBlockIndex: index, delta });
      tell('contentBlockStop', { contentBlockIndex: index++ });
    };
    tell('messageStart', { role: 'assistant' });
    if (thinks) block([{ reasoningContent: { text: told.think } }, { reasoningContent: { signature: 'signed' } }]);
    if (told.text) block(pieces(told.text).map((text) => ({ text })));
    for (const call of told.calls ?? []) {
      const input = JSON.stringify(typeof call.args === 'string' ? { input: call.args } : call.args);
      block(pieces(input).map((piece) => ({ toolUse: { input: piece } })), { toolUse: { toolUseId: `tooluse_${++count}`, name: call.name } });
    }
    tell('messageStop', { stopReason: told.calls ? 'tool_use' : 'end_turn' });
    tell('metadata', { usage: { inputTokens: 20, outputTokens: 12, totalTokens: 32 }, metrics: { latencyMs: 1 } });
    res.end();
  },
};

export const wires = [chat, messages, gemini, responses, converse];
