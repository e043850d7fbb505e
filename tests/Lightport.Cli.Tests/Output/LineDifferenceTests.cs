using Lightport.Cli.Output;

namespace Lightport.Cli.Tests.Output;

public sealed class LineDifferenceTests
{
    [Theory]
    [InlineData("a\nb\nc", "a\nc", " a,-b, c")]
    [InlineData("a\nc", "a\nb\nc", " a,+b, c")]
    [InlineData("a\nb", "a\nx", " a,-b,+x")]
    [InlineData("a", "a", " a")]
    [InlineData("x\ny", "p\nq", "-x,-y,+p,+q")]
    public void Between_TwoTexts_TellsTheLeast(string before, string after, string expected) =>
        Assert.Equal(expected, Join(LineDifference.Between(before, after)));

    [Fact]
    public void Between_LinesThatDifferByAComma_SeesNone() =>
        Assert.Equal(" \"a\";+\"b\"", string.Join(
            ';', LineDifference.Between("\"a\"", "\"a\",\n\"b\"").Select(line => line.Sign + line.Line.TrimEnd(','))));

    [Fact]
    public void Between_VeryLongTexts_ShowsOneAfterTheOther()
    {
        string before = string.Join('\n', Enumerable.Range(0, 2000));

        IReadOnlyList<(char Sign, string Line)> lines = LineDifference.Between(before, before + "\nend");

        Assert.Equal(4001, lines.Count);
        Assert.Equal(('-', "0"), lines[0]);
        Assert.Equal(('+', "end"), lines[^1]);
    }

    [Fact]
    public void Between_AnyTwoTexts_HoldsBothWhole()
    {
        var chance = new Random(7);
        for (int run = 0; run < 200; run++)
        {
            string before = Some(chance);
            string after = Some(chance);
            IReadOnlyList<(char Sign, string Line)> lines = LineDifference.Between(before, after);

            Assert.Equal(before, string.Join('\n', lines.Where(line => line.Sign != '+').Select(line => line.Line)));
            Assert.Equal(after, string.Join('\n', lines.Where(line => line.Sign != '-').Select(line => line.Line)));
        }
    }

    private static string Some(Random chance) =>
        string.Join('\n', Enumerable.Range(0, chance.Next(1, 9)).Select(_ => (char)('a' + chance.Next(4))));

    private static string Join(IEnumerable<(char Sign, string Line)> lines) =>
        string.Join(',', lines.Select(line => line.Sign + line.Line));
}
