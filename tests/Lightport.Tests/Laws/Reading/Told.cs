using Lightport.Dialects;

namespace Lightport.Tests.Laws.Reading;

/// <summary>What an answer says, read off its wire by the tests alone, whatever dialect and form it has.</summary>
internal sealed record Told(IReadOnlyList<ToldChoice> Choices, ToldUsage? Usage)
{
    public static Told Read(string dialect, byte[] body, bool isStream) =>
        dialect switch
        {
            DialectIds.AnthropicMessages => MessagesReading.Read(body, isStream),
            DialectIds.GoogleGemini => GeminiReading.Read(body, isStream),
            DialectIds.OpenAIResponses => ResponsesReading.Read(body, isStream),
            DialectIds.GoogleInteractions => InteractionsReading.Read(body, isStream),
            DialectIds.AwsConverse => ConverseReading.Read(body, isStream),
            DialectIds.AnthropicBedrock => MessagesReading.Read(isStream ? AwsMessages.Events(body) : body, isStream),
            _ => ChatReading.Read(body, isStream),
        };

    /// <summary>One fact a line, so that two answers can be compared and their differences shown.</summary>
    public IReadOnlyList<string> Lines =>
        [.. Choices.SelectMany(choice => choice.Lines), Usage is null ? "usage" : $"usage {Usage}"];
}
