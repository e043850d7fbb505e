import OpenAI, { AzureOpenAI } from 'openai';
import { failure, run, settings } from './scenarios.mjs';

const { url, key, wrongKey, provider, prompt } = settings(import.meta.url);
const options = { endpoint: url, apiKey: key, apiVersion: '2024-10-21', maxRetries: 0 };
const client = new AzureOpenAI(options);
const messages = [{ role: 'user', content: prompt }];
const model = (script) => `${provider}/${script}`;

async function both(azure, request) {
  const whole = await azure.chat.completions.create(request);
  let streamed = '';
  for await (const chunk of await azure.chat.completions.create({ ...request, stream: true })) {
    streamed += chunk.choices[0]?.delta?.content ?? '';
  }
  return { whole: whole.choices[0].message.content, streamed };
}

export const results = await run({
  byModel: () => both(client, { model: model('text'), messages }),
  byDeployment: () => both(new AzureOpenAI({ ...options, deployment: model('text') }), { model: '', messages }),
  byToken: () => {
    const { apiKey, ...others } = options;
    return both(new AzureOpenAI({ ...others, azureADTokenProvider: async () => apiKey }), { model: model('text'), messages });
  },
  versionOne: () => both(new OpenAI({ baseURL: `${url}/openai/v1`, apiKey: key, maxRetries: 0 }), { model: model('text'), messages }),
  completions: async () => (await client.completions.create({ model: model('completion'), prompt })).choices[0].text,
  embeddings: async () => {
    const answer = await client.embeddings.create({ model: model('embedding'), input: [prompt, 'two'] });
    return answer.data.map((item) => Array.from(item.embedding));
  },
  models: async () => {
    const ids = [];
    for await (const item of client.models.list()) ids.push(item.id);
    return ids;
  },
  wrongKey: () => failure(new AzureOpenAI({ ...options, apiKey: wrongKey }).chat.completions.create({ model: model('text'), messages })),
  error429: () => failure(client.chat.completions.create({ model: model('error-429'), messages })),
});
