using System.Text.Json;
using Lightport.Enrichment.Sources;

namespace Lightport.Tests.Enrichment.Sources;

public sealed class JsonSelectorTests
{
    private const string Answer = """{"days":[{"text":"rain","c":9},{"text":"sun","c":21.50}],"a b":null,"x.y":true}""";

    [Theory]
    [InlineData("$.days[0].text", "rain")]
    [InlineData("$.days[1].c", "21.50")]
    [InlineData("$.days[*].text", "rain\nsun")]
    [InlineData("$['days'][1]", """{"text":"sun","c":21.50}""")]
    [InlineData("$[\"x.y\"]", "true")]
    [InlineData("$['a b']", "")]
    [InlineData("$.days[2].text", null)]
    [InlineData("$.nothing", null)]
    [InlineData("$.days.text", null)]
    [InlineData("$[0]", null)]
    public void Path_TakesWhatIsThere(string path, string? text) =>
        Assert.Equal(text, JsonSelector.Parse(path)!.Select(JsonElement.Parse(Answer)));

    [Fact]
    public void Path_OfNothingMore_IsTheAnswerItself() =>
        Assert.Equal("word", JsonSelector.Parse("$")!.Select(JsonElement.Parse("\"word\"")));

    [Theory]
    [InlineData("")]
    [InlineData("days")]
    [InlineData("$.")]
    [InlineData("$..text")]
    [InlineData("$[-1]")]
    [InlineData("$[")]
    [InlineData("$['open]")]
    [InlineData("$['")]
    [InlineData("$[?(@.c > 1)]")]
    [InlineData("$days")]
    public void Text_ThatIsNoPath_IsNone(string text) => Assert.Null(JsonSelector.Parse(text));
}
