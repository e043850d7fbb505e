using Lightport.Exchanges;

namespace Lightport.Tests.Exchanges;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("gpt-5 mini", "gpt-5 mini")]
    [InlineData("ключ", "????")]
    [InlineData("a\r\nx-evil: 1", "a??x-evil: 1")]
    public void Of_WhatNoHeaderCanHold_IsReplaced(string text, string expected) =>
        Assert.Equal(expected, HeaderText.Of(text));

    [Fact]
    public void List_NameWithAComma_StaysOneName() => Assert.Equal("seed,a?b", HeaderText.List(["seed", "a,b"]));

    [Fact]
    public void List_OfTooManyNames_IsCutAndSaysSo()
    {
        string list = HeaderText.List([.. Enumerable.Range(0, 10_000).Select(i => $"field{i}")]);

        Assert.Equal(4096 + "...".Length, list.Length);
        Assert.EndsWith("...", list, StringComparison.Ordinal);
    }
}
