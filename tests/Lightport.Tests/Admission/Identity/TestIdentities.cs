using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Tests.Configuration;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Routing;
using Lightport.Transport.Body;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Admission.Identity;

/// <summary>Knows whose a token is, by a configuration and an issuer of the test's.</summary>
internal sealed class TestIdentities
{
    private const string Usual = """
        groups: { map: { staff: { models: [fast], tags: { tier: "1" } } } }
        """;

    private readonly IdentityKeeper _keeper;

    /// <param name="more">What the issuer's entry has beside its name and audience, as lines of YAML.</param>
    public TestIdentities(string more = Usual)
    {
        Settings = Configured(more);
        _keeper = new IdentityKeeper(
            new KeySetSource(Issuer, BodyBudget.OfMemory()), Clock, TimeSpan.FromHours(24), LogOf(Log));
    }

    public IdentitySettings Settings { get; set; }

    public TestIssuer Issuer { get; } = new();

    public ManualTimeProvider Clock { get; } = new();

    public CapturedLog Log { get; } = new();

    public static IdentitySettings Configured(string more) => TestConfiguration.LoadValid($"""
        identity:
          issuers:
            - issuer: {TestIssuer.Name}
              audience: {TestIssuer.Audience}
              {more.ReplaceLineEndings("\n      ")}
        """).Admission.Identity!;

    /// <summary>A good token of jane, as of now.</summary>
    public string Token(string more = "", SigningKey? key = null, string? header = null) =>
        (key ?? TestIssuer.First).Sign(TestIssuer.Claims(Clock.GetUtcNow(), more), header);

    public async Task<IdentityResult> AskAsync(string token) =>
        await _keeper.IdentifyAsync(Settings, token, KeyHash.Of(token), CancellationToken.None);

    /// <summary>Whose it is, who may ask models.</summary>
    public async Task<Caller> CallerAsync(string token)
    {
        IdentityResult result = await AskAsync(token);
        Assert.NotNull(result.Identity?.Caller);
        return result.Identity.Caller;
    }

    /// <summary>Refused, with these words in the log.</summary>
    public async Task RefusesAsync(string token, string reason)
    {
        Assert.Equal(default, await AskAsync(token));
        CapturedLine line = Log.Lines[^1];
        Assert.Equal(401, line.EventId);
        Assert.Contains(reason, line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Log.Lines, other => other.Text.Contains(token, StringComparison.Ordinal));
    }

    private static ILogger<IdentityKeeper> LogOf(CapturedLog log) =>
        LoggerFactory.Create(logging => logging.AddProvider(log)).CreateLogger<IdentityKeeper>();
}
