import OpenAI from 'openai';
import { failure, run, schema, settings, weather, weatherParameters } from './scenarios.mjs';

const { url, key, wrongKey, provider, prompt, pixel } = settings(import.meta.url);
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
const model = (script) => `${provider}/${script}`;
const tools = [{ type: 'function', name: 'weather', description: 'The weather of a city.', parameters: weatherParameters, strict: true }];
const user = { role: 'user', content: prompt };

/** One answer in a shape that is the same for a whole response and for the last of a stream. */
function answer({ output, status, incomplete_details, usage }) {
  const parts = output.filter((item) => item.type === 'message').flatMap((item) => item.content);
  const thoughts = output.filter((item) => item.type === 'reasoning').flatMap((item) => item.summary);
  return {
    text: parts.map((part) => part.text).join('') || null,
    reasoning: thoughts.map((part) => part.text).join('') || null,
    calls: output
      .filter((item) => item.type === 'function_call')
      .map(({ call_id, name, arguments: json }) => ({ id: call_id, name, arguments: json })),
    status,
    reason: incomplete_details?.reason ?? null,
    usage: usage && {
      input: usage.input_tokens,
      cached: usage.input_tokens_details.cached_tokens,
      output: usage.output_tokens,
      reasoning: usage.output_tokens_details.reasoning_tokens,
      total: usage.total_tokens,
    },
  };
}

async function whole(request) {
  const response = await client.responses.create(request);
  return { response, ...answer(response) };
}

/** Names each rule of the event stream that is broken; what came in pieces must be what the last event has. */
async function streamed(request) {
  const broken = [];
  const open = new Set();
  const pieces = {};
  let expected = 0;
  let last = null;
  for await (const event of await client.responses.create({ ...request, stream: true })) {
    if (event.sequence_number !== expected++) broken.push(`number ${event.sequence_number}`);
    if (last) broken.push(`${event.type} after the end`);
    if (event.type === 'error') throw new Error(event.message);
    if (event.type === 'response.failed') throw new Error(event.response.error.message);
    if (event.type === 'response.output_item.added') open.add(event.output_index);
    if (event.type === 'response.output_item.done' && !open.delete(event.output_index)) broken.push('an item that never began');
    if (event.type.endsWith('.delta')) pieces[event.type] = (pieces[event.type] ?? '') + event.delta;
    if (/^response\.(completed|incomplete)$/.test(event.type)) last = event.response;
  }
  if (!last) throw new Error('the stream has no end');
  if (open.size > 0) broken.push('an item that never ended');
  const said = answer(last);
  if ((pieces['response.output_text.delta'] ?? null) !== said.text) broken.push('text that is not its pieces');
  if ((pieces['response.function_call_arguments.delta'] ?? '') !== said.calls.map((call) => call.arguments).join('')) {
    broken.push('arguments that are not their pieces');
  }
  return { response: last, broken, ...said };
}

const outputs = ({ calls }) =>
  calls.map(({ id, arguments: json }) => ({ type: 'function_call_output', call_id: id, output: weather(JSON.parse(json)) }));

/** Asks on until there are no more calls, by the whole history or by the id of the response before. */
async function converse(ask, request, byId) {
  let input = [...request.input];
  let previous;
  const turns = [];
  do {
    const { response, ...turn } = await ask({ ...request, input, previous_response_id: previous });
    turns.push(turn);
    const results = outputs(turn);
    previous = byId ? response.id : undefined;
    input = byId ? results : [...input, ...response.output, ...results];
  } while (input.at(-1)?.type === 'function_call_output');
  return turns;
}

const both = async (request, byId) => ({
  whole: await converse(whole, { input: [user], ...request }, byId),
  streamed: await converse(streamed, { input: [user], ...request }, byId),
});

const ask = (script) => client.responses.create({ model: model(script), input: prompt });

export const results = await run({
  chat: () => both({ model: model('text'), instructions: 'Be brief.' }),
  length: () => both({ model: model('length'), max_output_tokens: 16 }),
  usage: () => both({ model: model('usage') }),
  tool: () => both({ model: model('tool'), tools }),
  parallel: () => both({ model: model('tools-parallel'), tools, parallel_tool_calls: true }),
  chain: () => both({ model: model('tools-chain'), tools, tool_choice: 'auto', store: false }),
  chainById: () => both({ model: model('tools-chain'), tools }, true),
  reasoning: () =>
    both({
      model: model('reasoning'),
      tools,
      reasoning: { effort: 'high', summary: 'auto' },
      store: false,
      include: ['reasoning.encrypted_content'],
    }),
  structured: () =>
    both({ model: model('structured'), text: { format: { type: 'json_schema', name: 'person', strict: true, schema } } }),
  image: () =>
    both({
      model: model('image'),
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: prompt },
            { type: 'input_image', image_url: `data:image/png;base64,${pixel}`, detail: 'auto' },
          ],
        },
      ],
    }),
  folded: async () => {
    const stream = client.responses.stream({ model: model('tool'), input: prompt, tools });
    return answer(await stream.finalResponse());
  },
  kept: async () => {
    const { id } = await client.responses.create({ model: model('text'), input: prompt });
    const found = await client.responses.retrieve(id);
    const items = [];
    for await (const item of client.responses.inputItems.list(id)) items.push(item.type);
    await client.responses.delete(id);
    return { text: answer(found).text, items, afterwards: await failure(client.responses.retrieve(id)) };
  },
  count: () => client.responses.inputTokens.count({ model: model('text'), input: prompt }),
  error400: () => failure(ask('error-400')),
  error429: () => failure(ask('error-429')),
  error500: () => failure(ask('error-500')),
  errorHtml: () => failure(ask('error-html')),
  error200: () => failure(ask('error-200')),
  errorStreamed: () => failure(streamed({ model: model('error-429'), input: prompt })),
  errorMid: () => failure(streamed({ model: model('error-mid'), input: prompt })),
  wrongKey: () => failure(client.withOptions({ apiKey: wrongKey }).responses.create({ model: model('text'), input: prompt })),
  unknownModel: () => failure(client.responses.create({ model: 'nobody-knows', input: prompt })),
  unknownPrevious: () => failure(client.responses.create({ model: model('text'), input: prompt, previous_response_id: 'resp_nobody' })),
  cancel: async () => {
    const stream = await client.responses.create({ model: model(`endless@responses-${provider}`), input: prompt, stream: true });
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') break;
    }
    return { canceled: true };
  },
});
