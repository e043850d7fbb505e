namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>OpenAI chat completions (https://platform.openai.com/docs/api-reference/chat).</summary>
internal static class OpenAIChatDialect
{
    public static DialectOperation Chat { get; } = new(DialectIds.OpenAIChat, Operation.Chat)
    {
        Served = new OpenAIChatServed(),
        Spoken = new OpenAIChatSpoken(),
        Passed = new OpenAIChatPassed(),
    };
}
