using System.Globalization;
using Lightport.Cli.Input;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Input;

public sealed class MomentsTests
{
    [Theory]
    [InlineData("2027-01-01", "2027-01-01T00:00:00Z")]
    [InlineData("2027-01-01T12:30Z", "2027-01-01T12:30:00Z")]
    [InlineData("2027-01-01T12:30:05+02:00", "2027-01-01T10:30:05Z")]
    [InlineData("90d", "1970-04-01T00:00:00Z")]
    [InlineData("12h", "1970-01-01T12:00:00Z")]
    [InlineData("30m", "1970-01-01T00:30:00Z")]
    [InlineData("45s", "1970-01-01T00:00:45Z")]
    public void Parse_OfADayAMomentOrALength_IsTheMoment(string text, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), Moments.Parse(text, new ManualTime()));

    [Fact]
    public void Parse_OfNever_IsNone() => Assert.Null(Moments.Parse("never", new ManualTime()));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("1.5d")]
    [InlineData("99999999999d")]
    [InlineData("36501d")]
    [InlineData("01/02/2027")]
    [InlineData("2027-02-30")]
    public void Parse_OfAnythingElse_IsWrongUse(string text) =>
        Assert.Equal(2, Assert.Throws<CommandFailure>(() => Moments.Parse(text, new ManualTime())).ExitCode);

    [Theory]
    [InlineData("0s", "0s")]
    [InlineData("24h", "24h")]
    [InlineData("90m", "90m")]
    [InlineData("7d", "168h")]
    public void Duration_IsInUnitsThatTheDoorsKnow(string text, string expected) =>
        Assert.Equal(expected, Moments.Duration(text, "--grace"));
}
