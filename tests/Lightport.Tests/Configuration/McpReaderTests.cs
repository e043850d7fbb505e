using Lightport.Configuration;
using Lightport.Mcp;
using Lightport.Mcp.Identity;

namespace Lightport.Tests.Configuration;

public sealed class McpReaderTests
{
    [Fact]
    public void Read_AServer_TakesAllThatIsSaidOfIt()
    {
        McpSettings mcp = TestConfiguration.LoadValid("""
            mcp:
              servers:
                docs:
                  url: "https://mcp.example.com/mcp"
                  auth: { key: OPENAI_API_KEY, header: X-Key }
                  tools: [search, "get_*"]
                  approval: { never: [search] }
                  timeout: 45s
                  cache: 1m
                  pin: "2026-12"
                  price: { search: 0.01, "*": 0 }
                  federate: [resources, prompts]
                inner: { url: "http://10.1.0.7:8000/mcp", pin: off, federate: off }
                crm:
                  url: "https://crm.example.com/mcp"
                  auth:
                    on-behalf-of:
                      { token-url: "https://login.example.com/token", client-id: me, secret: OPENAI_API_KEY, grant: entra }
                erp:
                  url: "https://erp.example.com/mcp"
                  auth: { client-credentials: { issuer: "https://login.example.com/t", client-id: me, private-key: OPENAI_API_KEY, step-up: ["files:*"] } }
                files: { command: npx, arguments: [-y, x], environment: { A: b, C: { key: OPENAI_API_KEY } } }
              hosts: ["*.contoso.com", "mcp.example.com:8443"]
            models: { help: { targets: [openai/gpt-4o], tools: [docs, files] } }
            """).Mcp;

        McpServer docs = mcp.Find("docs")!;
        Assert.Equal(new Uri("https://mcp.example.com/mcp"), docs.Address);
        Assert.Equal(new SecretHeader("OPENAI_API_KEY", "X-Key"), docs.Identity);
        Assert.Equal(["search", "get_*"], docs.AllowedTools!);
        Assert.True(docs.Approval.IsNeededFor("delete"));
        Assert.False(docs.Approval.IsNeededFor("search"));
        Assert.Equal((TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(1), "2026-12", false), (
            docs.CallTimeout, docs.CacheTime, docs.Pin, docs.AllowsPrivate));
        Assert.Equal((0.01m, 0m), (docs.PriceOf("search"), docs.PriceOf("get_it")));
        Assert.Equal(new McpFederation(Tools: false, Resources: true, Prompts: true), docs.Federation);
        Assert.True(mcp.Find("inner") is { AllowsPrivate: true, Pin: null });
        Assert.Equal(new McpFederation(false, false, false), mcp.Find("inner")!.Federation);
        Assert.Equal(McpFederation.OfTools, mcp.Find("crm")!.Federation);
        Assert.True(mcp.Find("crm")!.Identity is OnBehalfOf { IsEntra: true, Gateway.ClientId: "me" });
        Assert.True(mcp.Find("erp")!.Identity is ClientCredentials
        {
            TokenAddress: null, Issuer: "https://login.example.com/t", Signs: true, Secret: "OPENAI_API_KEY",
            StepUp: ["files:*"],
        });
        Assert.Equal("OPENAI_API_KEY", mcp.Find("files")!.Program!.Secrets["C"]);
        Assert.Equal("b", mcp.Find("files")!.Program!.Environment["A"]);
        Assert.Equal(["*.contoso.com", "mcp.example.com:8443"], mcp.Hosts);
    }

    [Theory]
    [InlineData("most-tools: 0", "most-tools must be a number from 1 to 512")]
    [InlineData("rounds: 10", "rounds has the keys most, time, tokens, usd, as in rounds: { most: 10, time: 2m }.")]
    [InlineData("rounds: { most: 0 }", "rounds.most must be a number from 1 to 100")]
    [InlineData("rounds: { tokens: many }", "rounds.tokens must be a whole number above 0")]
    [InlineData("rounds: { usd: 0 }", "rounds.usd must be US dollars above 0")]
    public void Read_ABoundThatIsNone_IsToldWithItsPlace(string bound, string error)
    {
        ConfigurationResult result = TestConfiguration.Load(
            $"models:\n  help: {{ targets: [openai/gpt-4o], {bound} }}");

        Assert.Contains(result.Errors, told => told.Line == 2 && told.Message.Contains(error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lightport: { url: \"https://a.example\" }", "is what clients are told of tools that the gateway itself")]
    [InlineData("docs: {}", "mcp.servers.docs needs either 'url' or 'command'")]
    [InlineData("docs: { url: \"https://a.example\", command: x }", "has both 'url' and 'command'")]
    [InlineData("docs: { command: npx, args: [-y, x] }", "unknown key 'args' in mcp.servers.docs; did you mean 'arguments'?")]
    [InlineData("docs: { command: npx, env: { A: b } }", "did you mean 'environment'?")]
    [InlineData("docs: { command: npx -y foo }", "docs.command is one program's name; write command: npx, and the words")]
    [InlineData("docs: { url: \"http://a.example/mcp\" }", "must be an address with https://")]
    [InlineData("docs: { url: \"https://u:p@a.example/mcp\" }", "without a password")]
    [InlineData("docs: { url: \"https://a.example\", arguments: [x] }", "'arguments' is not for mcp.servers.docs")]
    [InlineData("docs: { command: x, auth: { key: A } }", "'auth' is not for mcp.servers.docs")]
    [InlineData("docs: { url: \"https://a.example\", auth: { key: sk-abcdefgh } }", "names a secret, never holds one")]
    [InlineData("docs: { url: \"https://a.example\", auth: { header: A } }", "needs one of 'key'")]
    [InlineData("docs: { url: \"https://a.example\", auth: { client-credentials: { client-id: a } } }", "needs 'token-url'")]
    [InlineData("docs: { url: \"https://a.example\", auth: { client-credentials: { issuer: \"http://a.example\", client-id: a } } }", "needs 'issuer'")]
    [InlineData("docs: { url: \"https://a.example\", auth: { client-credentials: { issuer: \"https://a.example\", client-id: a, secret: A, private-key: B } } }", "has both 'secret' and 'private-key'")]
    [InlineData("docs: { url: \"https://a.example\", approval: sometimes }", "must be always, never, or lists")]
    [InlineData("docs: { url: \"https://a.example\", federate: [tools, files] }", "'files' in mcp.servers.docs.federate is not known; the words are tools, resources, prompts.")]
    [InlineData("docs: { url: \"https://a.example\", federate: all }", "mcp.servers.docs.federate must be a list")]
    [InlineData("docs: { url: \"https://a.example\", timeout: 20m }", "length of time up to 15m")]
    [InlineData("docs: { url: \"https://a.example\", price: -1 }", "must be US dollars from 0 to 1000")]
    [InlineData("docs: { url: \"https://a.example\", price: { search: free } }", "docs.price.search must be US dollars")]
    [InlineData("docs: { url: \"https://a.example\", headers: { authorization: x } }", "carries a key")]
    [InlineData("\"a b\": { url: \"https://a.example\" }", "an MCP server's label has")]
    [InlineData("a__b: { url: \"https://a.example\" }", "no two '_' in a row")]
    [InlineData("docs: { url: \"https://a.example\", tool: [x] }", "did you mean 'tools'")]
    [InlineData("docs: npx", "must be a mapping, as in { url: \"https://mcp.example.com/mcp\" }, but here is text")]
    public void Read_WhatIsWrong_IsToldWithItsPlace(string server, string error)
    {
        ConfigurationResult result = TestConfiguration.Load("mcp:\n  servers:\n    " + server);

        Assert.Contains(result.Errors, told => told.Line == 3 && told.Message.Contains(error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*", "any MCP server in the world")]
    [InlineData("*contoso.com", "write a dot behind the star")]
    public void Read_AHostThatAdmitsOthers_IsWarnedOf(string host, string warning) => Assert.Contains(
        warning,
        Assert.Single(TestConfiguration.LoadValid($"mcp: {{ hosts: [\"{host}\"] }}").Warnings),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("off")]
    [InlineData("false")]
    public void Read_APinThatIsOff_TakesChangesAsTheyCome(string pin) => Assert.Null(
        TestConfiguration.LoadValid($$"""mcp: { servers: { docs: { url: "https://a.example/mcp", pin: {{pin}} } } }""")
            .Mcp.Find("docs")!.Pin);

    [Theory]
    [InlineData("targets: [openai/gpt-4o], rounds: { usd: 1 }", null)]
    [InlineData("targets: [openai/gpt-4o, openai/of-my-own], rounds: { tokens: 1 }", null)]
    [InlineData("targets: [openai/gpt-4o, openai/of-my-own], rounds: { usd: 1 }", "openai/of-my-own")]
    [InlineData("targets: [openai/gpt-4o], fallback: [openai/of-my-own], rounds: { usd: 1 }", "openai/of-my-own")]
    public void Read_ABoundOfMoneyWhereNoPriceIsKnown_IsWarnedOf(string route, string? target)
    {
        IReadOnlyList<string> warnings = TestConfiguration.LoadValid($"models: {{ help: {{ {route} }} }}").Warnings;

        Assert.Equal(target is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains(
            $"rounds.usd of 'help' ends the calls of tools with the first round at {target}, whose price is not known",
            warning,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Read_WhereNativeServersAreAllowed_IsWhatIsSaid()
    {
        GatewayConfiguration read = TestConfiguration.LoadValid("""
            mcp: { native: on }
            models: { help: { targets: [openai/gpt-4o], native-mcp: off }, other: openai/gpt-4o }
            """);

        Assert.True(read.Mcp.AllowsNative);
        Assert.Equal(
            [false, null], new[] { "help", "other" }.Select(name => read.Routing.Models[name].NativeMcp));
        Assert.False(TestConfiguration.LoadValid("mcp: {}").Mcp.AllowsNative);
    }

    [Fact]
    public void Read_ARouteWithAServerThatThereIsNot_IsRefused()
    {
        ConfigurationError error = Assert.Single(TestConfiguration.Load("""
            mcp: { servers: { docs: { url: "https://a.example" } } }
            models: { help: { targets: [openai/gpt-4o], tools: [doc] } }
            """).Errors);

        Assert.Equal(2, error.Line);
        Assert.Contains("no MCP server 'doc' under mcp.servers; did you mean 'docs'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AProgramWhereNoneAreRun_IsRefusedByName()
    {
        var environment = new ConfigurationEnvironment(TestConfiguration.Environment, null, null) { RunsPrograms = false };

        ConfigurationError error = Assert.Single(ConfigurationLoader.Load(
            "mcp: { servers: { files: { command: npx } } }", "x", TestConfiguration.Catalog, environment).Errors);

        Assert.Contains("mcp.servers.files is a program, which this host does not run", error.Message, StringComparison.Ordinal);
    }
}
