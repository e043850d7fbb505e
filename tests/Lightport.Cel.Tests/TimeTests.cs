namespace Lightport.Cel.Tests;

public sealed class TimeTests
{
    [Theory]
    [InlineData("timestamp('2009-02-13T23:31:30.5+02:00')", "2009-02-13T21:31:30.5Z")]
    [InlineData("timestamp(0)", "1970-01-01T00:00:00Z")]
    [InlineData("timestamp('1969-12-31T23:59:59.5Z') < timestamp(0)", "true")]
    [InlineData("timestamp('2009-02-13T23:31:30Z').getDate('Australia/Sydney')", "14")]
    [InlineData("timestamp('2009-02-13T02:00:00Z').getDayOfMonth('-02:30')", "11")]
    [InlineData("timestamp('2024-03-01T00:00:00Z') - timestamp('2024-02-28T00:00:00Z')", "172800s")]
    [InlineData("duration('1h30m') + duration('-1.5s')", "5398.5s")]
    [InlineData("duration('90m').getHours()", "1")]
    [InlineData("duration('1.234s').getMilliseconds()", "234")]
    [InlineData("string(duration('-1ns'))", "-0.000000001s")]
    [InlineData("int(timestamp('2001-09-09T01:46:40Z'))", "1000000000")]
    public void Times_AreExactToTheNanosecond(string expression, string value) =>
        Assert.Equal(value, Language.Evaluate(expression).ToString());

    [Theory]
    [InlineData("timestamp('2009-02-30T00:00:00Z')")]
    [InlineData("timestamp('2009-02-13 23:31:30')")]
    [InlineData("duration('1')")]
    [InlineData("duration('h')")]
    [InlineData("duration('')")]
    [InlineData("['Nowhere/City'].exists(zone, timestamp(0).getHours(zone) > 0)")]
    public void Texts_ThatAreNoTimes_AreErrors(string expression) =>
        Assert.True(Language.Evaluate(expression).IsError);

    [Fact]
    public void HostsTimes_KeepTheirTicks()
    {
        DateTimeOffset before = DateTimeOffset.UnixEpoch.AddTicks(-1);
        Assert.Equal("1969-12-31T23:59:59.9999999Z", CelValue.Of(before).ToString());
        Assert.Equal("0.0000001s", CelValue.Of(TimeSpan.FromTicks(1)).ToString());
        Assert.True(CelValue.Of(TimeSpan.MaxValue).IsError);
    }
}
