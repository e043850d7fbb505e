using Lightport.Conversation;
using Lightport.Routing;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing;

public sealed class RouteResolverTests
{
    private static readonly RoutingTable Known = Table(
        [Route("gpt-4o-mini", "openai/gpt-4o-mini"), Route("claude-special", "other/special")],
        [
            Wildcard("claude-*", "anthropic/*"),
            Wildcard("claude-opus-*", "other/opus-*"),
            Wildcard("team/*", "openai/*"),
        ]);

    [Theory]
    [InlineData("gpt-4o-mini", "gpt-4o-mini", "openai/gpt-4o-mini")]
    [InlineData("claude-special", "claude-special", "other/special")]
    [InlineData("claude-sonnet-5", "claude-*", "anthropic/claude-sonnet-5")]
    [InlineData("claude-opus-5", "claude-opus-*", "other/opus-5")]
    [InlineData("team/gpt-4o", "team/*", "openai/gpt-4o")]
    [InlineData("anthropic/claude-opus-5", "anthropic/claude-opus-5", "anthropic/claude-opus-5")]
    [InlineData("other/meta/llama", "other/meta/llama", "other/meta/llama")]
    public void Resolve_KnownName_FindsTarget(string model, string name, string target)
    {
        RouteResult result = RouteResolver.Resolve(Known, new RouteQuestion(model));

        Assert.True(result.Found);
        Assert.Equal(name, result.Route.Name);
        Assert.Equal(target, Assert.Single(result.Route.Targets).ToString());
    }

    [Fact]
    public void Resolve_UnknownName_GoesToTheProviderOfTheHeader()
    {
        var question = new RouteQuestion("llama-3") { Provider = "other", KeyProvider = Known.Providers["openai"] };

        Assert.Equal("other/llama-3", RouteResolver.Resolve(Known, question).Route?.Targets[0].ToString());
    }

    [Fact]
    public void Resolve_HeaderAndEntry_TheEntryWins()
    {
        var question = new RouteQuestion("gpt-4o-mini") { Provider = "other" };

        Assert.Equal("openai/gpt-4o-mini", RouteResolver.Resolve(Known, question).Route?.Targets[0].ToString());
    }

    [Theory]
    [InlineData("sk-ant-abc", "anthropic")]
    [InlineData("sk-proj-abc", "openai")]
    [InlineData("sk-abc", "other")]
    public void Resolve_OwnKey_GoesToTheProviderWhoseLongestPrefixItHas(string key, string provider)
    {
        var question = new RouteQuestion("some-model") { KeyProvider = Known.KeyPrefixes.Find(key) };

        Assert.Equal($"{provider}/some-model", RouteResolver.Resolve(Known, question).Route?.Targets[0].ToString());
    }

    [Fact]
    public void Resolve_UnknownName_Is404WithNearNames()
    {
        GatewayError? error = RouteResolver.Resolve(Known, new RouteQuestion("gpt4o-mini")).Error;

        Assert.Equal((404, ErrorKind.NotFound, "model_not_found"), (error?.Status, error?.Kind, error?.Code));
        Assert.Equal("The model 'gpt4o-mini' is not configured here. Near names: gpt-4o-mini.", error?.Message);
    }

    [Fact]
    public void Resolve_UnknownName_ShowsNoNameThatTheCallerMayNotUse()
    {
        var question = new RouteQuestion("gpt4o-mini") { MayUse = name => name != "gpt-4o-mini" };

        Assert.DoesNotContain("gpt-4o-mini", RouteResolver.Resolve(Known, question).Error?.Message);
    }

    [Fact]
    public void Resolve_UnknownProviderInHeader_NamesTheProviders()
    {
        var question = new RouteQuestion("llama-3") { Provider = "opnai" };

        Assert.Equal(
            "x-lightport-provider names 'opnai', which is not configured here; "
            + "the providers are openai, anthropic, other.",
            RouteResolver.Resolve(Known, question).Error?.Message);
    }

    [Theory]
    [InlineData("openai/gpt-4o", null)]
    [InlineData("gpt-4o", "openai")]
    public void Resolve_DirectOff_ServesOnlyWhatIsUnderModels(string model, string? header)
    {
        RoutingTable table = Table([Route("gpt-4o-mini", "openai/gpt-4o-mini")], [], direct: false);
        var question = new RouteQuestion(model) { Provider = header, KeyProvider = table.Providers["openai"] };

        Assert.Equal("model_not_found", RouteResolver.Resolve(table, question).Error?.Code);
    }

    [Theory]
    [InlineData("team/")]
    [InlineData("openai/")]
    [InlineData("/gpt")]
    [InlineData("")]
    public void Resolve_NoModelLeft_Is404(string model) =>
        Assert.Equal(404, RouteResolver.Resolve(Known, new RouteQuestion(model)).Error?.Status);

    [Fact]
    public void Resolve_HugeName_IsShownShortened()
    {
        GatewayError? error = RouteResolver.Resolve(Known, new RouteQuestion(new string('x', 1_000_000))).Error;

        Assert.InRange(error!.Message.Length, 100, 400);
    }

    [Fact]
    public void Resolve_ExactName_AllocatesNothing()
    {
        var question = new RouteQuestion("gpt-4o-mini");
        RouteResolver.Resolve(Known, question);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < 100; call++)
        {
            RouteResolver.Resolve(Known, question);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Resolve_DerivedName_IsMadeOnceAndTheCacheIsBounded()
    {
        RoutingTable table = Table([], [Wildcard("claude-*", "anthropic/*")]);
        Route? first = RouteResolver.Resolve(table, new RouteQuestion("claude-a")).Route;

        Assert.Same(first, RouteResolver.Resolve(table, new RouteQuestion("claude-a")).Route);
        for (int number = 0; number < 3000; number++)
        {
            RouteResolver.Resolve(table, new RouteQuestion($"claude-{number}"));
            Assert.InRange(table.Derived.Count, 0, RouteCache.Capacity);
        }
    }

    [Theory]
    [InlineData("fast-*", "fast-4o", "openai/gpt-*-mini", "openai/gpt-4o-mini")]
    [InlineData("*-latest", "gpt-latest", "openai/*", "openai/gpt-latest")]
    [InlineData("a/b/gpt-*", "a/b/gpt-4o", "openai/*", "openai/gpt-4o")]
    [InlineData("gpt-4*", "gpt-4", "openai/*", "openai/gpt-4")]
    [InlineData("*", "gpt-4", "openai/fixed", "openai/fixed")]
    public void Wildcard_Match_CarriesTheNameOver(string pattern, string model, string target, string expected)
    {
        WildcardRoute wildcard = Wildcard(pattern, target);

        Assert.True(wildcard.Matches(model));
        Assert.Equal(expected, wildcard.For(model).Targets[0].ToString());
    }
}
