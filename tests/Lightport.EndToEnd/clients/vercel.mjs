import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { Output, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { failure, run, schema, settings, weather, weatherParameters } from './scenarios.mjs';

const { url, key, wrongKey, provider, prompt, pixel } = settings(import.meta.url);
const baseURL = `${url}/v1`;

/** The four wires that its providers speak, each with a key of the test's. */
const clients = (apiKey) => ({
  chat: createOpenAICompatible({ name: 'lightport', baseURL, apiKey, includeUsage: true, supportsStructuredOutputs: true }),
  messages: createAnthropic({ baseURL, apiKey }),
  responses: createOpenAI({ baseURL, apiKey }).responses,
  gemini: createGoogleGenerativeAI({ baseURL: `${url}/v1beta`, apiKey }),
});

const tools = {
  weather: tool({ description: 'The weather of a city.', inputSchema: jsonSchema(weatherParameters), execute: weather }),
};

/** Nothing is asked twice: what fails is seen at once. */
const patience = { maxRetries: 0 };

/** One answer in a shape that is the same for a whole one and for a folded stream. */
const answer = async (result) => ({
  text: (await result.text) || null,
  reasoning: (await result.reasoningText) || null,
  finish: await result.finishReason,
  steps: (await result.steps).map((step) => ({
    calls: step.toolCalls.map(({ toolName, input }) => ({ name: toolName, input })),
    finish: step.finishReason,
    input: step.usage.inputTokens,
    cached: step.usage.inputTokenDetails?.cacheReadTokens ?? 0,
    output: step.usage.outputTokens,
  })),
});

async function both(request) {
  const whole = await answer(await generateText({ ...request, ...patience }));
  const problems = [];
  const stream = streamText({ ...request, ...patience, onError: ({ error }) => problems.push(String(error)) });
  await stream.consumeStream();
  return { whole: [whole], streamed: [{ broken: problems, ...(await answer(stream)) }] };
}

/** Throws the error that a stream tells. */
async function broken(model) {
  for await (const part of streamText({ model, prompt, maxOutputTokens: 2048, ...patience, onError: () => {} }).fullStream) {
    if (part.type === 'error') throw part.error instanceof Error ? part.error : new Error(JSON.stringify(part.error));
  }
}

const scenarios = (name, client) => {
  const model = (script) => client(`${provider}/${script}`);
  const limit = { maxOutputTokens: 2048 };
  const loop = { prompt, tools, stopWhen: stepCountIs(5), ...limit };
  return {
    [`${name}-chat`]: () => both({ model: model('text'), system: 'Be brief.', prompt, ...limit }),
    [`${name}-usage`]: () => both({ model: model('usage'), prompt, ...limit }),
    [`${name}-parallel`]: () => both({ model: model('tools-parallel'), ...loop }),
    [`${name}-chain`]: () => both({ model: model('tools-chain'), ...loop }),
    [`${name}-structured`]: async () => {
      const { output } = await generateText({
        model: model('structured'), prompt, output: Output.object({ schema: jsonSchema(schema) }), ...limit, ...patience,
      });
      return output;
    },
    [`${name}-image`]: () =>
      both({
        model: model('image'),
        messages: [{ role: 'user', content: [{ type: 'text', text: prompt }, { type: 'image', image: pixel, mediaType: 'image/png' }] }],
        ...limit,
      }),
    [`${name}-wrongKey`]: () => failure(generateText({ model: clients(wrongKey)[name](`${provider}/text`), prompt, ...patience })),
    [`${name}-error429`]: () => failure(generateText({ model: model('error-429'), prompt, ...limit, ...patience })),
    [`${name}-errorMid`]: () => failure(broken(model('error-mid'))),
    [`${name}-cancel`]: async () => {
      const leave = new AbortController();
      const stream = streamText({ model: model(`endless@vercel-${name}-${provider}`), prompt, abortSignal: leave.signal, ...limit, ...patience });
      for await (const piece of stream.textStream) {
        if (piece) leave.abort();
      }
      return { canceled: true };
    },
  };
};

export const results = await run({
  ...Object.fromEntries(Object.entries(clients(key)).flatMap(([name, client]) => Object.entries(scenarios(name, client)))),
  reasoning: () =>
    both({
      model: clients(key).messages(`${provider}/reasoning`),
      prompt,
      tools,
      stopWhen: stepCountIs(5),
      maxOutputTokens: 4096,
      providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } },
    }),
});
