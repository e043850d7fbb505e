using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class DiffTests : GatewayTests
{
    private const string Door = "PUT /manage/config?dry-run=true";
    private const string Document = "models: { fast: openai/gpt-4o-mini }\n";

    [Fact]
    public async Task Diff_OfAChange_ShowsBothSidesAndSendsTheDocumentAsItIs()
    {
        Gateway.On(Door, Contract.Changes);

        ToolResult result = (await Tool.RunWithInputAsync(Document, "diff", "-")).Ended(0);

        Assert.Equal(
            """
            ~ changed  model fast
                - ["groq/llama-3.3-70b"]
                + ["groq/llama-3.3-70b","openai/gpt-4o-mini"]
            1 change: 1 changed

            """,
            result.Output);
        Assert.Equal("", result.Error);
        ReceivedCall call = Assert.Single(Gateway.Calls);
        Assert.Equal(Document, call.Body);
        Assert.Equal("application/yaml", call.Header("content-type"));
        Assert.Equal($"Bearer {AdminKey}", call.Header("authorization"));
        Assert.Null(call.Header("if-match"));
    }

    [Fact]
    public async Task Diff_OfAChange_EndsWith10WhereThatIsAskedFor()
    {
        Gateway.On(Door, Contract.Changes);

        (await Tool.RunWithInputAsync(Document, "diff", "-", "--exit-code")).Ended(10);
    }

    [Fact]
    public async Task Diff_OfNoChange_EndsWith0EvenThen()
    {
        Gateway.On(Door, Contract.NoChanges);

        ToolResult result = (await Tool.RunWithInputAsync(Document, "diff", "-", "--exit-code")).Ended(0);

        Assert.Equal("Nothing changes.\n", result.Output);
    }

    [Fact]
    public async Task Diff_ForScripts_PrintsTheAnswerAsItCame()
    {
        Gateway.On(Door, Contract.Changes);

        ToolResult result = (await Tool.RunWithInputAsync(Document, "diff", "-", "--exit-code", "--json")).Ended(10);

        Assert.Equal(Contract.Changes + "\n", result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Diff_OfMistakes_NamesThePlacesInTheFile()
    {
        Gateway.On(Door, new FakeAnswer(422, Contract.Mistake));

        ToolResult result = (await Tool.RunAsync("diff", RepositoryFiles.Sample)).Ended(1);

        Assert.Equal("", result.Output);
        Assert.StartsWith(
            $"{RepositoryFiles.Sample}:3:5: unknown key 'fallbck' in models.fast; did you mean 'fallback'?\n",
            result.Error,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "error: The configuration has 1 mistake; nothing was changed.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_OfWarnings_TellsThemBesideTheResult()
    {
        Gateway.On(Door, Contract.NoChanges.Replace(
            "\"warnings\": []", "\"warnings\": [\"1:2: the secret X is not set.\"]", StringComparison.Ordinal));

        ToolResult result = (await Tool.RunWithInputAsync(Document, "diff", "-")).Ended(0);

        Assert.Equal("warning: 1:2: the secret X is not set.\n", result.Error);
        Assert.Equal("Nothing changes.\n", result.Output);
    }
}
