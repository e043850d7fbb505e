using Lightport.Routing.State;

namespace Lightport.Tests.Configuration;

public sealed class BreakerReaderTests
{
    [Fact]
    public void Read_Everything_IsTakenAsWritten() => Assert.Equal(
        new BreakerPolicy
        {
            Failures = 3,
            Window = TimeSpan.FromSeconds(10),
            Open = TimeSpan.FromMinutes(2),
            Ratio = 0.5,
            Minimum = 40,
        },
        Read("{ failures: 3, window: 10s, open: 2m, ratio: 50%, minimum: 40 }"));

    [Fact]
    public void Read_Nothing_IsTheDefault() => Assert.Equal(BreakerPolicy.Default, Read("{}"));

    [Fact]
    public void Read_Off_IsNone() => Assert.Null(Read("off"));

    [Theory]
    [InlineData("{ failures: 0 }", "models.a.breaker.failures must be a number from 1 to 10000.")]
    [InlineData("{ window: 5m }", "models.a.breaker.window must be a length of time from 1s to 60s, as in 30s.")]
    [InlineData("{ open: 10ms }", "models.a.breaker.open must be a length of time from 1s to 3600s, as in 30s.")]
    [InlineData("{ ratio: 0.5 }", "models.a.breaker.ratio must be a share over 0% and up to 100%, as in 50%.")]
    [InlineData("{ ratio: 0% }", "models.a.breaker.ratio must be a share over 0% and up to 100%, as in 50%.")]
    [InlineData("{ failure: 3 }", "unknown key 'failure' in models.a.breaker; did you mean 'failures'?")]
    public void Read_WhatIsWrong_IsTold(string breaker, string error) => Assert.EndsWith(
        error, Assert.Single(TestConfiguration.Load(Models(breaker)).Errors).ToString());

    private static BreakerPolicy? Read(string breaker) =>
        TestConfiguration.LoadValid(Models(breaker)).Routing.Models["a"].Breaker;

    private static string Models(string breaker) =>
        $"models: {{ a: {{ targets: [openai/x], breaker: {breaker} }} }}";
}
