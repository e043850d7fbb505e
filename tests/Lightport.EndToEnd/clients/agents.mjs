import { Agent, OpenAIProvider, Runner, tool } from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import { failure, run, settings, weather } from './scenarios.mjs';

const { url, key, wrongKey, provider, prompt } = settings(import.meta.url);

/** By Responses, which is how agents ask by themselves, or by chat. */
const runner = (useResponses, apiKey = key) =>
  new Runner({
    modelProvider: new OpenAIProvider({ useResponses, openAIClient: new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 }) }),
    tracingDisabled: true,
  });

const lookUp = tool({
  name: 'weather',
  description: 'The weather of a city.',
  parameters: z.object({ city: z.string() }),
  execute: weather,
});

const agent = (script, more) =>
  new Agent({ name: 'Weather', instructions: 'Be brief.', model: `${provider}/${script}`, ...more });

const answer = (result) => ({
  text: result.finalOutput ?? null,
  calls: result.newItems
    .filter((item) => item.type === 'tool_call_item')
    .map(({ rawItem }) => ({ name: rawItem.name, arguments: JSON.parse(rawItem.arguments) })),
});

async function both(asking, one) {
  const whole = await asking.run(one, prompt);
  const stream = await asking.run(one, prompt, { stream: true });
  await stream.completed;
  return { whole: [answer(whole)], streamed: [{ broken: [], ...answer(stream) }] };
}

const scenarios = (name, useResponses) => {
  const asking = runner(useResponses);
  return {
    [`${name}-chat`]: () => both(asking, agent('text')),
    [`${name}-chain`]: () => both(asking, agent('tools-chain', { tools: [lookUp] })),
    [`${name}-parallel`]: () => both(asking, agent('tools-parallel', { tools: [lookUp] })),
    [`${name}-structured`]: () => both(asking, agent('structured', { outputType: z.object({ name: z.string(), age: z.number() }) })),
    [`${name}-error429`]: () => failure(asking.run(agent('error-429'), prompt)),
    [`${name}-errorMid`]: async () => {
      const stream = await asking.run(agent('error-mid'), prompt, { stream: true });
      return failure(stream.completed);
    },
    [`${name}-wrongKey`]: () => failure(runner(useResponses, wrongKey).run(agent('text'), prompt)),
    [`${name}-cancel`]: async () => {
      const leave = new AbortController();
      const stream = await asking.run(agent(`endless@agents-${name}-${provider}`), prompt, { stream: true, signal: leave.signal });
      try {
        for await (const event of stream) {
          if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta') leave.abort();
        }
      } catch (error) {
        if (!leave.signal.aborted) throw error;
      }
      return { canceled: true };
    },
  };
};

export const results = await run({ ...scenarios('responses', true), ...scenarios('chat', false) });
