import OpenAI from 'openai';
import { failure, run, schema, settings, weather, weatherParameters } from './scenarios.mjs';

const { url, key, wrongKey, provider, prompt, pixel } = settings(import.meta.url);
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
const model = (script) => `${provider}/${script}`;
const tools = [
  {
    type: 'function',
    function: { name: 'weather', description: 'The weather of a city.', parameters: weatherParameters, strict: true },
  },
];
const user = { role: 'user', content: prompt };

/** One answer in a shape that is the same for a whole body and for a folded stream. */
function answer(message, finish, usage) {
  return {
    text: message.content ?? null,
    reasoning: message.reasoning_content ?? null,
    calls: (message.tool_calls ?? []).map((call) => ({ id: call.id, type: call.type, ...call.function })),
    finish,
    usage: usage && {
      prompt: usage.prompt_tokens,
      completion: usage.completion_tokens,
      total: usage.total_tokens,
      cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
      reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    },
  };
}

/** Folds a stream by the rules of the API reference, and names each rule that it breaks. */
async function fold(stream) {
  const message = { role: null, content: null, tool_calls: [] };
  const broken = [];
  const seen = {};
  let finish = null;
  let usage = null;
  for await (const chunk of stream) {
    for (const field of ['id', 'created', 'model', 'object']) {
      seen[field] ??= chunk[field];
      if (seen[field] !== chunk[field]) broken.push(`${field} changed to ${chunk[field]}`);
    }
    if (usage) broken.push('a chunk after usage');
    if (chunk.usage) {
      usage = chunk.usage;
      if (chunk.choices.length > 0) broken.push('usage beside choices');
    }
    for (const choice of chunk.choices) {
      const { role, content, reasoning_content, reasoning_details, tool_calls } = choice.delta;
      if (finish) broken.push('a choice after the finish');
      if (role && message.role) broken.push('role twice');
      message.role ??= role;
      if (!message.role) broken.push('no role in the first delta');
      if (typeof content === 'string' && (content || message.content)) message.content = (message.content ?? '') + content;
      if (reasoning_content) message.reasoning_content = (message.reasoning_content ?? '') + reasoning_content;
      for (const detail of reasoning_details ?? []) mergeDetail((message.reasoning_details ??= []), detail);
      for (const call of tool_calls ?? []) {
        if (!Number.isInteger(call.index)) broken.push('a tool call without an index');
        if (!message.tool_calls[call.index]) {
          if (call.index !== message.tool_calls.length) broken.push('a tool call index left out');
          if (!call.id || call.type !== 'function' || !call.function?.name) broken.push('a tool call without its name');
          message.tool_calls[call.index] = { id: call.id, type: call.type, function: { name: call.function?.name, arguments: '' } };
        }
        message.tool_calls[call.index].function.arguments += call.function?.arguments ?? '';
      }
      finish = choice.finish_reason ?? finish;
    }
  }
  if (message.tool_calls.length === 0) delete message.tool_calls;
  return { message, finish, usage, broken };
}

/** As OpenRouter's clients do: pieces of one detail share its index. */
function mergeDetail(details, piece) {
  const known = details.find((detail) => detail.index === piece.index && detail.type === piece.type);
  if (!known) {
    details.push({ ...piece });
    return;
  }
  for (const [name, value] of Object.entries(piece)) {
    const grows = (name === 'text' || name === 'summary') && typeof known[name] === 'string';
    if (value !== null) known[name] = grows ? known[name] + value : value;
  }
}

async function whole(request) {
  const completion = await client.chat.completions.create(request);
  const [choice] = completion.choices;
  return { message: choice.message, ...answer(choice.message, choice.finish_reason, completion.usage) };
}

async function streamed(request) {
  const stream = await client.chat.completions.create({ ...request, stream: true, stream_options: { include_usage: true } });
  const { message, finish, usage, broken } = await fold(stream);
  return { message, broken, ...answer(message, finish, usage) };
}

/** Asks on until there are no more tool calls; every turn's answer is kept. */
async function converse(ask, request) {
  const messages = [...request.messages];
  const turns = [];
  do {
    const { message, ...turn } = await ask({ ...request, messages });
    turns.push(turn);
    messages.push(message);
    for (const call of message.tool_calls ?? []) {
      messages.push({ role: 'tool', tool_call_id: call.id, content: weather(JSON.parse(call.function.arguments)) });
    }
  } while (messages.at(-1).role === 'tool');
  return turns;
}

const both = async (request) => ({
  whole: await converse(whole, request),
  streamed: await converse(streamed, request),
});

const ask = (script) => whole({ model: model(script), messages: [user] });

export const results = await run({
  chat: () => both({ model: model('text'), messages: [{ role: 'system', content: 'Be brief.' }, user] }),
  length: () => both({ model: model('length'), messages: [user], max_completion_tokens: 5 }),
  usage: () => both({ model: model('usage'), messages: [user] }),
  tool: () => both({ model: model('tool'), messages: [user], tools }),
  parallel: () => both({ model: model('tools-parallel'), messages: [user], tools, parallel_tool_calls: true }),
  chain: () => both({ model: model('tools-chain'), messages: [user], tools, tool_choice: 'auto' }),
  reasoning: () => both({ model: model('reasoning'), messages: [user], tools, reasoning_effort: 'high' }),
  loose: async () => {
    const request = { model: model('loose'), messages: [user], tools };
    return { whole: [await whole(request)], streamed: [await streamed(request)] };
  },
  runTools: async () => {
    const runner = client.chat.completions.runTools({
      model: model('tools-chain'),
      messages: [user],
      stream: true,
      tools: [{ type: 'function', function: { function: weather, parse: JSON.parse, name: 'weather', parameters: weatherParameters } }],
    });
    return { text: await runner.finalContent() };
  },
  structured: () =>
    both({
      model: model('structured'),
      messages: [user],
      response_format: { type: 'json_schema', json_schema: { name: 'person', strict: true, schema } },
    }),
  image: () =>
    both({
      model: model('image'),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: prompt },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } },
          ],
        },
      ],
    }),
  withoutUsage: async () => {
    const stream = await client.chat.completions.create({ model: model('text'), messages: [user], stream: true });
    const { usage, broken } = await fold(stream);
    return { usage, broken };
  },
  accumulated: async () => {
    const runner = client.chat.completions.stream({ model: model('tool'), messages: [user], tools });
    const completion = await runner.finalChatCompletion();
    return answer(completion.choices[0].message, completion.choices[0].finish_reason, null);
  },
  error400: () => failure(ask('error-400')),
  error401: () => failure(ask('error-401')),
  error429: () => failure(ask('error-429')),
  error500: () => failure(ask('error-500')),
  errorHtml: () => failure(ask('error-html')),
  error200: () => failure(ask('error-200')),
  errorStreamed: () => failure(streamed({ model: model('error-429'), messages: [user] })),
  errorMid: () => failure(streamed({ model: model('error-mid'), messages: [user] })),
  wrongKey: () => failure(client.withOptions({ apiKey: wrongKey }).chat.completions.create({ model: model('text'), messages: [user] })),
  unknownModel: () => failure(client.chat.completions.create({ model: 'nobody-knows', messages: [user] })),
  noMessages: () => failure(client.chat.completions.create({ model: model('text'), messages: [] })),
  cancel: async () => {
    const stream = await client.chat.completions.create({ model: model(`endless@openai-${provider}`), messages: [user], stream: true });
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta?.content) break;
    }
    return { canceled: true };
  },
  models: async () => {
    const ids = [];
    for await (const item of client.models.list()) ids.push(item.id);
    const one = await client.models.retrieve('named');
    return { ids, one: { id: one.id, object: one.object } };
  },
  embeddings: async () => {
    const answer = await client.embeddings.create({ model: model('embedding'), input: [prompt, 'two'] });
    return { vectors: answer.data.map((item) => Array.from(item.embedding)), usage: answer.usage };
  },
  completions: async () => {
    const request = { model: model('completion'), prompt };
    const unary = await client.completions.create(request);
    let text = '';
    for await (const chunk of await client.completions.create({ ...request, stream: true })) text += chunk.choices[0]?.text ?? '';
    return { unary: unary.choices[0].text, finish: unary.choices[0].finish_reason, streamed: text };
  },
});
