using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>OpenAI Responses (https://platform.openai.com/docs/api-reference/responses).</summary>
internal static class OpenAIResponsesDialect
{
    public static DialectOperation Chat { get; } = new(DialectIds.OpenAIResponses, Operation.Chat)
    {
        Reads = [StateFormats.OpenAI],
        Served = new OpenAIResponsesServed(),
        Spoken = new OpenAIResponsesSpoken(),
        Passed = new OpenAIResponsesPassed(),
    };

    public static DialectOperation KeptAnswer { get; } = new(DialectIds.OpenAIResponses, Operation.KeptAnswer)
    {
        Served = new OpenAIResponsesKeptServed(),
        Passed = new OpenAIResponsesKeptPassed(),
    };

    public static DialectOperation Compaction { get; } = new(DialectIds.OpenAIResponses, Operation.Compaction)
    {
        Endpoint = "openai-compaction",
        Served = new OpenAIResponsesCompactionServed(),
        Passed = new OpenAIResponsesPassed(),
    };

    public static DialectOperation TokenCount { get; } = new(DialectIds.OpenAIResponses, Operation.TokenCount)
    {
        Endpoint = "openai-input-tokens",
        Served = new OpenAIResponsesCountServed(),
        Spoken = new OpenAIResponsesCountSpoken(),
        Passed = new OpenAIResponsesCountPassed(),
    };
}
