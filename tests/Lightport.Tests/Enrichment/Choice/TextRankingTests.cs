using Lightport.Enrichment.Choice;

namespace Lightport.Tests.Enrichment.Choice;

public sealed class TextRankingTests
{
    /// <summary>
    /// By hand: three texts of 2, 5 and 3 words, of which 3⅓ is usual. "weather" stands in two of them, "city" in one.
    /// </summary>
    [Fact]
    public void Score_IsThatOfTheFormula()
    {
        var ranking = new TextRanking(
            [.. new[] { "weather now", "the weather of cityWeather", "send a mail" }.Select(CountedWords.Of)]);

        double[] scores = ranking.Score("Weather city weather?");

        double weather = Math.Log(1 + (1.5 / 2.5));
        double city = Math.Log(1 + (2.5 / 1.5));
        Assert.Equal(weather * 2.2 / (1 + (1.2 * (0.25 + (0.75 * 2 / 3.3333333333333335)))), scores[0], 12);
        Assert.Equal(
            (weather * 2 * 2.2 / (2 + (1.2 * (0.25 + (0.75 * 5 / 3.3333333333333335)))))
                + (city * 2.2 / (1 + (1.2 * (0.25 + (0.75 * 5 / 3.3333333333333335))))),
            scores[1],
            12);
        Assert.Equal(0, scores[2]);
    }

    [Theory]
    [InlineData("getWeather_now", "get weather now")]
    [InlineData("HTTP2 über-Größe", "http2 über größe")]
    [InlineData("東京の天気 now", "東 京 の 天 気 now")]
    [InlineData("  ", "")]
    public void Words_AreThoseOfNamesAndOfScriptsWithoutSpaces(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Words.Of(text)));

    [Theory]
    [InlineData("invoices entries prices keys files", "invoice entry price key file")]
    [InlineData("status access does pies news is", "status access does py new is")]
    [InlineData("factures congés 東京", "facture congé 東 京")]
    public void Words_OfMany_AreThoseOfOne(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Words.SingularOf(text)));

    [Fact]
    public void Query_ForOne_FindsAListOfMany()
    {
        var ranking = new TextRanking([CountedWords.Of("list_payments"), CountedWords.Of("list_invoices")]);

        Assert.Equal([0, 1], ranking.Score("Has the invoice been paid?").Select(Math.Sign));
    }

    [Fact]
    public void NoTexts_HaveNoScores() => Assert.Empty(new TextRanking([]).Score("anything"));
}
