// What all clients' scripts share: their settings, and running named scenarios side by side.

export const schema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};

export const weatherParameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

export const weather = ({ city }) => `sunny in ${city}`;

/** @param address The script's own, whose query names the provider. */
export function settings(address) {
  const { LIGHTPORT_URL, LIGHTPORT_KEY, LIGHTPORT_WRONG_KEY, LIGHTPORT_PROMPT, LIGHTPORT_PIXEL } = process.env;
  return {
    url: LIGHTPORT_URL,
    key: LIGHTPORT_KEY,
    wrongKey: LIGHTPORT_WRONG_KEY,
    provider: new URL(address).searchParams.get('provider'),
    prompt: LIGHTPORT_PROMPT,
    pixel: LIGHTPORT_PIXEL,
  };
}

const patienceMs = 20_000;

/** @returns What each scenario gave, or how it failed; one that hangs does not keep the others' results. */
export async function run(scenarios) {
  const results = await Promise.all(
    Object.entries(scenarios).map(async ([name, scenario]) => {
      try {
        return [name, (await Promise.race([scenario(), outOfPatience()])) ?? null];
      } catch (error) {
        return [name, { thrown: describe(error) }];
      }
    }),
  );
  return Object.fromEntries(results);
}

function outOfPatience() {
  return new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`no result after ${patienceMs} ms`)), patienceMs).unref(),
  );
}

/** What a program sees of an error: its class, status, and the fields that the SDK takes from the body. */
export function describe(error) {
  return {
    class: error.constructor.name,
    status: error.status ?? null,
    message: String(error.message),
    code: error.code ?? null,
    type: error.type ?? null,
    body: error.error ?? null,
    retryAfter: error.headers?.get?.('retry-after') ?? null,
    requestId: error.requestID ?? null,
    stack: error.status === undefined ? String(error.stack) : null,
  };
}

export async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return describe(error);
  }
  return { class: 'none' };
}
