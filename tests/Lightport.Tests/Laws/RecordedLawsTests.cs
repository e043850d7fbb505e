using Lightport.Dialects;
using Xunit.Abstractions;

namespace Lightport.Tests.Laws;

/// <summary>Real answers of some thirty providers, through the whole gateway, held to the laws of an answer.</summary>
public sealed class RecordedLawsTests(ITestOutputHelper output)
{
    [SharedTheory("recorded")]
    [InlineData(DialectIds.OpenAIChat, DialectIds.OpenAIChat)]
    [InlineData(DialectIds.OpenAIChat, DialectIds.AnthropicMessages)]
    [InlineData(DialectIds.AnthropicMessages, DialectIds.AnthropicMessages)]
    [InlineData(DialectIds.AnthropicMessages, DialectIds.OpenAIChat)]
    [InlineData(DialectIds.OpenAICompletions, DialectIds.OpenAICompletions)]
    [InlineData(DialectIds.GoogleGemini, DialectIds.GoogleGemini)]
    [InlineData(DialectIds.GoogleGemini, DialectIds.OpenAIChat)]
    [InlineData(DialectIds.GoogleGemini, DialectIds.AnthropicMessages)]
    [InlineData(DialectIds.OpenAIResponses, DialectIds.OpenAIChat)]
    [InlineData(DialectIds.OpenAIResponses, DialectIds.AnthropicMessages)]
    [InlineData(DialectIds.OpenAIResponses, DialectIds.OpenAIResponses)]
    public async Task Recorded_ThroughTheGateway_KeepEveryLaw(string provider, string client)
    {
        using var replay = new Replay();
        foreach (RecordedAnswer recorded in Recordings.All.Where(recorded => recorded.Dialect == provider))
        {
            await replay.RunAsync(recorded, client);
        }

        output.WriteLine($"{provider} → {client}: {replay.Answers} answers in {replay.Passages} passages");
        Assert.True(replay.Holds, replay.Report);
    }
}
