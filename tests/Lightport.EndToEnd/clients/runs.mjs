// Tools that the gateway runs, seen by the clients: each scenario gives the same whatever provider answers.
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { Agent, OpenAIProvider, Runner, hostedMcpTool } from '@openai/agents';
import OpenAI from 'openai';
import { run, settings, weather, weatherParameters } from './scenarios.mjs';

const { url, key, provider, prompt } = settings(import.meta.url);
const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
const anthropic = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
const google = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
const server = process.env.LIGHTPORT_MCP_SERVER;

/** A model whose route has the tools, and one whose client must ask for them. */
const withTools = (script) => `run-${provider}/${script}`;
const plain = (script) => `${provider}/${script}`;
const user = { role: 'user', content: prompt };
const again = { role: 'user', content: 'Again, please.' };
const toolset = (label, approval) => ({ type: 'mcp', server_label: label, require_approval: approval });

/** Items of a state that goes to and fro are some providers' and not others'. */
const items = ({ output }) => output.filter((item) => item.type !== 'reasoning').map((item) => item.type);
const blocks = ({ content }) => content.filter((block) => block.type !== 'thinking').map((block) => block.type);

async function streamed(request) {
  const stream = openai.responses.stream(request);
  const told = [];
  for await (const event of stream) if (event.type.includes('.mcp_')) told.push(event.type.replace('response.', ''));
  return { told, response: await stream.finalResponse() };
}

const ring = {
  chat: { type: 'function', function: { name: 'weather', parameters: weatherParameters } },
  responses: { type: 'function', name: 'weather', parameters: weatherParameters, strict: true },
  messages: { name: 'weather', input_schema: weatherParameters },
};

/** Folds a chat's stream as programs do, and keeps what the gateway tells beside. */
async function chat(request) {
  const { data, response } = await openai.chat.completions
    .create({ ...request, stream: true }, { headers: { 'x-lightport-tell': 'runs' } })
    .withResponse();
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const message = { role: 'assistant', content: '' };
  const told = [];
  for await (const chunk of data) {
    if (chunk.lightport) told.push(...chunk.lightport.runs.map((one) => `${one.server}.${one.tool} ${one.status}`));
    const delta = chunk.choices[0]?.delta;
    message.content += delta?.content ?? '';
    for (const { index, ...call } of delta?.tool_calls ?? []) {
      message.tool_calls ??= [];
      if (message.tool_calls[index]) message.tool_calls[index].function.arguments += call.function.arguments;
      else message.tool_calls[index] = call;
    }
  }
  return { message, told };
}

/** Folds a streamed interaction as programs do. */
async function interact(request) {
  const steps = [];
  const told = [];
  for await (const event of await google.interactions.create({ ...request, stream: true })) {
    if (event.event_type === 'error') throw new Error(event.error.message);
    if (event.event_type === 'step.start') steps[event.index] = event.step;
    const delta = event.delta;
    if (delta?.type === 'text') steps[event.index].content = [{ type: 'text', text: (steps[event.index].content?.[0].text ?? '') + delta.text }];
    if (delta?.type === 'thought_signature') steps[event.index].signature = delta.signature;
    if (delta?.type === 'mcp_server_tool_call') told.push(`${delta.server_name}.${delta.name}`);
  }
  return { steps, told };
}

const runner = new Runner({
  modelProvider: new OpenAIProvider({ useResponses: true, openAIClient: openai }),
  tracingDisabled: true,
});

async function agent(model, tools) {
  const result = await runner.run(new Agent({ name: 'Sums', instructions: 'Be brief.', model, tools }), prompt, { stream: true });
  await result.completed;
  return result.finalOutput;
}

export const results = await run({
  responses: async () => {
    const request = { model: withTools('sum'), input: [user], store: false };
    const { told, response } = await streamed(request);
    const next = await openai.responses.create({ ...request, input: [user, ...response.output, again] });
    return { told, items: items(response), text: response.output_text, next: items(next), nextText: next.output_text };
  },
  toolset: async () => {
    const response = await openai.responses.create({
      model: plain('sum'), input: prompt, store: false, tools: [toolset('sums', 'never')],
    });
    const call = response.output.find((item) => item.type === 'mcp_call');
    return { items: items(response), output: call.output, status: call.status };
  },
  progress: async () => {
    const { told } = await streamed({ model: withTools('slow'), input: prompt, store: false });
    return { goesOn: told.filter((type) => type === 'mcp_call.in_progress').length > 1, end: told.at(-1) };
  },
  approval: async () => {
    const request = { model: plain('sum'), store: false, tools: [toolset('careful', 'always')] };
    const asked = await openai.responses.create({ ...request, input: [user] });
    const question = asked.output.find((item) => item.type === 'mcp_approval_request');
    const yes = { type: 'mcp_approval_response', approval_request_id: question.id, approve: true };
    const { told, response } = await streamed({ ...request, input: [user, ...asked.output, yes] });
    const changed = asked.output.map((item) => (item === question ? { ...item, arguments: '{"a":1,"b":1}' } : item));
    const forged = await openai.responses.create({ ...request, input: [user, ...changed, yes] }).catch((error) => error.code);
    return { asked: items(asked), told, items: items(response), text: response.output_text, forged };
  },
  responsesMixed: async () => {
    const request = { model: withTools('sum-mixed'), store: false, tools: [ring.responses] };
    const { response } = await streamed({ ...request, input: [user] });
    const call = response.output.find((item) => item.type === 'function_call');
    const output = { type: 'function_call_output', call_id: call.call_id, output: weather(JSON.parse(call.arguments)) };
    const next = await streamed({ ...request, input: [user, ...response.output, output] });
    return { items: items(response), text: next.response.output_text };
  },
  chat: async () => {
    const { message, told } = await chat({ model: withTools('sum'), messages: [user] });
    const next = await chat({ model: withTools('sum'), messages: [user, message, again] });
    return { text: message.content, told, nextText: next.message.content, nextTold: next.told };
  },
  chatMixed: async () => {
    const request = { model: withTools('sum-mixed'), tools: [ring.chat] };
    const { message, told } = await chat({ ...request, messages: [user] });
    const [call] = message.tool_calls;
    const result = { role: 'tool', tool_call_id: call.id, content: weather(JSON.parse(call.function.arguments)) };
    const next = await chat({ ...request, messages: [user, message, result] });
    return { calls: message.tool_calls.map((one) => one.function.name), told, text: next.message.content };
  },
  messages: async () => {
    const request = {
      model: plain('sum'), max_tokens: 2048, betas: ['mcp-client-2025-11-20'],
      mcp_servers: [{ type: 'url', name: 'sums', url: server }],
      tools: [{ type: 'mcp_toolset', mcp_server_name: 'sums' }],
    };
    const message = await anthropic.beta.messages.stream({ ...request, messages: [user] }).finalMessage();
    const history = [user, { role: 'assistant', content: message.content }, again];
    const next = await anthropic.beta.messages.stream({ ...request, messages: history }).finalMessage();
    const result = message.content.find((block) => block.type === 'mcp_tool_result');
    return { blocks: blocks(message), finish: message.stop_reason, output: result.content[0].text, next: blocks(next) };
  },
  messagesMixed: async () => {
    const request = { model: withTools('sum-mixed'), max_tokens: 2048, tools: [ring.messages] };
    const message = await anthropic.messages.stream({ ...request, messages: [user] }).finalMessage();
    const call = message.content.find((block) => block.type === 'tool_use');
    const result = { type: 'tool_result', tool_use_id: call.id, content: weather(call.input) };
    const history = [user, { role: 'assistant', content: message.content }, { role: 'user', content: [result] }];
    const next = await anthropic.messages.stream({ ...request, messages: history }).finalMessage();
    return { blocks: blocks(message), finish: message.stop_reason, text: next.content.at(-1).text };
  },
  agents: () => agent(withTools('sum')),
  agentsApprove: () => agent(plain('sum'), [
    hostedMcpTool({ serverLabel: 'careful', serverUrl: server, requireApproval: 'always', onApproval: async () => ({ approve: true }) }),
  ]),
  google: async () => {
    let text = '';
    for await (const chunk of await google.models.generateContentStream({ model: withTools('sum'), contents: prompt })) text += chunk.text ?? '';
    return text;
  },
  interactions: async () => {
    const request = {
      model: plain('sum'), store: false, tools: [{ type: 'mcp_server', name: 'sums', url: server }],
    };
    const said = (text) => ({ type: 'user_input', content: [{ type: 'text', text }] });
    const { told, steps } = await interact({ ...request, input: [said(prompt)] });
    const next = await google.interactions.create({ ...request, input: [said(prompt), ...steps, said('Again, please.')] });
    const types = (list) => list.map((one) => one.type).filter((type) => type !== 'thought');
    const result = steps.find((one) => one.type === 'mcp_server_tool_result');
    return { told, steps: types(steps), output: result.result[0].text, next: types(next.steps) };
  },
});
