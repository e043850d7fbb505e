using Lightport.Configuration;
using Microsoft.Extensions.Configuration;

namespace Lightport.Tests.Storage;

/// <summary>How long sessions are kept, by <c>LIGHTPORT_SESSIONS_KEPT</c>.</summary>
public sealed class SessionsKeptTests
{
    [Theory]
    [InlineData(null, 24 * 60)]
    [InlineData("", 24 * 60)]
    [InlineData("1m", 1)]
    [InlineData("7d", 7 * 24 * 60)]
    public void Setting_IsALengthOfTime(string? setting, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), GatewayStores.SessionsKept(Settings(setting)));

    [Theory]
    [InlineData("59s")]
    [InlineData("169h")]
    [InlineData("a while")]
    public void Setting_ThatIsNone_SaysWhatItTakes(string setting)
    {
        var error = Assert.Throws<ConfigurationException>(() => GatewayStores.SessionsKept(Settings(setting)));

        Assert.Equal(
            $"LIGHTPORT_SESSIONS_KEPT is '{setting}'; set it to a length of time from 1m to 168h, as in 24h or 7d.",
            error.Message);
    }

    private static IConfiguration Settings(string? kept) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["LIGHTPORT_SESSIONS_KEPT"] = kept })
        .Build();
}
