using Lightport.Configuration;

namespace Lightport.Tests.Configuration;

/// <summary>Each text beside the very sentence that refuses it.</summary>
public sealed class ConfigurationErrorTests
{
    public static TheoryData<string, string> Cases => new()
    {
        // The document
        { "", "1:1: the file is empty; fill it as lightport.sample.yaml is filled, or remove it." },
        {
            "# only this",
            "1:1: the file is empty; fill it as lightport.sample.yaml is filled, or remove it."
        },
        { "[]", "1:1: the file must be a mapping (its keys: providers, models, rules, cors, admission, keys, limits, alerts, identity, management, audit, context, mcp, direct, trusted-hosts), but here is a list." },
        { "modls: {}", "1:1: unknown key 'modls' in the file; did you mean 'models'?" },

        // What other gateways call it
        { "model_list: []", "1:1: unknown key 'model_list' in the file; did you mean 'models'?" },
        { "mcpServers: {}", "1:1: unknown key 'mcpServers' in the file; did you mean 'mcp'?" },
        {
            "providers: { openai: { api_key: A } }",
            "1:24: unknown key 'api_key' in providers.openai; did you mean 'key'?"
        },
        {
            "providers: { openai: { api_base: \"https://a.example\" } }",
            "1:24: unknown key 'api_base' in providers.openai; did you mean 'base-url'?"
        },
        {
            "models: { a: { strategy: x, targets: [echo/echo] } }",
            "1:16: unknown key 'strategy' in models.a; did you mean 'select'?"
        },
        {
            "limits: [{ name: a, per: all, concurrent: 1, rpm: 5 }]",
            "1:46: unknown key 'rpm' in limits; did you mean 'requests-per-minute'?"
        },
        {
            "litellm_settings: {}",
            "1:1: unknown key 'litellm_settings' in the file; retries, fallbacks and timeouts stand at each entry of "
                + "'models' (docs/coming-from.md)."
        },
        {
            "router_settings: {}",
            "1:1: unknown key 'router_settings' in the file; 'select', 'retry', 'breaker' and 'fallback' stand at each "
                + "entry of 'models' (docs/coming-from.md)."
        },
        {
            "general_settings: {}",
            "1:1: unknown key 'general_settings' in the file; the admin key is LIGHTPORT_ADMIN_KEY in the environment, "
                + "and clients' keys stand under 'keys' (docs/coming-from.md)."
        },
        {
            "models: { a: { targets: [echo/echo], rpm: 5 } }",
            "1:38: unknown key 'rpm' in models.a; how much a model may be used stands under 'limits', as in "
                + "{ name: small, per: route, requests-per-minute: 10 }."
        },
        {
            "models: { a: { targets: [echo/echo], cooldown_time: 5 } }",
            "1:38: unknown key 'cooldown_time' in models.a; did you mean 'breaker'?"
        },
        { "direct: on\ndirect: off", "2:1: the key 'direct' stands here a second time; the first is on line 1." },
        { "direct: maybe", "1:9: direct must be on or off." },
        { "direct: on\n---\ndirect: off", "2:1: the file must hold one document; remove the '---' between them." },
        { "direct: !!bool on", "1:9: tags (words after '!') are not read here; write the value without one." },
        { "direct: *on", "1:9: no anchor '&on' stands before this alias." },
        { "trusted-hosts: [a]", "1:16: 'trusted-hosts' is not in this version of Lightport; remove what is in it." },

        // Providers
        { "providers: [openai]", "1:12: providers must be a mapping, as in { key: value }, but here is a list." },
        {
            "providers: { opnai: {} }",
            "1:14: the catalog has no provider 'opnai'; did you mean 'openai'?"
        },
        {
            "providers: { house: {} }",
            "1:14: the catalog has no provider 'house'; for a name of your own say which it is with 'use', "
                + "as in { use: openai-compatible, base-url: … }."
        },
        {
            "providers: { house: { use: antropic } }",
            "1:28: the catalog has no provider 'antropic'; did you mean 'anthropic'?"
        },
        { "providers: { openai: { kee: A } }", "1:24: unknown key 'kee' in providers.openai; did you mean 'key'?" },
        {
            "providers: { openai: { zone: eu } }",
            "1:24: unknown key 'zone' in providers.openai; "
                + "the keys here are use, key, keys, accounts, base-url, auth, headers, shared-files, endpoints, traits, "
                + "data, quantization, prices, deployments, region."
        },
        {
            "providers: { openai: { key: sk-abc } }",
            "1:29: providers.openai.key names a secret, never holds one; put the key in the environment or the vault "
                + "and write its name here, as in OPENAI_API_KEY."
        },
        { "providers: { openai: { key: [a] } }", "1:29: providers.openai.key must be text, but here is a list." },
        {
            "providers: { openai: { auth: entra } }",
            "1:30: 'entra' in providers.openai.auth is nothing that OpenAI takes; use key (the default) or none."
        },
        {
            "providers: { openai: { auth: none, key: A } }",
            "1:41: providers.openai has both a key and 'auth: none'; remove one of them."
        },
        {
            "providers: { openai: { key: A, keys: [B] } }",
            "1:38: providers.openai has both 'key' and 'keys'; keep one of them."
        },
        { "providers: { openai: { keys: A } }", "1:30: providers.openai.keys must be a list, as in [a, b], but here is text." },
        { "providers: { openai: { keys: [] } }", "1:30: providers.openai.keys is empty; name one at least, or remove it." },
        {
            "providers: { openai: { keys: [A, A] } }",
            "1:34: providers.openai.keys has this one twice; give each account once."
        },
        {
            "providers: { openai: { keys: [sk-abc, sk-def] } }",
            "1:31: providers.openai.key names a secret, never holds one; put the key in the environment or the vault "
                + "and write its name here, as in OPENAI_API_KEY."
        },
        {
            "providers: { openai: { accounts: [{ key: A }] } }",
            "1:35: an account in providers.openai.accounts needs 'name', as in { name: eu, key: OPENAI_EU }."
        },
        {
            "providers: { openai: { accounts: [{ name: a b, key: A }] } }",
            "1:43: providers.openai.accounts.name must be of letters, digits and '-', '_', '.'."
        },
        {
            "providers: { openai: { accounts: [{ name: a, wieght: 2 }] } }",
            "1:46: unknown key 'wieght' in providers.openai.accounts; did you mean 'weight'?"
        },
        {
            "providers: { openai: { accounts: [{ name: a, weight: 0 }] } }",
            "1:34: every one of providers.openai.accounts has weight 0; give one a weight above 0."
        },
        {
            "providers: { hosted: { region: eu, accounts: [{ name: a, resource: x }, { name: b }] } }",
            "1:14: providers.hosted needs 'resource' (the resource's name)."
        },
        { "providers: { hosted: { resource: a } }", "1:14: providers.hosted needs 'region' (such as eu-1)." },
        {
            "providers: { openai: { region: europe } }",
            "1:32: providers.openai.region must be one of us, eu, ae, au, ca, gb, in, jp, kr, sg."
        },
        {
            "providers: { openai: { accounts: [{ name: a, region: uk }] } }",
            "1:54: providers.openai.region must be one of us, eu, ae, au, ca, gb, in, jp, kr, sg."
        },
        {
            "providers: { openai: { region: eu, base-url: \"https://proxy.example/v1\" } }",
            "1:32: providers.openai has a 'base-url', so that 'region' has no effect."
        },
        {
            "providers: { hosted: { resource: a/b, region: eu } }",
            "1:34: providers.hosted: The setting 'resource' must be a host name or a part of one."
        },
        {
            "providers: { x: { use: openai-compatible } }",
            "1:14: providers.x needs 'base-url' (The address up to and without /chat/completions, "
                + "for example http://10.1.0.4:8000/v1)."
        },
        {
            "providers: { openai: { base-url: ftp://a } }",
            "1:34: providers.openai: The setting 'base-url' must be an http or https address without a query."
        },
        {
            "providers: { openai: { headers: { Authorization: a } } }",
            "1:35: 'Authorization' carries a key; name the secret with 'key' instead."
        },
        {
            "providers: { hosted: { resource: a, region: b, headers: { x-hosted-key: a } } }",
            "1:59: 'x-hosted-key' carries a key; name the secret with 'key' instead."
        },
        {
            "providers: { openai: { headers: { x-a: \"b\\nc: d\" } } }",
            "1:40: providers.openai.headers.x-a must be printable ASCII on one line."
        },
        {
            "providers: { echo: {} }",
            "1:14: 'echo' is built in and always there; remove it here, or choose another name."
        },
        {
            "providers: { Open/AI: { use: openai } }",
            "1:14: the provider name 'Open/AI' must be of a-z, 0-9 and '-', as it stands in "
                + "provider/model."
        },

        // Models
        {
            "models: { fast: openai/ }",
            "1:17: 'openai/' names no model after the slash; write it as in openai/gpt-4o-mini."
        },
        {
            "models: { fast: opnai/x }",
            "1:17: 'opnai/x' names no provider that is configured; did you mean 'openai'?"
        },
        {
            "models: { fast: deep/x }",
            "1:17: 'deep' is not configured; add 'deep: {}' under providers and set DEEP_API_KEY."
        },
        {
            "models: { fast: gpt }",
            "1:17: 'gpt' is neither provider/model nor an entry of models; write it as in openai/gpt-4o-mini."
        },
        { "models: { fast: echo }", "1:17: 'echo' is a provider; name one of its models, as in echo/<model>." },
        {
            "models: { balanced: openai/x, other: balancd }",
            "1:38: 'balancd' is neither provider/model nor an entry of models; did you mean 'balanced'?"
        },
        { "models:\n  fast:", "2:8: models.fast is empty." },
        { "models:\n  fast: []", "2:9: models.fast is empty; name at least one target, as in [openai/gpt-4o-mini]." },
        { "models: { fast: {} }", "1:11: models.fast needs 'targets', as in targets: [openai/gpt-4o-mini]." },
        {
            "models: { a: b, b: [openai/x, c], c: a }",
            "1:38: 'c' falls back to itself: a → b → c → a."
        },
        { "models: { a: a }", "1:14: 'a' falls back to itself: a → a." },
        {
            "models: { a: openai/* }",
            "1:14: 'openai/*' has a star, which only a name with one can fill, as in \"claude-*\": anthropic/*."
        },
        { "models: { \"a*\": openai/*-* }", "1:17: 'openai/*-*' has more than one star; use one at most." },
        { "models: { \"a*b*\": openai/x }", "1:11: the model name 'a*b*' has more than one star; use one at most." },
        {
            "models: { \"a*\": openai/*, b: \"a*\" }",
            "1:30: 'a*' is a wildcard, and so no one model; name one that it matches."
        },
        {
            "models: { a: { targets: [openai/x], fallbak: [b] } }",
            "1:37: unknown key 'fallbak' in models.a; did you mean 'fallback'?"
        },
        {
            "models: { a: { select: wieghted, targets: [openai/x] } }",
            "1:24: 'wieghted' in models.a.select is no policy; did you mean 'weighted'?"
        },
        {
            "models: { a: { select: best, targets: [openai/x] } }",
            "1:24: 'best' in models.a.select is no policy; there are ordered, weighted, round-robin, least-latency, "
                + "least-cost, least-busy, sticky."
        },
        { "models: { a: { select: [sticky], targets: [openai/x] } }", "1:24: models.a.select must be text, but here is a list." },
        {
            "models: { a: { select: { by: user }, targets: [openai/x] } }",
            "1:24: models.a.select needs 'policy', as in { policy: sticky, by: user }."
        },
        {
            "models: { a: { select: { policy: sticky, by: team }, targets: [openai/x] } }",
            "1:46: 'team' in models.a.select.by is not known; the words are session, user, prompt."
        },
        {
            "models: { a: { select: { policy: least-busy, by: user }, targets: [openai/x] } }",
            "1:50: 'by' in models.a.select goes with weighted and sticky only."
        },
        {
            "models: { a: { targets: [openai/x], fallback: [openai/y], fallback-on: { any: [openai/z] } } }",
            "1:79: models.a.fallback-on.any says the same as models.a.fallback; keep one of them."
        },
        {
            "models: { a: { targets: [openai/x], hedge: { after: soon } } }",
            "1:53: models.a.hedge.after must be a length of time, as in 2s, or p95."
        },
        {
            "models: { a: { targets: [openai/x], fallback-on: { timeout: [openai/z] } } }",
            "1:52: unknown key 'timeout' in models.a.fallback-on; the keys here are any, context-length, "
                + "content-filter, rate-limit."
        },
        {
            "models: { a: { targets: [{ to: openai/x, weight: 9 }] } }",
            "1:50: 'weight' in models.a counts for nothing with 'select: ordered'; remove it, or select by weighted."
        },
        {
            "models: { a: { select: least-latency, targets: [{ to: openai/x, weight: 9 }] } }",
            "1:73: 'weight' in models.a counts for nothing with 'select: least-latency', save 0; remove it."
        },
        {
            "models: { a: { select: weighted, targets: [{ to: openai/x, weight: 1001 }] } }",
            "1:68: models.a.targets.weight must be a whole number from 0 to 1000; 0 is asked only after all others."
        },
        {
            "models: { a: { select: weighted, targets: [{ to: openai/x, weight: 0 }] } }",
            "1:11: every target of 'a' has weight 0, so that none would be asked before the others; give one a weight "
                + "above 0."
        },
        {
            "models: { a: { select: sticky, targets: [{ to: openai/x, set: { seed: 1 } }, { to: openai/x, set: { seed: 2 } }] } }",
            "1:11: two targets of 'a' have one name, so that 'sticky' could not tell them apart; give each a 'label'."
        },
        {
            "models: { a: { targets: [{ label: x }] } }",
            "1:26: a target in models.a.targets needs 'to', as in { to: openai/gpt-4o-mini }."
        },
        {
            "models: { b: openai/x, a: { targets: [{ to: b }] } }",
            "1:45: 'to' must be provider/model, but 'b' is an entry of models; name it under 'fallback'."
        },
        {
            "models: { a: { targets: [{ to: openai/x, set: { model: y } }] } }",
            "1:49: models.a.targets.set cannot set 'model', which is the request's own."
        },
        {
            "models: { a: { targets: [openai/x], hedge: 2s } }",
            "1:44: models.a.hedge must be a mapping, as in hedge: { after: 2s }, but here is text."
        },
        {
            "models: { a: { targets: [openai/x], retry: 3 } }",
            "1:44: models.a.retry must be a mapping, as in retry: { attempts: 2 }, but here is text."
        },
        {
            "models: { a: { targets: [openai/x], timeout: 30 } }",
            "1:46: models.a.timeout must be a mapping, as in timeout: { total: 5m }, but here is text."
        },
        {
            "models: { a: { targets: [openai/x], breaker: on } }",
            "1:46: models.a.breaker must be a mapping, as in breaker: { failures: 5 }, but here is text."
        },
        {
            "models: { a: { targets: [openai/x], shadow: x } }",
            "1:45: models.a.shadow must be a mapping, as in shadow: { to: provider/model, share: 5% }, but here is text."
        },
        {
            "models: { a: { targets: [openai/x], retry: { attempts: 0 } } }",
            "1:56: models.a.retry.attempts must be a number from 1 to 10; 1 tries each target once."
        },
        {
            "models: { a: { targets: [openai/x], retry: { on: [200] } } }",
            "1:51: '200' in models.a.retry.on is no failure; use a status (400 to 599), 4xx, 5xx, connect or "
                + "timeout."
        },
        {
            "models: { a: { targets: [openai/x], timeout: { total: 15 } } }",
            "1:55: models.a.timeout.total must be a length of time up to 24h, as in 200ms, 5s, 15m or 1h."
        },
        {
            "models: { a: { targets: [openai/x], unsupported: keep } }",
            "1:50: models.a.unsupported must be drop or reject."
        },

        // Who may call
        { "admission: open", "1:12: admission must be a mapping (its keys: mode), but here is text." },
        { "admission: { mode: all }", "1:20: admission.mode must be keys, bring-your-own or open." },
        {
            "keys: [{ name: a }]",
            "1:8: a key needs 'sha256' (the hash of the key: printf %s \"$KEY\" | sha256sum)."
        },
        {
            "keys: [{ name: a, sha256: my-secret }]",
            "1:27: sha256 must be the key's SHA-256 in 64 hexadecimal digits, never the key itself."
        },
        {
            "keys: [{ name: a, sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 }]",
            "1:27: sha256 is that of an empty key; hash the key itself."
        },
        {
            $"keys:\n- {{ name: a, sha256: {new string('1', 64)} }}\n- {{ name: a, sha256: {new string('2', 64)} }}",
            "3:11: another key has this name; give each its own."
        },
        {
            $"keys:\n- {{ name: a, sha256: {new string('1', 64)} }}\n- {{ name: b, sha256: {new string('1', 64)} }}",
            "3:22: another key has this sha256; give each client its own key."
        },
        {
            $"keys: [{{ name: a, sha256: {new string('1', 64)}, expires: soon }}]",
            "1:102: expires must be a day or a moment, UTC unless it says otherwise, as in 2027-01-01 or "
                + "2027-01-01T12:00:00Z."
        },
        {
            $"keys: [{{ name: a, sha256: {new string('1', 64)}, limits: {{}} }}]",
            "1:101: keys.limits limits nothing; say one of requests-per-minute, tokens-per-minute, concurrent, budget."
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_WrongText_SaysWhereWhatAndWhatWouldBeRight(string text, string expected)
    {
        ConfigurationResult result = TestConfiguration.Load(text);

        Assert.False(result.Valid);
        Assert.Equal($"lightport.yaml:{expected}", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Load_ManyMistakes_TellsAllInOrder()
    {
        ConfigurationResult result = TestConfiguration.Load("""
            providers:
              openai: { kee: A }
              anthropic: { auth: entra }
            models:
              fast: [openai/x, nowhere/y]
            keys:
              - { sha256: x }
            """);

        Assert.Equal([(2, 13), (3, 22), (5, 20), (7, 5), (7, 15)], result.Errors.Select(e => (e.Line, e.Column)));
    }

    [Fact]
    public void Load_KeyInTheWrongPlace_IsNeverRepeated()
    {
        const string Canary = "sk-canary0123456789canary0123456789";
        ConfigurationResult result = TestConfiguration.Load($$"""
            providers: { openai: { key: {{Canary}} } }
            keys: [{ name: a, sha256: {{Canary}} }]
            """);

        Assert.Equal(2, result.Errors.Count);
        Assert.DoesNotContain(result.Errors, error => error.Message.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_BrokenProvider_IsNotReportedAgainWhereItIsUsed()
    {
        ConfigurationResult result = TestConfiguration.Load("""
            providers: { openai: { kee: A }, hosted: {} }
            models: { a: hosted/x }
            """);

        Assert.Equal([1, 1], result.Errors.Select(error => error.Line));
    }
}
