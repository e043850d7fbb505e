using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Limits;
using Lightport.Limits.Rules;
using Lightport.Storage;

namespace Lightport.Tests.Configuration;

/// <summary>Limits as they are read, and each mistake beside the very sentence that refuses it.</summary>
public sealed class LimitsReaderTests
{
    private const string Before = "providers: { openai: {} }\nmodels: { cheap: openai/a }\nlimits:\n";

    private const string Key = "keys:\n  - { name: ci, sha256: "
        + "c9728c0bf1af356f4e75c1b78439b6c4a32d876554f77398ee924e4b321ed411, limits: ";

    private const string Counts = "must be a whole number from 1 to 1000000000000.";
    private const string Dollars = "must be US dollars from 0.000001 to 1000000000, as in 5 or 0.50.";

    public static TheoryData<string, string> Mistakes => new()
    {
        {
            "  - { per: all, concurrent: 1 }",
            "4:5: a limit needs a 'name', which refusals and alerts call it."
        },
        {
            "  - { name: a, concurrent: 1 }",
            "4:5: a limit needs 'per', whose use is counted: key, tag.<name>, model, provider, route, or all together."
        },
        {
            "  - { name: a, per: team, concurrent: 1 }",
            "4:21: 'team' in limits.per is not known; the words are all, key, model, provider, route, and tag.<name>."
        },
        {
            "  - { name: a, per: key }",
            "4:5: a limit needs an amount: requests-per-minute, tokens-per-minute, concurrent, budget."
        },
        { "  - { name: a, per: key, requests-per-minute: 0 }", $"4:47: limits.requests-per-minute {Counts}" },
        { "  - { name: a, per: key, tokens-per-minute: -1 }", $"4:45: limits.tokens-per-minute {Counts}" },
        { "  - { name: a, per: key, concurrent: 99999999999999999999 }", $"4:38: limits.concurrent {Counts}" },
        { "  - { name: a, per: key, budget: { usd: -1, per: day } }", $"4:41: limits.budget.usd {Dollars}" },
        { "  - { name: a, per: key, budget: { usd: 0, per: day } }", $"4:41: limits.budget.usd {Dollars}" },
        { "  - { name: a, per: key, budget: { usd: 1e99, per: day } }", $"4:41: limits.budget.usd {Dollars}" },
        {
            "  - { name: a, per: key, budget: 5 }",
            "4:34: limits.budget must be a mapping, as in budget: { usd: 5, per: day }, but here is text."
        },
        {
            "  - { name: a, per: key, concurrent: 1, then: alert }",
            "4:47: 'then: alert' tells of shares of a budget, and this limit has none, so that nobody would be told; "
            + "give it a 'budget', write { route: <model> }, or leave 'then' out to refuse what is over it."
        },
        { "  - { name: a, per: key, budget: { usd: 1 } }", "4:34: limits.budget needs 'per': day, month or ever." },
        {
            "  - { name: a, per: key, budget: { usd: 1, per: week } }",
            "4:49: 'week' in limits.budget.per is not known; the words are day, month, ever."
        },
        {
            "  - { name: a, per: key, budget: [{ usd: 1, per: day }, { usd: 2, per: day }] }",
            "4:57: limits.budget has two sums for one period; the lower one is enough."
        },
        {
            "  - { name: a, per: key, concurrent: 1, alerts: [50] }",
            "4:49: 'alerts' are shares of a budget, and this limit has none."
        },
        {
            "  - { name: a, per: key, budget: { usd: 1, per: day }, alerts: [101] }",
            "4:65: limits.alerts must be whole numbers of percent from 1 to 100, as in [50, 80, 100]."
        },
        {
            "  - { name: a, per: key, concurrent: 1, then: { route: dear } }",
            "4:56: 'dear' is neither provider/model nor an entry of models; write it as in openai/gpt-4o-mini."
        },
        {
            "  - { name: a, per: model, concurrent: 1, then: { route: cheap } }",
            "4:49: 'then' is for limits of keys, tags, routes or all: a target that has reached its limit is passed over, "
            + "and the next one of the route is asked."
        },
        { "  - { name: a, per: key, concurrent: 1, then: stop }", "4:47: limits.then must be { route: <model> }, or the word alert." },
        {
            "  - { name: key, per: key, concurrent: 1 }",
            "4:13: 'key' is what the limits of a key itself are called; choose another name."
        },
        {
            "  - { name: a, per: key, concurrent: 1 }\n  - { name: a, per: all, concurrent: 1 }",
            "5:13: the limit on line 4 is called 'a' too; give each its own name."
        },
        {
            "  - { name: a, per: key, concurrent: 1, when-unknown: maybe }",
            "4:55: 'maybe' in limits.when-unknown is not known; the words are open, closed."
        },
        {
            "  - { name: a, per: key, concurrent: 1, match: { model: [] } }",
            "4:57: limits.match.model is an empty list, which nothing fits; leave it out for all."
        },
        {
            "  - { name: a, per: key, concurrent: 1, match: { modl: x } }",
            "4:50: unknown key 'modl' in limits.match; did you mean 'model'?"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_IsRefusedWithItsPlace(string limits, string error) =>
        Assert.Equal(error, Told(TestConfiguration.Load(Before + limits)));

    [Theory]
    [InlineData("{ concurrent: -1 } }", "3:113: keys.limits.concurrent " + Counts)]
    [InlineData("{} }", "3:99: keys.limits limits nothing; say one of requests-per-minute, tokens-per-minute, "
        + "concurrent, budget.")]
    public void MistakeOfAKey_IsRefusedWithItsPlace(string limits, string error) => Assert.Equal(
        error, Told(TestConfiguration.Load($"providers: {{ openai: {{}} }}\n{Key}{limits}")));

    [Fact]
    public void Limit_IsReadWhole()
    {
        GatewayConfiguration read = TestConfiguration.LoadValid(Before + """
              - name: team
                per: tag.team
                match: { key: "ci-*", tags: { tier: [free, trial] }, route: cheap }
                requests-per-minute: 20
                tokens-per-minute: 40000
                concurrent: 2
                budget: [{ usd: 0.5, per: day }, { usd: 200, per: month }]
                alerts: [90, 10]
                then: { route: cheap }
                when-unknown: open
            """);

        LimitSubjects limit = Assert.Single(read.Limits.Rules);
        LimitRule rule = limit.Rule;
        Assert.Equal(("team", LimitSubject.Tag, "team"), (rule.Name, rule.Per, rule.Tag));
        Assert.Equal((LimitEffect.Route, "cheap"), (rule.Then, rule.Route));
        Assert.Equal([10, 90], rule.Alerts);
        Assert.Equal("openai", read.Routing.LedTo["cheap"].Targets[0].Provider.Name);
        LimitCounters counters = limit.Of("red");
        Assert.Equal(
            new LimitCounter("team", "tag.team:red", LimitMeasure.Requests, LimitPeriod.Minute, 20)
            {
                OpenWhenUnknown = true,
            },
            counters.Requests);
        Assert.Equal((40_000, 2), (counters.Tokens!.Most, counters.Concurrent!.Most));
        Assert.Equal(
            [(500_000_000, LimitPeriod.Day), (200_000_000_000, LimitPeriod.Month)],
            counters.Money.Select(money => (money.Most, money.Period)));
        Assert.Same(counters, limit.Of("red"));
    }

    [Theory]
    [InlineData("ci-1", "free", "cheap", true)]
    [InlineData("ci-1", "trial", "cheap", true)]
    [InlineData("dev", "free", "cheap", false)]
    [InlineData("ci-1", "paid", "cheap", false)]
    [InlineData("ci-1", null, "cheap", false)]
    [InlineData("ci-1", "free", "dear", false)]
    public void Match_TakesWhomItNames(string key, string? tier, string route, bool matches)
    {
        LimitMatch match = TestConfiguration.LoadValid(Before + """
              - name: a
                per: key
                match: { key: "ci-*", tags: { tier: [free, trial] }, route: cheap }
                concurrent: 2
            """).Limits.Rules[0].Rule.Match;

        Dictionary<string, string> tags = tier is null ? [] : new() { ["tier"] = tier };
        Assert.Equal(matches, match.IsFor(key, tags, route));
    }

    [Theory]
    [InlineData("provider: opnai", "4:60: limits.match.provider names 'opnai', which is no provider here; did you mean 'openai'?")]
    [InlineData("route: dear", "4:57: limits.match.route names 'dear', which is no route here, so that nothing of it is limited.")]
    [InlineData("key: [ci, cj]", "4:60: limits.match.key names 'cj', which is no key here; did you mean 'ci'?")]
    [InlineData("key: c*", null)]
    [InlineData("provider: [echo, openai]", null)]
    [InlineData("route: [cheap, echo, openai/b]", null)]
    public void Match_OfANameThatThereIsNot_IsWarnedOf(string match, string? warning) => Assert.Equal(
        warning is null ? [] : [$"lightport.yaml:{warning}"],
        TestConfiguration.LoadValid(
            $"{Before}  - {{ name: a, per: all, concurrent: 2, match: {{ {match} }} }}\n{Key}{{ concurrent: 1 }} }}").Warnings);

    [Theory]
    [InlineData("ALERTS_SECRET", "1:52: the secret ALERTS_SECRET that alerts are signed with is not set in the environment.")]
    [InlineData("OPENAI_API_KEY", null)]
    public void SecretOfAlerts_ThatIsNotSet_IsWarnedOf(string secret, string? warning) => Assert.Equal(
        warning is null ? [] : [$"lightport.yaml:{warning}"],
        TestConfiguration.LoadValid($"alerts: {{ webhook: 'https://example.com/', secret: {secret} }}").Warnings);

    [Fact]
    public void Key_BringsItsLimits()
    {
        ClientKey key = Assert.Single(TestConfiguration.LoadValid($$"""
            providers: { openai: {} }
            {{Key}} { requests-per-minute: 60, budget: { usd: 5, per: ever } } }
            """).Admission.Keys.All);

        Assert.Equal(60, key.Caller.Limits!.RequestsPerMinute);
        Assert.Equal([new BudgetAmount(5, BudgetPeriod.Ever)], key.Caller.Limits.Budgets);
    }

    [Fact]
    public void MoreSubjectsThanAreRemembered_AreMadeAnew()
    {
        var subjects = new LimitSubjects(new LimitRule("a", LimitSubject.Key, new LimitAmounts { Concurrent = 1 }));
        LimitCounters first = subjects.Of("0");
        for (int i = 1; i <= LimitSubjects.Most; i++)
        {
            subjects.Of($"{i}");
        }

        Assert.NotSame(first, subjects.Of("0"));
        Assert.Equal(first.Concurrent, subjects.Of("0").Concurrent);
    }

    /// <summary>Memory is bounded by the keys in use, not by the keys there are.</summary>
    [Fact]
    public void MoreKeysThanAreRemembered_AreMadeAnew()
    {
        (LimitTable table, LimitAmounts amounts) = (new([]), new LimitAmounts { Concurrent = 1 });
        LimitCounters first = table.OfKey(amounts, "0");
        for (int i = 1; i <= LimitSubjects.Most; i++)
        {
            table.OfKey(amounts, $"{i}");
        }

        Assert.NotSame(first, table.OfKey(amounts, "0"));
        Assert.Equal(first.Concurrent, table.OfKey(amounts, "0").Concurrent);
    }

    [Theory]
    [InlineData("per: tag.team, budget: { usd: 5, per: day }", "openai/a")]
    [InlineData("per: tag.team, budget: { usd: 5, per: day }, match: { route: [cheap, dear] }", "openai/a")]
    [InlineData("per: tag.team, budget: { usd: 5, per: day }, match: { route: dear }", null)]
    [InlineData("per: provider, budget: { usd: 5, per: day }, match: { model: gpt-* }", null)]
    [InlineData("per: tag.team, budget: { usd: 5, per: day }, then: alert", null)]
    [InlineData("per: tag.team, requests-per-minute: 5", null)]
    public void HardBudget_OverATargetWhosePriceNobodyKnows_IsWarnedOf(string limit, string? target) => Assert.Equal(
        target is null ? [] :
        [
            $"lightport.yaml:4:5: the budget of 'b' is hard and refuses all that goes to {target}, as the price is not known; say it "
            + "under 'prices' of the provider, or make the limit soft with 'then'.",
        ],
        TestConfiguration.LoadValid($$"""
            providers: { openai: {} }
            models: { cheap: openai/a, dear: openai/gpt-4o }
            limits:
              - { name: b, {{limit}} }
            """).Warnings);

    /// <summary>A key's own budget is always hard, over what the key may ask for.</summary>
    [Theory]
    [InlineData("limits: { budget: { usd: 5, per: day } }", "openai/a")]
    [InlineData("limits: { budget: { usd: 5, per: day } }, models: [cheap]", "openai/a")]
    [InlineData("limits: { budget: { usd: 5, per: day } }, models: [dear]", null)]
    [InlineData("limits: { requests-per-minute: 5 }", null)]
    public void BudgetOfAKey_OverATargetWhosePriceNobodyKnows_IsWarnedOf(string key, string? target) => Assert.Equal(
        target is null ? [] :
        [
            $"lightport.yaml:4:5: the budget of the key 'ci' is hard and refuses all that goes to {target}, as the price is not "
            + "known; say it under 'prices' of the provider.",
        ],
        TestConfiguration.LoadValid($$"""
            providers: { openai: {} }
            models: { cheap: openai/a, dear: openai/gpt-4o }
            keys:
              - { name: ci, sha256: c9728c0bf1af356f4e75c1b78439b6c4a32d876554f77398ee924e4b321ed411, {{key}} }
            """).Warnings);

    private static string Told(ConfigurationResult result)
    {
        ConfigurationError error = Assert.Single(result.Errors);
        return $"{error.Line}:{error.Column}: {error.Message}";
    }
}
