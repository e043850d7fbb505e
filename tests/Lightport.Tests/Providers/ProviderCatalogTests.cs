using System.Text;
using Lightport.Providers;

namespace Lightport.Tests.Providers;

public sealed class ProviderCatalogTests
{
    private const string Least = """
        "id":"x","name":"X","source":"https://x.example/docs","base-url":"https://x.example",
        "auth":{"scheme":"bearer","key":"X_KEY"},"endpoints":{"openai-chat":"/chat/completions"}
        """;

    [Fact]
    public void Find_OneProvider_ParsesItsFileOnly()
    {
        var read = new List<string>();
        var catalog = new ProviderCatalog(["y", "x"], id =>
        {
            read.Add(id);
            return Encoding.UTF8.GetBytes("{" + Least + "}");
        });

        Assert.Equal(["x", "y"], catalog.Ids);
        Assert.Same(catalog.Find("x"), catalog.Find("x"));
        Assert.Null(catalog.Find("z"));
        Assert.Equal(["x"], read);
    }

    [Fact]
    public void NeedingOnlyKey_BuiltInFiles_AreThoseThatSayItWhenParsedWhole()
    {
        ProviderCatalog parsed = ProviderCatalog.Load();
        var whole = parsed.All
            .Where(provider => provider.Settings.Count == 0 && provider.Authentication.KeyVariable is not null)
            .Select(provider => (provider.Id, provider.Authentication.KeyVariable!))
            .ToList();

        Assert.Equal(whole, ProviderCatalog.Load().NeedingOnlyKey());
        Assert.Equal(whole, parsed.NeedingOnlyKey());
    }

    [Theory]
    [InlineData("[]", "must be an object")]
    [InlineData("{\"auth\":3}", "'auth' must be an object")]
    [InlineData("{\"endpoints\":{]}", "is an invalid start")]
    public void NeedingOnlyKey_BrokenFile_IsRefusedByItsName(string json, string why)
    {
        var catalog = new ProviderCatalog(["x"], _ => Encoding.UTF8.GetBytes(json));

        var error = Assert.Throws<DataFileException>(() => catalog.NeedingOnlyKey().ToList());
        Assert.StartsWith("x.json: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FilesOfAHost_AreBesideTheBuiltInOnesAndTheLaterOfOneIdStands()
    {
        ProviderCatalog catalog = ProviderCatalog.Load(
        [
            new ProviderFile("a.json", Encoding.UTF8.GetBytes("{" + Least + "}")),
            new ProviderFile("b.json", Encoding.UTF8.GetBytes(
                "{" + Least.Replace("\"id\":\"x\"", "\"id\":\"openai\"", StringComparison.Ordinal) + "}")),
        ]);

        Assert.Equal("https://x.example", catalog.Find("x")!.BaseUrl);
        Assert.Equal("https://x.example", catalog.Find("openai")!.BaseUrl);
        Assert.Equal(ProviderCatalog.Load().Ids.Count + 1, catalog.Ids.Count);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void Load_FileOfAHostWithAnIdThatLeadsNowhere_IsRefusedByItsName(string id)
    {
        var file = new ProviderFile("house.json", Encoding.UTF8.GetBytes(
            "{" + Least.Replace("\"id\":\"x\"", $"\"id\":\"{id}\"", StringComparison.Ordinal) + "}"));

        var error = Assert.Throws<DataFileException>(() => ProviderCatalog.Load([file]));
        Assert.StartsWith("house.json: 'id' must be of lower-case", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"base-url\":\"https://x.example\"", "\"base-url\":\"https://{where}.x.example\"", "'endpoints.")]
    [InlineData("\"source\"", "\"settings\":{\"where\":\"A place\"},\"source\"", "'settings.where'")]
    [InlineData("\"source\"", "\"key-prefixes\":[\"x\"],\"source\"", "'key-prefixes'")]
    public void Load_FileOfAHostThatCouldNeverWork_IsRefusedByItsName(string sound, string unsound, string keys)
    {
        string json = "{" + Least.Replace(sound, unsound, StringComparison.Ordinal) + "}";
        Assert.NotEqual("{" + Least + "}", json);

        var error = Assert.Throws<DataFileException>(
            () => ProviderCatalog.Load([new ProviderFile("house.json", Encoding.UTF8.GetBytes(json))]));
        Assert.StartsWith("house.json: " + keys, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_EveryKey_ReadsEach()
    {
        Provider provider = CatalogFile.Parse("x.json", """
            {
              "id": "x",
              "name": "X",
              "source": "https://x.example/docs",
              "base-url": "https://{region}.x.example/v1",
              "auth": { "scheme": "header", "key": "X_KEY", "name": "api-key", "prefix": "Key " },
              "endpoints": {
                "openai-chat": {
                  "path": "/chat/completions",
                  "stream-path": "/chat/stream",
                  "exact": true,
                  "stream-usage": false,
                  "developer-role": true,
                  "reasoning-field": "reasoning_content",
                  "auth": { "scheme": "query", "name": "key" },
                  "parameters": {
                    "a": { "rename": "b" },
                    "c": { "drop": true },
                    "d": { "reject": { "except": [1] } },
                    "e": { "default": {"f": [1]} },
                    "g": { "clamp": [0, 1.5] },
                    "h": { "map": { "required": "any" } }
                  },
                  "headers": { "x-wire": "chat" },
                  "forward-headers": ["x-chat"],
                  "framing": "json-array"
                },
                "anthropic-messages": "https://x.example/m"
              },
              "headers": { "x-from": "here" },
              "forward-headers": ["x-beta"],
              "account-headers": ["x-org"],
              "key-prefixes": ["k-", "k-long-"],
              "settings": { "region": "Where it is" }
            }
            """u8);

        Assert.Equivalent(
            new ProviderAuthentication(AuthenticationScheme.Header, "X_KEY", "api-key", "Key "),
            provider.Authentication,
            strict: true);
        Assert.Equal(["openai-chat", "anthropic-messages"], provider.Endpoints.Keys);
        ProviderEndpoint chat = provider.Endpoints["openai-chat"];
        Assert.Equal(("/chat/completions", "/chat/stream", true), (chat.Path, chat.StreamPath, chat.Exact));
        Assert.Equal(
            new Traits { StreamUsage = false, DeveloperRole = true, ReasoningField = "reasoning_content" }, chat.Traits);
        Assert.Equivalent(
            new ProviderAuthentication(AuthenticationScheme.Query, null, "key"), chat.Authentication, strict: true);
        Assert.Equal("chat", chat.Headers["x-wire"]);
        Assert.Equal(["x-chat"], chat.ForwardHeaders);
        Assert.Equal(StreamFraming.JsonArray, chat.Framing);
        AssertPathAlone("https://x.example/m", provider.Endpoints["anthropic-messages"]);
        Assert.Equal(["k-long-", "k-"], provider.KeyPrefixes);
        Assert.Equal("Where it is", provider.Settings["region"]);
        Assert.Equal("here", provider.Headers["x-from"]);
        Assert.Equal(["x-beta"], provider.ForwardHeaders);
        Assert.Equal(["x-org"], provider.AccountHeaders);
        IReadOnlyList<ParameterRule> rules = chat.Parameters.Rules;
        Assert.Equal(
            [
                ParameterAction.Rename, ParameterAction.Drop, ParameterAction.Reject,
                ParameterAction.Default, ParameterAction.Clamp, ParameterAction.Map,
            ],
            rules.Select(rule => rule.Action));
        Assert.Equal("b", rules[0].NewName?.Text);
        Assert.Equal(1, rules[2].Except.Single().GetInt32());
        Assert.Equal("""{"f": [1]}""", rules[3].Value!.Value.GetRawText());
        Assert.Equal((0, 1.5), (rules[4].Minimum, rules[4].Maximum));
        Assert.Equal("any", rules[5].Values["required"]);
    }

    [Theory]
    [InlineData("""{"id":"x"}""", "x.json: 'name' is missing.")]
    [InlineData("{" + Least + ""","url":1}""", "x.json: 'url' is not a key here; these are: id, name")]
    [InlineData("{" + Least + ""","id":"x"}""", "x.json: 'id' stands twice.")]
    [InlineData("{" + Least + ""","exact":true}""", "x.json: 'exact' belongs to an endpoint, beside its path.")]
    [InlineData("{" + Least + ""","headers":{"a":1}}""", "x.json: 'headers.a' must be a string.")]
    [InlineData("{" + Least + ""","headers":{"a":""}}""", "x.json: 'headers.a' is empty.")]
    [InlineData("""{"auth":{"scheme":"basic"}}""", "x.json: 'auth.scheme' must be one of bearer")]
    [InlineData("""{"auth":{"scheme":"header"}}""", "x.json: 'auth.name' is missing")]
    [InlineData("""{"source":"http://x.example"}""", "x.json: 'source' must be an https address.")]
    [InlineData("""{"auth":{"scheme":"bearer","url":""}}""", "x.json: 'auth.url' is not a key here; these are: scheme,")]
    [InlineData("[]", "x.json: must be an object.")]
    [InlineData("{", "x.json: ")]
    [InlineData("{" + Least + "} {}", "x.json: '{' is invalid after a single JSON value")]
    public void Parse_NotAsItShouldBe_NamesFileAndKey(string json, string message)
    {
        var error = Assert.Throws<DataFileException>(
            () => CatalogFile.Parse("x.json", Encoding.UTF8.GetBytes(json)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "chat' must be a string.")]
    [InlineData("\"chat\"", "chat' must begin with '/', or be a whole address.")]
    [InlineData("""{"exact":true}""", "chat.path' is missing.")]
    [InlineData("""{"path":"chat"}""", "chat.path' must begin with '/'")]
    [InlineData("""{"path":"/c","path":"/d"}""", "chat.path' stands twice.")]
    [InlineData("""{"path":"/c","url":1}""", "chat.url' is not a key here; these are: path, stream-path, exact, ")]
    [InlineData("""{"path":"/c","stream-path":"c"}""", "chat.stream-path' must begin with '/'")]
    [InlineData("""{"path":"/c","exact":"yes"}""", "chat.exact' must be true or false.")]
    [InlineData("""{"path":"/c","system-turns":"first"}""", "chat.system-turns' must be one of in-place")]
    [InlineData("""{"path":"/c","auth":{"scheme":"basic"}}""", "chat.auth.scheme' must be one of bearer, header, ")]
    [InlineData("""{"path":"/c","auth":{"scheme":"query"}}""", "chat.auth.name' is missing.")]
    [InlineData("""{"path":"/c","auth":{"scheme":"bearer","key":"K"}}""", "chat.auth.key' is not a key here")]
    [InlineData("""{"path":"/c","headers":{"a":1}}""", "chat.headers.a' must be a string.")]
    [InlineData("""{"path":"/c","forward-headers":"a"}""", "chat.forward-headers' must be an array.")]
    [InlineData("""{"path":"/c","framing":"xml"}""", "chat.framing' must be one of sse, ndjson, json-array, aws-event-")]
    [InlineData("""{"path":"/c","parameters":{"f":{"renam":"g"}}}""", "chat.parameters.f.renam' is not")]
    [InlineData("""{"path":"/c","parameters":{"a..b":{"drop":true}}}""", "chat.parameters.a..b' has an empty name.")]
    [InlineData("""{"path":"/c","parameters":{"a\\b":{"drop":true}}}""", "a\\b' has a backslash that is not before a dot")]
    [InlineData("""{"path":"/c","parameters":{"f":{"rename":"f.g"}}}""", "chat.parameters.f.rename' gives a field the")]
    [InlineData("""{"path":"/c","parameters":{"f.g":{"rename":"f"}}}""", "chat.parameters.f.g.rename' gives a field")]
    [InlineData("""{"path":"/c","parameters":{"a.b.c.d.e.f.g.h.i":{"drop":true}}}""", "has more than 8 names.")]
    [InlineData("""{"path":"/c","parameters":{"f":{"drop":{"unless":{"g.":[1]}}}}}""", "unless.g.' has an empty name.")]
    [InlineData("""{"path":"/c","parameters":{"f":{}}}""", "chat.parameters.f' has no action")]
    [InlineData("""{"path":"/c","parameters":{"f":{"drop":true,"keep":true}}}""", "parameters.f.keep' is a second")]
    [InlineData("""{"path":"/c","parameters":{"f":{"clamp":[2,1]}}}""", "chat.parameters.f.clamp' must be [")]
    [InlineData("""{"path":"/c","parameters":{"f":{"drop":false}}}""", "chat.parameters.f.drop' must be true")]
    public void Parse_EndpointNotAsItShouldBe_NamesItsKey(string endpoint, string message)
    {
        string json = "{" + Least.Replace("\"/chat/completions\"", endpoint, StringComparison.Ordinal) + "}";

        var error = Assert.Throws<DataFileException>(() => CatalogFile.Parse("x.json", Encoding.UTF8.GetBytes(json)));

        Assert.StartsWith("x.json: 'endpoints.openai-", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static void AssertPathAlone(string path, ProviderEndpoint endpoint) => Assert.Equal(
        (path, null, false, Traits.Unsaid, null, ParameterRules.None, 0, 0, (StreamFraming?)null),
        (
            endpoint.Path, endpoint.StreamPath, endpoint.Exact, endpoint.Traits, endpoint.Authentication,
            endpoint.Parameters, endpoint.Headers.Count, endpoint.ForwardHeaders.Count, endpoint.Framing));
}
