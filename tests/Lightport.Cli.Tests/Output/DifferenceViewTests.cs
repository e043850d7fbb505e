using Lightport.Cli.Gateway;
using Lightport.Cli.Output;
using Microsoft.Extensions.Configuration;

namespace Lightport.Cli.Tests.Output;

public sealed class DifferenceViewTests
{
    [Fact]
    public void Show_OfEveryKindOfChange_ReadsLikeADifference()
    {
        string shown = Show(
            person: false,
            new Change("provider", "groq", null, "{}") { Verb = "added" },
            new Change("model", "old", """["openai/gpt-4o"]""", null) { Verb = "removed" },
            new Change("rule", "night", "{\"a\":1}", "{\"a\":1}") { Verb = "moved" },
            new Change("setting", "direct", "true", "false") { Verb = "changed" });

        Assert.Equal(
            """
            + added    provider groq
                + {}
            - removed  model old
                - ["openai/gpt-4o"]
            > moved    rule night
            ~ changed  setting direct
                - true
                + false
            4 changes: 1 added, 1 removed, 1 moved, 1 changed

            """,
            shown);
    }

    [Fact]
    public void Show_OfALongValue_PointsAtTheLineThatChanged()
    {
        string before =
            """{"targets":["openai/gpt-4o","anthropic/claude-sonnet-5"],"retry":{"attempts":2},"label":"all"}""";
        string after = before.Replace(":2", ":3", StringComparison.Ordinal);

        string shown = Show(person: false, new Change("model", "balanced", before, after) { Verb = "changed" });

        Assert.Equal(
            """
            ~ changed  model balanced
                  {
                    "targets": [
                      "openai/gpt-4o",
                      "anthropic/claude-sonnet-5"
                    ],
                    "retry": {
                -     "attempts": 2
                +     "attempts": 3
                    },
                    "label": "all"
                  }
            1 change: 1 changed

            """,
            shown);
    }

    [Fact]
    public void Show_OfWhatIsNoJson_ShowsItAsItIs()
    {
        string shown = Show(
            person: false, new Change("model", "odd", "not { json", "\u001b[2Jnor this") { Verb = "changed" });

        Assert.Contains("    - not { json\n    +  [2Jnor this\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_ToAPerson_IsColoured()
    {
        string shown = Show(person: true, new Change("provider", "groq", null, "{}") { Verb = "added" });

        Assert.Contains("\u001b[32m+ added    provider groq\u001b[0m\n", shown, StringComparison.Ordinal);
    }

    private static string Show(bool person, params Change[] changes)
    {
        var output = new StringWriter();
        var surroundings = new Surroundings
        {
            Settings = new ConfigurationBuilder().Build(),
            Input = Stream.Null,
            Lines = TextReader.Null,
            Output = output,
            Error = TextWriter.Null,
            OutputIsTerminal = person,
        };
        DifferenceView.Show(
            new ChangeSet(null, "v1", true, changes, []), new Terminal(surroundings, json: false, noColor: false));
        return output.ToString();
    }
}
