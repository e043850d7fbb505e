using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Configuration.Reading;
using Lightport.Conversation;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Tests.Configuration;

public sealed class ConfigurationLoaderTests
{
    [Fact]
    public void Load_Sample_IsValid()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "lightport.sample.yaml"));
        var names = new HashSet<string>
        {
            "OPENAI_API_KEY", "TEAM_ANTHROPIC_KEY", "TEAM_LLM_KEY", "GROQ_API_KEY", "AZURE_OPENAI_API_KEY",
            "OPENAI_EU", "OPENAI_TEAM_A", "OPENAI_TEAM_B", "AZURE_BOUGHT", "AZURE_BY_USE", "ALERTS_SECRET",
            "DOCS_MCP_TOKEN", "FILES_TOKEN", "CRM_SECRET",
        };

        ConfigurationResult result = ConfigurationLoader.Load(text, "sample", ProviderCatalog.Load(), names);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Configuration!.Warnings);
        Assert.Equal("anthropic/claude-sonnet-5", Resolve(result.Configuration, "claude-sonnet-5"));
        Assert.Equal("openai/gpt-4o-mini", Resolve(result.Configuration, "mini-4o"));
        Assert.Equal("openai/gpt-4o", Resolve(result.Configuration, "team/gpt-4o"));
        Assert.Equal("team-a", result.Configuration.Admission.Keys.Find("lightport-sample")?.Caller.Name);
    }

    /// <summary>It says of itself that it has everything, and people look nowhere else.</summary>
    [Fact]
    public void Sample_NamesEveryKeyThatIsRead()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "lightport.sample.yaml"));

        SectionKeys[] sections =
        [
            .. typeof(SectionKeys).Assembly.GetTypes()
                .SelectMany(type => type.GetFields(
                    BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(field => field.FieldType == typeof(SectionKeys))
                .Select(field => (SectionKeys)field.GetValue(null)!),
        ];

        Assert.NotEmpty(sections);
        string missing = string.Join(", ", sections.SelectMany(section => section.Known).Distinct()
            .Where(key => !Regex.IsMatch(text, $@"(?<![\w-]){key}(?![\w-])")));
        Assert.True(missing.Length == 0, $"The sample does not say: {missing}.");
    }

    [Theory]
    [InlineData("keys", 1)]
    [InlineData("bring-your-own", 0)]
    public void Load_AProvidersSecretThatIsNotSet_IsMissedWhereItIsSent(string mode, int warnings) => Assert.Equal(
        warnings,
        ConfigurationLoader.Load(
            $"admission: {{ mode: {mode} }}\nproviders: {{ openai: {{}} }}",
            "lightport.yaml",
            ProviderCatalog.Load(),
            new HashSet<string>()).Configuration!.Warnings.Count(told => told.Contains("OPENAI_API_KEY")));

    [Theory]
    [InlineData("models: [fasst]", "'fasst' in keys.models leads nowhere here; did you mean 'fast'? Put it under models")]
    [InlineData("models: [\"o1*\"]", "'o1*' in keys.models leads nowhere here. Put it under models")]
    [InlineData("models: [fast, \"claude-*\", openai/gpt-4o]", null)]
    [InlineData("disabled: false", null)]
    public void Load_AKeysModelThatLeadsNowhere_IsWarnedOf(string key, string? warning)
    {
        string document = $$"""
            providers: { openai: {} }
            models: { fast: openai/gpt-4o-mini, "claude-*": openai/* }
            keys:
              - { name: a, sha256: {{new string('a', 64)}}, {{key}} }
            """;

        Assert.Equal(warning is null ? 0 : 1, TestConfiguration.LoadValid(document).Warnings
            .Count(told => warning is null || told.Contains(warning, StringComparison.Ordinal)));
        Assert.Empty(TestConfiguration.LoadValid(
            $"{document}\nrules: [{{ when: \"request.model == 'fasst'\", route: fast }}]").Warnings);
    }

    [Fact]
    public void Load_FallbackOn_IsFlattenedAndKnowsTheRoutesOwnTargets()
    {
        Route route = TestConfiguration.LoadValid("""
            models:
              fast: [openai/mini, anthropic/haiku]
              balanced:
                targets: [openai/big, anthropic/haiku]
                fallback-on: { any: [openai/last], context-length: [anthropic/long], rate-limit: [fast] }
            """).Routing.Models["balanced"];

        Assert.Equal(["openai/big", "anthropic/haiku", "openai/last"], route.Targets.Select(target => target.ToString()));
        Assert.Equal(2, route.Own);
        FallbackLists on = route.FallbackOn!;
        Assert.Equal(["anthropic/long"], on.ContextLength.Select(target => target.ToString()));
        Assert.Empty(on.ContentFilter);
        Assert.Equal(["openai/mini", "anthropic/haiku"], on.RateLimit.Select(target => target.ToString()));
        Assert.Same(route.Targets[1], on.RateLimit[1]);
    }

    [Fact]
    public void Load_FallbackOnOfAWildcard_CarriesTheName()
    {
        GatewayConfiguration configuration = TestConfiguration.LoadValid("""
            models:
              "claude-*": { targets: [anthropic/*], fallback-on: { content-filter: [openai/*] } }
            """);

        RouteResult found = RouteResolver.Resolve(configuration.Routing, new RouteQuestion("claude-x"));

        Assert.Equal("openai/claude-x", Assert.Single(found.Route!.FallbackOn!.ContentFilter).ToString());
    }

    [Fact]
    public void Load_Models_AreFlattenedInOrderWithoutAskingTwice()
    {
        GatewayConfiguration configuration = TestConfiguration.LoadValid("""
            models:
              fast: [openai/mini, anthropic/haiku]
              "claude-*": anthropic/*
              balanced:
                targets:
                  - openai/big
                  - { to: anthropic/sonnet, label: canary, set: { temperature: 0.2, stop: ["1", 2] } }
                fallback: [fast, claude-x, openai/mini, anthropic/last]
                retry: { attempts: 3, on: [429, 5xx, connect] }
                timeout: { connect: 200ms, first-byte: 5s, whole-answer: 9m, idle: 1.5m, total: 1h }
                unsupported: reject
            """);

        Route route = configuration.Routing.Models["balanced"];
        Assert.Equal(
            [
                "openai/big", "anthropic/sonnet", "openai/mini", "anthropic/haiku", "anthropic/claude-x",
                "anthropic/last",
            ],
            route.Targets.Select(target => target.ToString()));
        Assert.Equal("canary", route.Targets[1].Label);
        Assert.Equal("0.2", route.Targets[1].Set["temperature"].GetRawText());
        Assert.Equal("""["1",2]""", route.Targets[1].Set["stop"].GetRawText());
        Assert.Equal((3, true, false), (route.Retry.Attempts, route.Retry.Connect, route.Retry.Timeout));
        Assert.Equal([429, .. Enumerable.Range(500, 100)], route.Retry.Statuses.Order());
        Assert.Equal(
            (200d, 5_000d, 540_000d, 90_000d, 3_600_000d),
            (route.Timeouts.Connect.TotalMilliseconds, route.Timeouts.FirstByte.TotalMilliseconds,
                route.Timeouts.WholeAnswer.TotalMilliseconds, route.Timeouts.Idle.TotalMilliseconds, route.Timeouts.Total.TotalMilliseconds));
        Assert.False(route.DropUnsupported);
    }

    [Fact]
    public void Load_NameThatIsBothTargetAndEntry_MeansTheTarget()
    {
        GatewayConfiguration configuration =
            TestConfiguration.LoadValid("models: { openai/gpt: [openai/gpt, anthropic/x], alias: openai/gpt }");

        Assert.Single(configuration.Routing.Models["alias"].Targets);
        Assert.Equal(2, configuration.Routing.Models["openai/gpt"].Targets.Count);
    }

    /// <summary>Where data must stay in a place, it goes to the vendor's address there, with every endpoint.</summary>
    [Fact]
    public void Load_Region_IsTheVendorsAddressThere()
    {
        IReadOnlyDictionary<string, ConfiguredProvider> providers = TestConfiguration.LoadValid("""
            providers:
              openai:
              eu: { use: openai, region: eu }
              both: { use: openai, accounts: [{ name: us, region: us }, { name: all }] }
            """).Routing.Providers;

        Assert.Equal(
            ("https://api.openai.com/v1", null), (providers["openai"].Provider.BaseUrl, providers["openai"].Region));
        Assert.Equal(
            ("https://eu.api.openai.com/v1", "eu"), (providers["eu"].Provider.BaseUrl, providers["eu"].Region));
        Assert.Equal(providers["openai"].Provider.Endpoints.Keys, providers["eu"].Provider.Endpoints.Keys);
        Assert.Equal(
            ["https://us.api.openai.com/v1", "https://api.openai.com/v1"],
            providers["both"].Accounts.Select(account => account.Provider.BaseUrl));
    }

    [Fact]
    public void Load_Providers_AreFilledIn()
    {
        GatewayConfiguration configuration = TestConfiguration.LoadValid("""
            providers:
              openai:
              team: { use: anthropic, key: TEAM_KEY, headers: { x-team: a } }
              eu: { use: hosted, resource: contoso, region: "eu 1" }
              house: { use: openai-compatible, base-url: "http://10.1.0.4:8000/v1/", auth: none }
            """);

        IReadOnlyDictionary<string, ConfiguredProvider> providers = configuration.Routing.Providers;
        Assert.Equal(["openai", "team", "eu", "house", "echo"], providers.Keys);
        Assert.Equal("OPENAI_API_KEY", providers["openai"].SecretName);
        Assert.Equal(("TEAM_KEY", "a"), (providers["team"].SecretName, providers["team"].Provider.Headers["x-team"]));
        Assert.Equal("https://contoso.hosted.example/openai", providers["eu"].Provider.BaseUrl);
        Assert.Equal("/eu%201/deployments/{model}/chat", providers["eu"].Provider.Endpoints["openai-chat"].Path);
        Assert.Equal("http://10.1.0.4:8000/v1", providers["house"].Provider.BaseUrl);
        Assert.Equal(AuthenticationScheme.None, providers["house"].Provider.Authentication.Scheme);
        Assert.Null(providers["house"].SecretName);
        Assert.Equal(
            [
                "lightport.yaml:3:3: the secret TEAM_KEY of provider 'team' is not set in the environment.",
                "lightport.yaml:4:3: the secret HOSTED_API_KEY of provider 'eu' is not set in the environment.",
            ],
            configuration.Warnings);
    }

    [Fact]
    public void Load_BaseUrl_LeavesOutWhatTheCatalogHasElsewhere()
    {
        GatewayConfiguration configuration =
            TestConfiguration.LoadValid("providers: { deep: { base-url: \"http://127.0.0.1:9000/mock\" } }");

        Provider deep = configuration.Routing.Providers["deep"].Provider;
        Assert.Equal("http://127.0.0.1:9000/mock", deep.BaseUrl);
        Assert.Equal("openai-chat", Assert.Single(deep.Endpoints).Key);
        Assert.Contains(configuration.Warnings, warning => warning.EndsWith(
            "'base-url' of provider 'deep' leaves out its anthropic-messages endpoint, "
            + "which the catalog has at an address of its own.",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Load_BaseUrlOnTheSameHost_KeepsTheOtherAddress()
    {
        GatewayConfiguration configuration =
            TestConfiguration.LoadValid("providers: { deep: { base-url: \"https://messages.deep.example/v2\" } }");

        Assert.Equal(2, configuration.Routing.Providers["deep"].Provider.Endpoints.Count);
    }

    [Fact]
    public void Load_NoProviders_TakesThoseWhoseKeyIsSet()
    {
        GatewayConfiguration configuration = TestConfiguration.LoadValid("models: { mini: openai/gpt-4o-mini }");

        Assert.Equal(["anthropic", "openai", "echo"], configuration.Routing.Providers.Keys);
    }

    [Fact]
    public void Load_NoProvidersAndOwnKeys_TakesAllThatNeedOnlyAKey()
    {
        GatewayConfiguration configuration = TestConfiguration.LoadValid("admission: { mode: bring-your-own }");

        Assert.Equal(["anthropic", "deep", "openai", "echo"], configuration.Routing.Providers.Keys);
        Assert.Equal("deep", configuration.Routing.KeyPrefixes.Find("dp-123")?.Name);
    }

    [Fact]
    public void Load_Echo_IsAlwaysThereUnlessTheNameIsTaken()
    {
        Assert.Equal("echo/echo", Resolve(TestConfiguration.LoadValid("direct: off"), "echo"));
        Assert.Equal("openai/x", Resolve(TestConfiguration.LoadValid("models: { echo: openai/x }"), "echo"));
    }

    /// <summary>The README's own first step, without the key.</summary>
    [Theory]
    [InlineData("anthropic/claude-sonnet-4-5", "set ANTHROPIC_API_KEY where the gateway runs")]
    [InlineData("hosted/x", "add it under 'providers' in lightport.yaml")]
    [InlineData("nobody/x", "GET /v1/models lists the models")]
    public void BuiltIn_ProviderWithoutItsKey_SaysWhatToSet(string model, string advice)
    {
        GatewayConfiguration configuration = ConfigurationLoader.BuiltIn(
            TestConfiguration.Catalog,
            new ConfigurationEnvironment(new HashSet<string> { "OPENAI_API_KEY" }, null, null));

        GatewayError? error = RouteResolver.Resolve(configuration.Routing, new RouteQuestion(model)).Error;

        Assert.Equal("model_not_found", error?.Code);
        Assert.Contains(advice, error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ProvidersThatAreListed_OthersAreToBeAddedThere()
    {
        RoutingTable table = TestConfiguration.LoadValid("providers: { openai: {} }").Routing;

        GatewayError? model = RouteResolver.Resolve(table, new RouteQuestion("anthropic/x")).Error;
        GatewayError? header = RouteResolver.Resolve(table, new RouteQuestion("x") { Provider = "anthropic" }).Error;

        Assert.Contains("add it under 'providers' in lightport.yaml", model?.Message, StringComparison.Ordinal);
        Assert.Contains("add it under 'providers' in lightport.yaml", header?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BuiltIn_KeysOfTheEnvironment_GiveProvidersAndEcho()
    {
        GatewayConfiguration configuration = ConfigurationLoader.BuiltIn(
            TestConfiguration.Catalog, new ConfigurationEnvironment(TestConfiguration.Environment, null, null));

        Assert.Equal(["anthropic", "openai", "echo"], configuration.Routing.Providers.Keys);
        Assert.Equal("openai/gpt-4o", Resolve(configuration, "openai/gpt-4o"));
        Assert.Equal("echo/echo", Resolve(configuration, "echo"));
        Assert.Equal(AdmissionMode.Open, configuration.Admission.Mode);
    }

    [Theory]
    [InlineData("direct: on", null, AdmissionMode.Open)]
    [InlineData("direct: on", "single", AdmissionMode.Keys)]
    [InlineData("admission: { mode: open }", "single", AdmissionMode.Open)]
    [InlineData("admission: { mode: keys }", null, AdmissionMode.Keys)]
    public void Load_Admission_AsksForKeysWhereThereAreAny(string text, string? clientKey, AdmissionMode mode)
    {
        AdmissionSettings admission = TestConfiguration.LoadValid(text, clientKey).Admission;

        Assert.Equal(mode, admission.Mode);
        Assert.Equal(clientKey is null ? null : "LIGHTPORT_KEY", admission.Keys.Find("single")?.Caller.Name);
    }

    [Fact]
    public void Load_Keys_HaveAllThatIsSaidOfThem()
    {
        ClientKey key = ClientKey.FromPlain("", "the-key");
        GatewayConfiguration configuration = TestConfiguration.LoadValid($$"""
            keys:
              - name: team-a
                sha256: "{{key.Hash}}"
                models: ["gpt-*", fast]
                tags: { tier: "1" }
                expires: 2027-01-01
                disabled: true
            """);

        ClientKey? found = configuration.Admission.Keys.Find("the-key");
        Assert.NotNull(found);
        Assert.Equal(("team-a", "1", true), (found.Caller.Name, found.Caller.Tags["tier"], found.Disabled));
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), found.Expires);
        Assert.True(found.Caller.Models.Allows("gpt-4o"));
        Assert.False(found.Caller.Models.Allows("claude"));
    }

    [Fact]
    public void Load_KeysModeWithoutKeys_Warns() => Assert.Equal(
        ["lightport.yaml:1:12: admission asks for keys and there are none, so every call is refused."],
        TestConfiguration.LoadValid("admission: { mode: keys }").Warnings);

    [Theory]
    [InlineData("5", JsonValueKind.Number, "5")]
    [InlineData("0.50", JsonValueKind.Number, "0.50")]
    [InlineData("true", JsonValueKind.True, "true")]
    [InlineData("~", JsonValueKind.Null, "null")]
    [InlineData("\"5\"", JsonValueKind.String, "\"5\"")]
    [InlineData("no", JsonValueKind.String, "\"no\"")]
    [InlineData(".inf", JsonValueKind.String, "\".inf\"")]
    [InlineData("{ a: [1, b] }", JsonValueKind.Object, "{\"a\":[1,\"b\"]}")]
    public void Load_Set_TakesYamlValuesAsJson(string yaml, JsonValueKind kind, string json)
    {
        GatewayConfiguration configuration =
            TestConfiguration.LoadValid($"models: {{ a: [{{ to: openai/x, set: {{ field: {yaml} }} }}] }}");

        JsonElement value = configuration.Routing.Models["a"].Targets[0].Set["field"];
        Assert.Equal((kind, json), (value.ValueKind, value.GetRawText()));
    }

    private static string? Resolve(GatewayConfiguration configuration, string model) =>
        RouteResolver.Resolve(configuration.Routing, new RouteQuestion(model)).Route?.Targets[0].ToString();
}
