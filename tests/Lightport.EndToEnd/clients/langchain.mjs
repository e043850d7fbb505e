import { HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { failure, run, schema, settings, weather, weatherParameters } from './scenarios.mjs';

const { url, key, wrongKey, provider, prompt, pixel } = settings(import.meta.url);
const tools = [{ type: 'function', function: { name: 'weather', description: 'The weather of a city.', parameters: weatherParameters } }];
const user = new HumanMessage(prompt);

const chat = (useResponsesApi) => (script, apiKey = key) =>
  new ChatOpenAI({ model: `${provider}/${script}`, apiKey, maxRetries: 0, useResponsesApi, configuration: { baseURL: `${url}/v1` } });

const answer = (message) => ({
  text: message.text || null,
  calls: message.tool_calls.map(({ id, name, args }) => ({ id, name, args })),
  usage: message.usage_metadata && { input: message.usage_metadata.input_tokens, output: message.usage_metadata.output_tokens },
});

const whole = (model, messages) => model.invoke(messages);

async function streamed(model, messages) {
  let message;
  for await (const chunk of await model.stream(messages)) message = message ? message.concat(chunk) : chunk;
  return message;
}

/** Asks on until there are no more calls. */
async function converse(ask, model, asked) {
  const messages = [...asked];
  const turns = [];
  do {
    const message = await ask(model, messages);
    turns.push(answer(message));
    messages.push(message, ...message.tool_calls.map(({ id, args }) => new ToolMessage({ tool_call_id: id, content: weather(args) })));
  } while (messages.at(-1) instanceof ToolMessage);
  return turns;
}

async function both(model, messages = [user]) {
  const folded = await converse(streamed, model, messages);
  return { whole: await converse(whole, model, messages), streamed: folded.map((turn) => ({ broken: [], ...turn })) };
}

const scenarios = (name, model) => ({
  [`${name}-chat`]: () => both(model('text'), [new SystemMessage('Be brief.'), user]),
  [`${name}-chain`]: () => both(model('tools-chain').bindTools(tools)),
  [`${name}-parallel`]: () => both(model('tools-parallel').bindTools(tools)),
  [`${name}-structured`]: () => model('structured').withStructuredOutput(schema, { name: 'person', method: 'jsonSchema', strict: true }).invoke([user]),
  [`${name}-image`]: () =>
    both(model('image'), [
      new HumanMessage({
        content: [
          { type: 'text', text: prompt },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } },
        ],
      }),
    ]),
  [`${name}-error429`]: () => failure(model('error-429').invoke([user])),
  [`${name}-errorMid`]: () => failure(streamed(model('error-mid'), [user])),
  [`${name}-wrongKey`]: () => failure(model('text', wrongKey).invoke([user])),
  [`${name}-cancel`]: async () => {
    const leave = new AbortController();
    try {
      for await (const chunk of await model(`endless@langchain-${name}-${provider}`).stream([user], { signal: leave.signal })) {
        if (chunk.text) leave.abort();
      }
    } catch (error) {
      if (!leave.signal.aborted) throw error;
    }
    return { canceled: true };
  },
});

export const results = await run({ ...scenarios('chat', chat(false)), ...scenarios('responses', chat(true)) });
