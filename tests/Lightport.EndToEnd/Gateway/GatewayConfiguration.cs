using System.Security.Cryptography;
using System.Text;

namespace Lightport.EndToEnd.Gateway;

internal static class GatewayConfiguration
{
    /// <summary>The variables that hold the providers' keys, which the YAML only names.</summary>
    public static IReadOnlyDictionary<string, string> Secrets { get; } = new Dictionary<string, string>
    {
        ["FAKE_OPENAI_KEY"] = Canary.OpenAIKey,
        ["FAKE_ANTHROPIC_KEY"] = Canary.AnthropicKey,
        ["FAKE_GOOGLE_KEY"] = Canary.GoogleKey,
        ["FAKE_AWS_KEY"] = $"AKIACANARY:{Canary.AwsKey}",
    };

    /// <param name="upstream">The fake providers' address, without a path.</param>
    public static string Providers(string upstream) => $$"""
        providers:
          oai:   { use: openai-compatible, base-url: "{{upstream}}/v1", key: FAKE_OPENAI_KEY }
          exact: { use: openai, base-url: "{{upstream}}/v1", key: FAKE_OPENAI_KEY }
          ant:   { use: anthropic, base-url: "{{upstream}}/v1", key: FAKE_ANTHROPIC_KEY }
          gem:
            use: google
            base-url: "{{upstream}}/v1beta"
            key: FAKE_GOOGLE_KEY
            traits: { signed-calls: on }
            endpoints: { openai-chat: { models: [none] } }
          con:   { use: bedrock, base-url: "{{upstream}}", region: eu-central-1, key: FAKE_AWS_KEY }
          res:
            use: openai-compatible
            base-url: "{{upstream}}/v1"
            key: FAKE_OPENAI_KEY
            endpoints: { openai-chat: { models: [none] }, openai-responses: /responses }
          priced:
            use: openai-compatible
            base-url: "{{upstream}}/v1"
            key: FAKE_OPENAI_KEY
            prices: { "*": { input: 10, output: 10 } }
          dead:  { use: openai-compatible, base-url: "http://127.0.0.1:1/v1", auth: none }
          keyless: { use: openai-compatible, base-url: "{{upstream}}/v1", key: FAKE_ABSENT_KEY }
        """;

    /// <param name="upstream">The fake providers' address, without a path.</param>
    public static string Yaml(string upstream) => $$"""
        {{Providers(upstream)}}

        models:
          named: oai/text
          "text@whole-*": oai/*
          "star-*": "oai/text@*"
          fallback-status: { targets: [oai/error-500, ant/text], breaker: off }
          fallback-connect: { targets: [dead/any, exact/text], breaker: off }
          # A target each, for one that has limited is left for last by the next request.
          fallback-limit: ["ant/error-429@whole", oai/text]
          fallback-limit-streamed: ["ant/error-429@streamed", oai/text]
          fallback-none: { targets: [oai/error-500, ant/error-529], breaker: off }
          fallback-bad-request: [oai/error-400, ant/text]
          fallback-mid: ["oai/error-mid@held", ant/text]
          once:
            targets: [oai/fail-once]
            retry: { attempts: 2, on: [5xx] }
          impatient:
            targets: [oai/hold-head]
            retry: { attempts: 1 }
            timeout: { first-byte: 1s, whole-answer: 1s }
          idle:
            targets: [oai/hold-body]
            retry: { attempts: 1 }
            timeout: { idle: 1s }

        admission: { mode: keys }
        keys:
          - { name: end-to-end, sha256: "{{Hash(Canary.ClientKey)}}" }
          - { name: limited, sha256: "{{Hash(Canary.LimitedKey)}}", models: [named] }
          - { name: metered, sha256: "{{Hash(Canary.MeteredKey)}}", limits: { requests-per-minute: 1 } }
          - { name: spent, sha256: "{{Hash(Canary.SpentKey)}}", limits: { budget: { usd: 0.0005, per: day } } }
          - { name: expired, sha256: "{{Hash(Canary.ExpiredKey)}}", expires: 2020-01-01 }
        """;

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
