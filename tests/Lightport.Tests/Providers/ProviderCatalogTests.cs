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
    public void Parse_EveryKey_ReadsEach()
    {
        Provider provider = CatalogFile.Parse("x.json", """
            {
              "id": "x",
              "name": "X",
              "source": "https://x.example/docs",
              "base-url": "https://{region}.x.example/v1",
              "auth": { "scheme": "header", "key": "X_KEY", "name": "api-key", "prefix": "Key " },
              "endpoints": { "openai-chat": "/chat/completions", "anthropic-messages": "https://x.example/m" },
              "exact": true,
              "stream-usage": false,
              "developer-role": true,
              "reasoning-field": "reasoning_content",
              "parameters": { "openai-chat": {
                "a": { "rename": "b" },
                "c": { "drop": true },
                "d": { "reject": { "except": [1] } },
                "e": { "default": {"f": [1]} },
                "g": { "clamp": [0, 1.5] },
                "h": { "map": { "required": "any" } }
              } },
              "headers": { "x-from": "here" },
              "forward-headers": ["x-beta"],
              "account-headers": ["x-org"],
              "key-prefixes": ["k-", "k-long-"],
              "settings": { "region": "Where it is" }
            }
            """u8);

        Assert.Equal(new ProviderAuthentication(AuthenticationScheme.Header, "X_KEY", "api-key", "Key "),
            provider.Authentication);
        Assert.Equal(["openai-chat", "anthropic-messages"], provider.Endpoints.Keys);
        Assert.True(provider is { Exact: true, Traits: { StreamUsage: false, DeveloperRole: true } });
        Assert.Equal("reasoning_content", provider.Traits.ReasoningField);
        Assert.Equal(["k-long-", "k-"], provider.KeyPrefixes);
        Assert.Equal("Where it is", provider.Settings["region"]);
        Assert.Equal("here", provider.Headers["x-from"]);
        Assert.Equal(["x-beta"], provider.ForwardHeaders);
        Assert.Equal(["x-org"], provider.AccountHeaders);
        IReadOnlyList<ParameterRule> rules = provider.Parameters["openai-chat"].Rules;
        Assert.Equal(
            [
                ParameterAction.Rename, ParameterAction.Drop, ParameterAction.Reject,
                ParameterAction.Default, ParameterAction.Clamp, ParameterAction.Map,
            ],
            rules.Select(rule => rule.Action));
        Assert.Equal("b", rules[0].NewName);
        Assert.Equal(1, rules[2].Except.Single().GetInt32());
        Assert.Equal("""{"f": [1]}""", rules[3].Value!.Value.GetRawText());
        Assert.Equal((0, 1.5), (rules[4].Minimum, rules[4].Maximum));
        Assert.Equal("any", rules[5].Values["required"]);
    }

    [Theory]
    [InlineData("""{"id":"x"}""", "x.json: 'name' is missing.")]
    [InlineData("{" + Least + ""","url":1}""", "x.json: 'url' is not a key here; these are: id, name")]
    [InlineData("{" + Least + ""","id":"x"}""", "x.json: 'id' stands twice.")]
    [InlineData("{" + Least + ""","exact":"yes"}""", "x.json: 'exact' must be true or false.")]
    [InlineData("{" + Least + ""","headers":{"a":1}}""", "x.json: 'headers.a' must be a string.")]
    [InlineData("{" + Least + ""","headers":{"a":""}}""", "x.json: 'headers.a' is empty.")]
    [InlineData("{" + Least + ""","parameters":{"d":{"f":{"renam":"g"}}}}""", "x.json: 'parameters.d.f.renam' is not")]
    [InlineData("{" + Least + ""","parameters":{"d":{"f":{}}}}""", "x.json: 'parameters.d.f' has no action")]
    [InlineData("{" + Least + ""","parameters":{"d":{"f":{"drop":true,"keep":true}}}}""", "d.f.keep' is a")]
    [InlineData("{" + Least + ""","parameters":{"d":{"f":{"clamp":[2,1]}}}}""", "parameters.d.f.clamp' must be [")]
    [InlineData("{" + Least + ""","parameters":{"d":{"f":{"drop":false}}}}""", "'parameters.d.f.drop' must be true")]
    [InlineData("""{"auth":{"scheme":"basic"}}""", "x.json: 'auth.scheme' must be bearer")]
    [InlineData("""{"auth":{"scheme":"header"}}""", "x.json: 'auth.name' is missing")]
    [InlineData("""{"source":"http://x.example"}""", "x.json: 'source' must be an https address.")]
    [InlineData("[]", "x.json: '' must be an object.")]
    [InlineData("{", "x.json: ")]
    [InlineData("{" + Least + "} {}", "x.json: '{' is invalid after a single JSON value")]
    public void Parse_NotAsItShouldBe_NamesFileAndKey(string json, string message)
    {
        var error = Assert.Throws<InvalidDataException>(
            () => CatalogFile.Parse("x.json", Encoding.UTF8.GetBytes(json)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
