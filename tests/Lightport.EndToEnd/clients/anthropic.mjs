import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { failure, run, schema, settings, weather, weatherParameters } from './scenarios.mjs';

const { url, key, wrongKey, provider, prompt, pixel } = settings(import.meta.url);
const client = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
const model = (script) => `${provider}/${script}`;
const tools = [{ name: 'weather', description: 'The weather of a city.', input_schema: weatherParameters }];
const user = { role: 'user', content: prompt };
const max_tokens = 2048;

/** One answer in a shape that is the same for a whole message and for a folded stream. */
function answer(message) {
  const blocks = (type) => message.content.filter((block) => block.type === type);
  const { usage } = message;
  return {
    text: blocks('text').map((block) => block.text).join('') || null,
    reasoning: blocks('thinking').map((block) => block.thinking).join('') || null,
    calls: blocks('tool_use').map(({ id, name, input }) => ({ id, name, input })),
    finish: message.stop_reason,
    model: message.model,
    usage: {
      input: usage.input_tokens,
      cacheRead: usage.cache_read_input_tokens ?? 0,
      cacheWrite: usage.cache_creation_input_tokens ?? 0,
      output: usage.output_tokens,
    },
  };
}

async function whole(request) {
  const message = await client.messages.create(request);
  return { message, ...answer(message) };
}

/** Folds by the SDK, and names each rule of the event order that the stream breaks. */
async function streamed(request) {
  const stream = client.messages.stream(request);
  const broken = [];
  let open = null;
  let blocks = 0;
  const types = [];
  stream.on('streamEvent', (event) => {
    types.push(event.type);
    if (event.type === 'content_block_start') {
      if (open !== null) broken.push('a block within a block');
      if (event.index !== blocks++) broken.push(`block index ${event.index}`);
      open = event.index;
    } else if (event.type === 'content_block_delta' && event.index !== open) {
      broken.push('a delta of no open block');
    } else if (event.type === 'content_block_stop') {
      if (event.index !== open) broken.push('a stop of no open block');
      open = null;
    }
  });
  const message = await stream.finalMessage();
  if (types[0] !== 'message_start') broken.push(`begins with ${types[0]}`);
  if (types.at(-1) !== 'message_stop') broken.push(`ends with ${types.at(-1)}`);
  if (types.filter((type) => type === 'message_delta').length !== 1) broken.push('not one message_delta');
  return { message, broken, ...answer(message) };
}

/** Asks on until there are no more tool calls; every turn's answer is kept. */
async function converse(ask, request) {
  const messages = [...request.messages];
  const turns = [];
  do {
    const { message, ...turn } = await ask({ ...request, messages });
    turns.push(turn);
    messages.push({ role: 'assistant', content: message.content });
    const results = message.content
      .filter((block) => block.type === 'tool_use')
      .map((block) => ({ type: 'tool_result', tool_use_id: block.id, content: weather(block.input) }));
    if (results.length > 0) messages.push({ role: 'user', content: results });
  } while (messages.at(-1).role === 'user');
  return turns;
}

const both = async (request) => ({
  whole: await converse(whole, { max_tokens, ...request }),
  streamed: await converse(streamed, { max_tokens, ...request }),
});

const ask = (script) => whole({ model: model(script), max_tokens, messages: [user] });

export const results = await run({
  chat: () => both({ model: model('text'), system: 'Be brief.', messages: [user] }),
  length: () => both({ model: model('length'), max_tokens: 5, messages: [user] }),
  usage: () => both({ model: model('usage'), messages: [user] }),
  tool: () => both({ model: model('tool'), messages: [user], tools }),
  parallel: () => both({ model: model('tools-parallel'), messages: [user], tools }),
  chain: () => both({ model: model('tools-chain'), messages: [user], tools, tool_choice: { type: 'auto' } }),
  reasoning: () =>
    both({ model: model('reasoning'), messages: [user], tools, thinking: { type: 'enabled', budget_tokens: 1024 } }),
  loose: async () => {
    const request = { model: model('loose'), max_tokens, messages: [user], tools };
    return { whole: [await whole(request)], streamed: [await streamed(request)] };
  },
  toolRunner: async () => {
    const lookUp = betaTool({ name: 'weather', description: 'The weather of a city.', inputSchema: weatherParameters, run: weather });
    const message = await client.beta.messages.toolRunner({
      model: model(`tools-chain@runner-${provider}`),
      max_tokens,
      messages: [user],
      tools: [lookUp],
    });
    return answer(message);
  },
  structured: () =>
    both({ model: model('structured'), messages: [user], output_config: { format: { type: 'json_schema', schema } } }),
  image: () =>
    both({
      model: model('image'),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: prompt },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel } },
          ],
        },
      ],
    }),
  error400: () => failure(ask('error-400')),
  error401: () => failure(ask('error-401')),
  error429: () => failure(ask('error-429')),
  error500: () => failure(ask('error-500')),
  error529: () => failure(ask('error-529')),
  errorHtml: () => failure(ask('error-html')),
  error200: () => failure(ask('error-200')),
  errorStreamed: () => failure(streamed({ model: model('error-429'), max_tokens, messages: [user] })),
  errorMid: () => failure(streamed({ model: model('error-mid'), max_tokens, messages: [user] })),
  wrongKey: () =>
    failure(client.withOptions({ apiKey: wrongKey }).messages.create({ model: model('text'), max_tokens, messages: [user] })),
  unknownModel: () => failure(client.messages.create({ model: 'nobody-knows', max_tokens, messages: [user] })),
  noMessages: () => failure(client.messages.create({ model: model('text'), max_tokens, messages: [] })),
  cancel: async () => {
    const request = { model: model(`endless@anthropic-${provider}`), max_tokens, messages: [user], stream: true };
    for await (const event of await client.messages.create(request)) {
      if (event.type === 'content_block_delta') break;
    }
    return { canceled: true };
  },
  models: async () => {
    const ids = [];
    for await (const item of client.models.list({ limit: 1000 })) ids.push(item.id);
    const one = await client.models.retrieve('named');
    return { ids, one: { id: one.id, type: one.type } };
  },
});
