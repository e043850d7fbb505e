import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { run, settings } from './scenarios.mjs';

const { url, provider } = settings(import.meta.url);
const { LIGHTPORT_METERED_KEY: metered, LIGHTPORT_SPENT_KEY: spent } = process.env;
const model = `${provider}/text`;
const messages = [{ role: 'user', content: 'hi' }];

/** A fetch that notes what the gateway answers, and spares the client the wait that it is asked for. */
function noting(seen) {
  return async (address, options) => {
    const answer = await fetch(address, options);
    const headers = new Headers(answer.headers);
    seen.push({
      status: answer.status,
      waits: headers.has('retry-after'),
      again: headers.get('x-should-retry'),
      left: headers.get('x-ratelimit-remaining-requests') ?? headers.get('anthropic-ratelimit-requests-remaining'),
    });
    if (headers.has('retry-after')) headers.set('retry-after-ms', '1');
    return new Response(answer.body, { status: answer.status, headers });
  };
}

/** Asks until it is refused: a minute may end between two requests. */
async function refused(create) {
  const seen = [];
  const ask = create(noting(seen));
  for (let tries = 0; tries < 5; tries++) {
    const before = seen.length;
    try {
      await ask();
    } catch (error) {
      return { class: error.constructor.name, status: error.status, seen: seen.slice(before) };
    }
  }
  return { seen };
}

const openai = (apiKey) => (fetch) => {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey, fetch, maxRetries: 2 });
  return () => client.chat.completions.create({ model, messages, max_completion_tokens: 16 });
};

const anthropic = (apiKey) => (fetch) => {
  const client = new Anthropic({ baseURL: url, apiKey, fetch, maxRetries: 2 });
  return () => client.messages.create({ model, messages, max_tokens: 16 });
};

export const results = await run({
  openaiRate: () => refused(openai(metered)),
  anthropicRate: () => refused(anthropic(metered)),
  openaiBudget: () => refused(openai(spent)),
  anthropicBudget: () => refused(anthropic(spent)),
});
