import { FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';
import { failure, run, schema, settings, weather, weatherParameters } from './scenarios.mjs';

const { url, key, wrongKey, provider, prompt, pixel } = settings(import.meta.url);
const clientOf = (apiKey, apiVersion) => new GoogleGenAI({ apiKey, apiVersion, httpOptions: { baseUrl: url } });
const client = clientOf(key);
const model = (script) => `${provider}/${script}`;
const tools = [{ functionDeclarations: [{ name: 'weather', description: 'The weather of a city.', parametersJsonSchema: weatherParameters }] }];
const user = { role: 'user', parts: [{ text: prompt }] };

/** One answer in a shape that is the same for a whole one and for the chunks of a stream. */
function answer(chunks) {
  const parts = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
  const last = chunks.at(-1);
  const usage = last.usageMetadata;
  const text = (thought) => parts.filter((part) => part.text && !!part.thought === thought).map((part) => part.text).join('') || null;
  return {
    text: text(false),
    reasoning: text(true),
    calls: parts.filter((part) => part.functionCall).map(({ functionCall: { id, name, args } }) => ({ id, name, args })),
    finish: last.candidates?.[0]?.finishReason ?? null,
    usage: {
      prompt: usage.promptTokenCount,
      cached: usage.cachedContentTokenCount ?? 0,
      candidates: usage.candidatesTokenCount,
      thoughts: usage.thoughtsTokenCount ?? 0,
      total: usage.totalTokenCount,
    },
  };
}

async function whole(request) {
  const response = await client.models.generateContent(request);
  return { contents: [response.candidates[0].content], ...answer([response]) };
}

/** Keeps the chunks' contents as the SDK's own chats do, and names each rule that the stream breaks. */
async function streamed(request) {
  const chunks = [];
  for await (const chunk of await client.models.generateContentStream(request)) chunks.push(chunk);
  const broken = [];
  for (const [index, chunk] of chunks.entries()) {
    const [candidate] = chunk.candidates;
    if (chunk.responseId !== chunks[0].responseId) broken.push(`id ${chunk.responseId}`);
    if (chunk.modelVersion !== chunks[0].modelVersion) broken.push(`model ${chunk.modelVersion}`);
    if (candidate.content.role !== 'model' || !candidate.content.parts.length) broken.push('a content that no chat keeps');
    if (!!candidate.finishReason !== (index === chunks.length - 1)) broken.push(`finish ${candidate.finishReason}`);
  }
  return { contents: chunks.map((chunk) => chunk.candidates[0].content), broken, ...answer(chunks) };
}

/** Asks on until there are no more calls; every turn's answer is kept. */
async function converse(ask, request) {
  const contents = [...request.contents];
  const turns = [];
  do {
    const { contents: said, ...turn } = await ask({ ...request, contents });
    turns.push(turn);
    contents.push(...said);
    const parts = turn.calls.map(({ id, name, args }) => ({ functionResponse: { id, name, response: { output: weather(args) } } }));
    if (parts.length > 0) contents.push({ role: 'user', parts });
  } while (contents.at(-1).role === 'user');
  return turns;
}

const both = async (request) => ({ whole: await converse(whole, request), streamed: await converse(streamed, request) });

/** One interaction; a stream's events put together into what it would be whole. */
async function step(request) {
  const told = await client.interactions.create(request);
  if (!request.stream) return told;
  const steps = [];
  let interaction = null;
  for await (const event of told) {
    if (event.event_type === 'error') throw new Error(event.error.message);
    if (event.event_type === 'step.start') steps[event.index] = event.step;
    if (event.event_type === 'interaction.completed') ({ interaction } = event);
    if (event.event_type !== 'step.delta') continue;
    const { index, delta } = event;
    if (delta.type === 'text') steps[index].content = [{ type: 'text', text: (steps[index].content?.[0].text ?? '') + delta.text }];
    if (delta.type === 'arguments_delta') steps[index].json = (steps[index].json ?? '') + delta.arguments;
    if (delta.type === 'thought_signature') steps[index].signature = delta.signature;
  }
  return { ...interaction, steps: steps.map(({ json, ...one }) => (json ? { ...one, arguments: JSON.parse(json) } : one)) };
}

/** Interacts until there are no more calls. */
async function interact(settings) {
  const input = [{ type: 'user_input', content: [{ type: 'text', text: prompt }] }];
  const functions = [{ type: 'function', name: 'weather', description: 'The weather of a city.', parameters: weatherParameters }];
  const statuses = [];
  let steps;
  do {
    const interaction = await step({ model: model('tools-chain'), input, tools: functions, store: false, ...settings });
    ({ steps } = interaction);
    statuses.push(interaction.status);
    input.push(...steps);
    for (const { type, id, name, arguments: args } of steps) {
      if (type === 'function_call') input.push({ type: 'function_result', call_id: id, name, result: weather(args) });
    }
  } while (input.at(-1).type === 'function_result');
  return { statuses, text: steps.at(-1).content[0].text };
}

export const results = await run({
  chat: () => both({ model: model('text'), contents: [user], config: { systemInstruction: 'Be brief.' } }),
  length: () => both({ model: model('length'), contents: [user], config: { maxOutputTokens: 5 } }),
  usage: () => both({ model: model('usage'), contents: [user] }),
  tool: () => both({ model: model('tool'), contents: [user], config: { tools } }),
  parallel: () => both({ model: model('tools-parallel'), contents: [user], config: { tools } }),
  chain: () =>
    both({
      model: model('tools-chain'),
      contents: [user],
      config: { tools, toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.AUTO } } },
    }),
  reasoning: () =>
    both({
      model: model('reasoning'),
      contents: [user],
      config: { tools, thinkingConfig: { thinkingBudget: 1024, includeThoughts: true } },
    }),
  quiet: () => both({ model: model('reasoning'), contents: [user], config: { tools, thinkingConfig: { thinkingBudget: 1024 } } }),
  automatic: async () => {
    const tool = {
      tool: async () => tools[0],
      callTool: async (calls) =>
        calls.map(({ id, name, args }) => ({ functionResponse: { id, name, response: { output: weather(args) } } })),
    };
    const response = await client.models.generateContent({ model: model('tools-chain'), contents: prompt, config: { tools: [tool] } });
    return { text: response.text };
  },
  chats: async () => {
    const chat = client.chats.create({ model: model('text') });
    const first = await chat.sendMessage({ message: prompt });
    let second = '';
    for await (const chunk of await chat.sendMessageStream({ message: prompt })) second += chunk.text ?? '';
    return { texts: [first.text, second], turns: chat.getHistory(true).filter((turn) => turn.role === 'user').length };
  },
  structured: () =>
    both({ model: model('structured'), contents: [user], config: { responseMimeType: 'application/json', responseJsonSchema: schema } }),
  image: () =>
    both({
      model: model('image'),
      contents: [{ role: 'user', parts: [{ text: prompt }, { inlineData: { mimeType: 'image/png', data: pixel } }] }],
    }),
  interactions: () => interact({}),
  interactionsStreamed: () => interact({ stream: true }),
  interactionsError: () => failure(client.interactions.create({ model: model('error-400'), input: prompt })),
  interactionsMid: () => failure(step({ model: model('error-mid'), input: prompt, stream: true })),
  count: () => client.models.countTokens({ model: model('text'), contents: prompt }),
  beta: async () => ({ text: (await clientOf(key, 'v1beta').models.generateContent({ model: model('text'), contents: prompt })).text }),
  error400: () => failure(whole({ model: model('error-400'), contents: [user] })),
  error429: () => failure(whole({ model: model('error-429'), contents: [user] })),
  error500: () => failure(whole({ model: model('error-500'), contents: [user] })),
  errorHtml: () => failure(whole({ model: model('error-html'), contents: [user] })),
  error200: () => failure(whole({ model: model('error-200'), contents: [user] })),
  errorStreamed: () => failure(streamed({ model: model('error-429'), contents: [user] })),
  errorMid: () => failure(streamed({ model: model('error-mid'), contents: [user] })),
  wrongKey: () => failure(clientOf(wrongKey).models.generateContent({ model: model('text'), contents: [user] })),
  unknownModel: () => failure(whole({ model: 'nobody-knows', contents: [user] })),
  cancel: async () => {
    const request = { model: model(`endless@google-${provider}`), contents: [user] };
    const leave = new AbortController();
    try {
      for await (const chunk of await client.models.generateContentStream({ ...request, config: { abortSignal: leave.signal } })) {
        if (chunk.text) leave.abort();
      }
    } catch (error) {
      if (!leave.signal.aborted) throw error;
    }
    return { canceled: true };
  },
  models: async () => {
    const names = [];
    for await (const item of await client.models.list()) names.push(item.name);
    const one = await client.models.get({ model: 'named' });
    return { names, one: one.name };
  },
});
