using Lightport.Dialects;

namespace Lightport.Tests.Dialects;

public sealed class EffortScaleTests
{
    [Theory]
    [InlineData("medium", "low medium high", "medium")]
    [InlineData("none", "minimal low medium high", "minimal")]
    [InlineData("minimal", "none low medium high", "low")]
    [InlineData("medium", "low high", "high")]
    [InlineData("max", "low medium high xhigh", "xhigh")]
    [InlineData("xhigh", "high max", "max")]
    [InlineData("none", "high", "high")]
    [InlineData("ludicrous", "low medium high", "high")]
    public void Within_WhatAModelTakes_IsTheNextWordAboveElseItsHighest(string asked, string taken, string sent) =>
        Assert.Equal(sent, EffortScale.Within(asked, taken.Split(' ')));

    [Fact]
    public void Within_WhereNobodySaid_IsTheWordItself() => Assert.Equal("max", EffortScale.Within("max", []));
}
