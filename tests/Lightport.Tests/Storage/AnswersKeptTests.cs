using Lightport.Configuration;
using Microsoft.Extensions.Configuration;

namespace Lightport.Tests.Storage;

/// <summary>How long answers are kept, by <c>LIGHTPORT_ANSWERS_KEPT</c>.</summary>
public sealed class AnswersKeptTests
{
    [Theory]
    [InlineData(null, 30 * 24 * 60)]
    [InlineData("", 30 * 24 * 60)]
    [InlineData("1m", 1)]
    [InlineData("24h", 24 * 60)]
    [InlineData("7d", 7 * 24 * 60)]
    [InlineData("720h", 30 * 24 * 60)]
    public void Setting_IsALengthOfTime(string? setting, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), GatewayStores.AnswersKept(Settings(setting)));

    [Fact]
    public void Setting_OfNoHost_IsTheLongest() =>
        Assert.Equal(TimeSpan.FromDays(30), GatewayStores.AnswersKept(null));

    [Theory]
    [InlineData("59s")]
    [InlineData("0")]
    [InlineData("721h")]
    [InlineData("-1h")]
    [InlineData("a while")]
    public void Setting_ThatIsNone_SaysWhatItTakes(string setting)
    {
        var error = Assert.Throws<ConfigurationException>(() => GatewayStores.AnswersKept(Settings(setting)));

        Assert.Equal(
            $"LIGHTPORT_ANSWERS_KEPT is '{setting}'; set it to a length of time from 1m to 720h, as in 24h or 7d.",
            error.Message);
    }

    private static IConfiguration Settings(string? kept) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["LIGHTPORT_ANSWERS_KEPT"] = kept })
        .Build();
}
