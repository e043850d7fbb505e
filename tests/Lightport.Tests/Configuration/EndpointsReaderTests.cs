using Lightport.Configuration;
using Lightport.Providers;

namespace Lightport.Tests.Configuration;

public sealed class EndpointsReaderTests
{
    [Fact]
    public void Endpoint_WithEveryKey_IsRead()
    {
        Provider openai = Load("""
            openai:
              headers: { x-team: a }
              endpoints:
                openai-chat:
                  path: /chat
                  stream-path: /chat/stream
                  exact: off
                  stream-usage: off
                  auth: { scheme: header, name: api-key, prefix: "Key " }
                  parameters:
                    seed: { rename: random_seed }
                    n: { reject: { except: [1] } }
                  headers: { x-wire: chat }
                  forward-headers: [x-chat]
                  framing: ndjson
            """);

        ProviderEndpoint chat = openai.Endpoints["openai-chat"];
        Assert.Equal(("/chat", "/chat/stream", false), (chat.Path, chat.StreamPath, chat.Exact));
        Assert.Equal(
            new Traits { StreamUsage = false, DeveloperRole = true, SafetyIdentifier = true, CustomTools = true },
            chat.Traits);
        Assert.Equal(
            new ProviderAuthentication(AuthenticationScheme.Header, null, "api-key", "Key "), chat.Authentication);
        Assert.Equal(["seed", "n"], chat.Parameters.Rules.Select(rule => rule.Field.Text));
        Assert.Equal(("a", "chat"), (openai.Headers["x-team"], chat.Headers["x-wire"]));
        Assert.Equal(["x-chat"], chat.ForwardHeaders);
        Assert.Equal(StreamFraming.JsonLines, chat.Framing);
    }

    [Fact]
    public void Endpoint_WithSomeKeys_KeepsTheRestOfTheCatalogs()
    {
        Provider catalogs = ProviderCatalog.Load().Find("openrouter")!;
        Provider openrouter = Load("openrouter: { endpoints: { openai-chat: { reasoning-field: reasoning } } }");

        ProviderEndpoint chat = openrouter.Endpoints["openai-chat"];
        Assert.Equal(catalogs.Endpoints.Keys, openrouter.Endpoints.Keys);
        Assert.Equal(("/chat/completions", "effort", "reasoning"), (
            chat.Path, chat.Traits.Thinking, chat.Traits.ReasoningField));
        Assert.Equal("max_completion_tokens", Assert.Single(chat.Parameters.Rules).Field.Text);
    }

    [Fact]
    public void Endpoint_ThatIsAPathAlone_StandsInForTheCatalogsOrIsAdded()
    {
        Provider house = Load("""
            house:
              use: openai-compatible
              base-url: "http://127.0.0.1:8000/v1"
              endpoints:
                openai-chat: /chat
                anthropic-messages: "http://127.0.0.1:9000/{model}/messages"
            """);

        Assert.Equal("/chat", house.Endpoints["openai-chat"].Path);
        Assert.Equal("in-user-turn", house.Endpoints["openai-chat"].Traits.SystemTurns);
        Assert.Equal("http://127.0.0.1:9000/{model}/messages", house.Endpoints["anthropic-messages"].Path);
        Assert.Equal("anthropic-messages", house.Endpoints.Keys.Last());
    }

    [Fact]
    public void Headers_OfTheProvider_ComeBeforeTheCatalogsAtAnEndpoint()
    {
        var catalog = new ProviderCatalog(["x"], _ => """
            {
              "id": "x", "name": "X", "source": "https://x.example", "base-url": "https://x.example",
              "auth": { "scheme": "none" },
              "endpoints": { "d": { "path": "/d", "headers": { "X-Version": "1", "x-other": "2" } } }
            }
            """u8.ToArray());

        ConfigurationResult result = ConfigurationLoader.Load(
            "providers: { x: { headers: { x-version: \"3\" } } }", "lightport.yaml", catalog, new HashSet<string>(), null);

        Provider x = result.Configuration!.Routing.Providers["x"].Provider;
        Assert.Equal("3", x.Headers["x-version"]);
        Assert.Equal(["x-other"], x.Endpoints["d"].Headers.Keys);
    }

    [Theory]
    [InlineData("openai-chta: /c", "4:7: 'openai-chta' in providers.openai.endpoints is no dialect; did you mean")]
    [InlineData("gopher: /c", "4:7: 'gopher' in providers.openai.endpoints is no dialect; there are openai-chat, ")]
    [InlineData("openai-chat: [a]", "4:20: providers.openai.endpoints.openai-chat must be a mapping")]
    [InlineData("openai-chat: c", "openai-chat must begin with '/', or be a whole address.")]
    [InlineData("openai-chat: { path: c }", "openai-chat.path must begin with '/', or be a whole address.")]
    [InlineData("openai-chat: { stream-path: c }", "openai-chat.stream-path must begin with '/'")]
    [InlineData("openai-chat: \"/{region}/c\"", "openai-chat has '{region}', which is neither {model} nor a setting")]
    [InlineData("openai-chat: \"/{model/c\"", "openai-chat is no path: ")]
    [InlineData("openai-chat: \"https://{model}.example/c\"", "names its host by the model.")]
    [InlineData("openai-chat: \"https://a b/c\"", "is not an address.")]
    [InlineData("openai-chat: { pth: /c }", "unknown key 'pth' in providers.openai.endpoints.openai-chat; did you")]
    [InlineData("openai-chat: { exact: maybe }", "openai-chat.exact must be on or off.")]
    [InlineData("openai-chat: { system-turns: first }", "'first' in providers.openai.endpoints.openai-chat.system-turns")]
    [InlineData("openai-chat: { framing: xml }", "framing is not known; the words are sse, ndjson, json-array, aws-")]
    [InlineData("openai-chat: { auth: { scheme: basic } }", "auth.scheme is not known; the words are bearer, header,")]
    [InlineData("openai-chat: { auth: { name: x } }", "openai-chat.auth needs 'scheme'.")]
    [InlineData("openai-chat: { auth: { scheme: header } }", "openai-chat.auth needs 'name'.")]
    [InlineData("openai-chat: { auth: { scheme: header, name: \"a b\" } }", "a name that no HTTP header can have")]
    [InlineData("openai-chat: { auth: { scheme: bearer, key: K } }", "unknown key 'key'")]
    [InlineData("openai-chat: { headers: { x-api-key: a } }", "'x-api-key' carries a key")]
    [InlineData("openai-chat: { auth: { scheme: header, name: x-k }, headers: { X-K: a } }", "'X-K' carries a key")]
    [InlineData("openai-chat: { forward-headers: [cookie] }", "'cookie' is between the client and Lightport")]
    [InlineData("openai-chat: { forward-headers: [Authorization] }", "'Authorization' is between the client and")]
    [InlineData("openai-chat: { forward-headers: [X-MS-Token] }", "'X-MS-Token' is between the client and")]
    [InlineData("openai-chat: { forward-headers: [\"a b\"] }", "a name that no HTTP header can have")]
    [InlineData("openai-chat: { parameters: { n: { renam: m } } }", "4:48: providers.openai.endpoints.openai-chat.parameters.n.renam is")]
    [InlineData("openai-chat: { parameters: { n: { clamp: [2, 1] } } }", "openai-chat.parameters.n.clamp must be [least")]
    [InlineData("openai-chat: { parameters: [n] }", "openai-chat.parameters must be an object.")]
    [InlineData("anthropic-messages: { exact: on }", "anthropic-messages needs 'path', as the catalog has no such")]
    public void Endpoint_NotAsItShouldBe_IsRefusedAndNamed(string endpoint, string message)
    {
        ConfigurationResult result = Read($"openai:\n    endpoints:\n      {endpoint}");

        Assert.Null(result.Configuration);
        Assert.Contains(result.Errors, error => error.ToString().Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openai: { auth: none, endpoints: { openai-chat: { auth: { scheme: bearer } } } }")]
    [InlineData("ollama: { endpoints: { openai-chat: { auth: { scheme: bearer } } } }")]
    public void Authentication_WhereTheProviderHasNoKey_IsRefused(string provider) => Assert.Contains(
        Read(provider).Errors,
        error => error.Message.EndsWith("has none; name it with 'key'.", StringComparison.Ordinal));

    private static Provider Load(string provider)
    {
        ConfigurationResult result = Read(provider.ReplaceLineEndings("\n  "));
        Assert.True(result.Configuration is not null, string.Join('\n', result.Errors));
        return result.Configuration.Routing.Providers.Values.First().Provider;
    }

    private static ConfigurationResult Read(string provider) => ConfigurationLoader.Load(
        "providers:\n  " + provider, "lightport.yaml", ProviderCatalog.Load(), new HashSet<string>(), null);
}
