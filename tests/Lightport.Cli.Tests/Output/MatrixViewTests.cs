using Lightport.Cli.Output;
using Lightport.Conformance.Running;
using Microsoft.Extensions.Configuration;

namespace Lightport.Cli.Tests.Output;

/// <summary>What a run of the suite shows; that a real gateway conforms is seen by the command in its own process.</summary>
public sealed class MatrixViewTests
{
    [Fact]
    public void Matrix_OfAGatewayThatConforms_SaysHowEachCaseCameOut()
    {
        string shown = Show(Verdict.Passed, new Verdict(Outcome.Loses, "seed"));

        Assert.Matches("(?m)^openai-chat client +openai-chat +openai-responses$", shown);
        Assert.Matches("(?m)^reasoning over two tool turns +ok +ok without seed$", shown);
        Assert.EndsWith(
            "1 passed, 1 lose what they name, 0 are refused by name, 0 cannot be said, 0 failed\n",
            shown,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Matrix_OfAGatewayThatDoesNot_NamesWhatFailed()
    {
        string shown = Show(Verdict.Passed, Verdict.Failed("answered 404: no."));

        Assert.Matches("(?m)^reasoning over two tool turns +ok +FAILED$", shown);
        Assert.Contains(
            "openai-chat → openai-responses, reasoning over two tool turns, whole: answered 404: no.\n",
            shown,
            StringComparison.Ordinal);
        Assert.EndsWith(" 1 failed\n", shown, StringComparison.Ordinal);
    }

    /// <summary>One case at two providers.</summary>
    private static string Show(Verdict first, Verdict second)
    {
        var output = new StringWriter();
        var surroundings = new Surroundings
        {
            Settings = new ConfigurationBuilder().Build(),
            Input = Stream.Null,
            Lines = TextReader.Null,
            Output = output,
            Error = TextWriter.Null,
        };
        MatrixView.Show(
            new Matrix([CellOf("openai-chat", first), CellOf("openai-responses", second)]),
            new Terminal(surroundings, json: false, noColor: true));
        return output.ToString();
    }

    private static Cell CellOf(string provider, Verdict verdict) => new(
        "openai-chat", provider, "reasoning-tools", "reasoning over two tool turns", IsStream: false, verdict);
}
